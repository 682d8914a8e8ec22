package org.allocman.check.sweep;

import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.sim.board.Board;

/**
 * One machine to do rounds of work on.
 *
 * @param board the board
 * @param pools the pools, the manager and the CSpace; the manager has to give back
 * @param objects how many objects are made in a round, 2 or more
 * @param seed which sequences of work
 */
public record Setting(Board board, Pools pools, int objects, long seed) {
    /**
     * Checks the numbers.
     *
     * @param board the board
     * @param pools the pools, the manager and the CSpace
     * @param objects how many objects are made in a round
     * @param seed which sequences of work
     * @throws IllegalArgumentException if there are fewer than 2 objects, or the manager gives nothing back
     */
    public Setting {
        if (objects < 2) {
            throw new IllegalArgumentException("a round makes 2 objects or more, not " + objects);
        }
        if (!pools.manager().canFree()) {
            throw new IllegalArgumentException(pools.manager().name() + " gives nothing back");
        }
    }

    /** The design of the CSpace's manager, if it is not the usual one for as many levels. */
    private String design() {
        CSpaceGeometry asked = pools.cspace();
        CSpaceGeometry usual = new CSpaceGeometry(asked.levels(), asked.firstBits(), asked.secondBits());
        return asked.equals(usual) ? "" : " --cspace-design " + asked.design().name();
    }

    @Override
    public String toString() {
        return "--board " + board.name() + " --manager " + pools.manager().name() + " --cspace "
                + pools.cspace().text() + design() + " --objects " + objects + " --seed " + seed;
    }
}
