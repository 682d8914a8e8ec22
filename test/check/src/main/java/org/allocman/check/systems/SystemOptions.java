package org.allocman.check.systems;

import org.allocman.check.resource.ResourceDesigns;
import org.allocman.manager.ResourceDesign;
import org.allocman.sim.board.Board;

/**
 * What a system is to be like.
 *
 * @param board the board
 * @param size how many slots, objects, pages, blocks or units there are, what it is depends on the kind
 * @param faults how many invocations may be refused in a history
 * @param symmetry whether states are one that differ by a symmetry only, see {@link SystemKind#symmetry}
 * @param resource which resource type, for {@link SystemKind#RESOURCE}
 */
public record SystemOptions(Board board, int size, int faults, boolean symmetry, ResourceDesign resource) {
    /**
     * Options with the resource type that is usual.
     *
     * @param board the board
     * @param size how many slots, objects, pages, blocks or units there are, what it is depends on the kind
     * @param faults how many invocations may be refused in a history
     * @param symmetry whether states are one that differ by a symmetry only, see {@link SystemKind#symmetry}
     */
    public SystemOptions(Board board, int size, int faults, boolean symmetry) {
        this(board, size, faults, symmetry, ResourceDesigns.XOUS_PAGES);
    }
}
