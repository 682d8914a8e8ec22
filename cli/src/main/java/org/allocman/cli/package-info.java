/**
 * The command: {@link org.allocman.cli.Main} starts it, {@link org.allocman.cli.Commands} lists the subcommands. What they
 * share is in {@code frame}; each subcommand has a package of its own and knows none of the others.
 */
package org.allocman.cli;
