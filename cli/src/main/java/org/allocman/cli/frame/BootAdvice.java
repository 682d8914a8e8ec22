package org.allocman.cli.frame;

import java.util.List;
import org.allocman.sim.board.LeftOut;

/** What to do about memory that boot dropped, for the end of a message about memory that is missing. */
public final class BootAdvice {
    private BootAdvice() {}

    /**
     * A sentence if boot dropped untypeds of memory.
     *
     * @param leftOut what boot left out
     * @return the end of a message; empty if boot dropped none
     */
    public static String of(List<LeftOut> leftOut) {
        for (LeftOut one : leftOut) {
            if (one.reason() == LeftOut.Reason.MEMORY_UNTYPEDS) {
                return "; " + Figures.count(one.number(), "untyped") + " of memory with " + Figures.count(one.bytes())
                        + " bytes found no place in the boot info, which --boot-info-untypeds may enlarge";
            }
        }
        return "";
    }
}
