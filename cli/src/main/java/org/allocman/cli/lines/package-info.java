/** Where commands that take lines get them from: a file, the standard input, or a person at a terminal. */
package org.allocman.cli.lines;
