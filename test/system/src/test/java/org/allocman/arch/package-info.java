/**
 * What holds of the whole code: where arrows may point, and where state may live. Each rule is also shown to fail, on the
 * classes below {@code broken}.
 */
package org.allocman.arch;
