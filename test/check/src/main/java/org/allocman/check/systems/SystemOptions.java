package org.allocman.check.systems;

import org.allocman.sim.board.Board;

/**
 * What a system is to be like.
 *
 * @param board the board
 * @param size how many slots, objects, pages or blocks there are, what it is depends on the kind
 * @param faults how many invocations may be refused in a history
 * @param folded whether states are one that differ by a symmetry only, see {@link SystemKind#symmetry}
 */
public record SystemOptions(Board board, int size, int faults, boolean folded) {}
