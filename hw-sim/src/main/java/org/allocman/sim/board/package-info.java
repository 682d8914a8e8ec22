/**
 * Boards: which physical addresses hold RAM, devices, or nothing. {@link org.allocman.sim.board.Board} is the
 * description. {@link org.allocman.sim.board.Boards} has built-in ones by name,
 * {@link org.allocman.sim.board.BoardFile} reads the files that real projects have, and
 * {@link org.allocman.sim.board.BoardYaml} writes our own format. Whatever a reader finds goes through one builder, which
 * has the rules for overlaps.
 */
@NullMarked
package org.allocman.sim.board;

import org.jspecify.annotations.NullMarked;
