/** {@code allocman boards}: the boards there are, and what is on one. */
package org.allocman.cli.boards;
