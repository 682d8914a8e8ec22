/**
 * Boards: which physical addresses hold RAM, devices, or nothing. {@link org.allocman.sim.board.Board} is the
 * description; readers make one from the files that real projects have, and built-in boards are to be had by name.
 */
package org.allocman.sim.board;
