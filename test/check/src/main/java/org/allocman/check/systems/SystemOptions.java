package org.allocman.check.systems;

import static org.allocman.vka.PageSize.PAGE_BITS;

import org.allocman.check.resource.ResourceDesigns;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.ResourceDesign;
import org.allocman.sim.board.Board;
import org.allocman.untyped.UntypedDesign;

/**
 * What a system is to be like.
 *
 * @param board the board
 * @param size how many slots, objects, pages, blocks or units there are, what it is depends on the kind
 * @param faults how many invocations may be refused in a history
 * @param symmetry whether states are one that differ by a symmetry only, see {@link SystemKind#symmetry}
 * @param resource which resource type, for {@link SystemKind#RESOURCE}
 * @param manager which untyped manager, for kinds that {@linkplain SystemKind#hasManager have one}
 * @param cspace the CSpace that it works in, for the same
 */
public record SystemOptions(
        Board board,
        int size,
        int faults,
        boolean symmetry,
        ResourceDesign resource,
        UntypedDesign manager,
        CSpaceGeometry cspace) {
    /**
     * Options with the resource type, the manager and the CSpace that are usual.
     *
     * @param board the board
     * @param size how many slots, objects, pages, blocks or units there are, what it is depends on the kind
     * @param faults how many invocations may be refused in a history
     * @param symmetry whether states are one that differ by a symmetry only, see {@link SystemKind#symmetry}
     */
    public SystemOptions(Board board, int size, int faults, boolean symmetry) {
        this(
                board,
                size,
                faults,
                symmetry,
                ResourceDesigns.XOUS_PAGES,
                ManagedMachine.Pools.DEFAULT.manager(),
                CSpaceGeometry.CURRENT);
    }

    /** Pools of such a manager, with a window of so many pages. */
    ManagedMachine.Pools pools(int pages) {
        return new ManagedMachine.Pools(-1, (long) pages << PAGE_BITS, manager, cspace);
    }

    /**
     * All of it in words: two systems of the same kind with the same words have the same states, if their boards have.
     *
     * @return for instance {@code on tiny, 8, 0 faults, symmetry, xous-page, arena, current}
     */
    public String text() {
        return "on " + board.name() + ", " + size + ", " + faults + " faults, "
                + (symmetry ? "symmetry" : "no symmetry") + ", " + resource.name() + ", " + manager.name() + ", "
                + cspace.text();
    }
}
