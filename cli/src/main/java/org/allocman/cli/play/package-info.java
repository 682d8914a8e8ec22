/**
 * Calls of the user's own on a system, one a line, from a script or typed: reading lines, names, what is expected, undo, the page.
 * What there is to call is a {@link org.allocman.cli.play.PlayedSystem}.
 */
package org.allocman.cli.play;
