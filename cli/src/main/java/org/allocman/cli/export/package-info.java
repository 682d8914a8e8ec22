/** {@code allocman export}. */
package org.allocman.cli.export;
