/**
 * What all subcommands share: the {@link org.allocman.cli.frame.Console} they print to, exit codes and failures, progress,
 * tables, figures, JSON, and arguments that several of them take.
 */
package org.allocman.cli.frame;
