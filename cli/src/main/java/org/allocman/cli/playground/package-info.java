/** {@code allocman playground}. */
package org.allocman.cli.playground;
