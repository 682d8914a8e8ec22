/** {@code allocman xous}: processes of Xous at work on a board, and whose the memory is then. */
package org.allocman.cli.xous;
