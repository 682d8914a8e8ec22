package org.allocman.cli.frame;

import java.util.List;
import org.allocman.lab.machine.BootSizes;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.LeftOut;
import org.allocman.sim.boot.BootFailure;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What to do about memory that boot dropped, for the end of a message about memory that is missing. */
public final class BootAdvice {
    private BootAdvice() {}

    /**
     * A sentence if boot dropped untypeds of memory. A larger boot info is advised only if it holds more of them.
     *
     * @param board the board
     * @param pools the pools it is booted for
     * @param sizes how it is booted
     * @param leftOut what boot left out
     * @return the end of a message; empty if boot dropped none
     */
    public static String of(Board board, ManagedMachine.Pools pools, BootSizes sizes, List<LeftOut> leftOut) {
        LeftOut dropped = dropped(leftOut);
        if (dropped == null) {
            return "";
        }
        String told = "; " + Figures.count(dropped.number(), "untyped") + " of memory with "
                + Figures.count(dropped.bytes()) + " bytes found no place in the boot info";
        int most = BootSizes.mostBootInfoUntypeds(board.architecture());
        LeftOut still;
        try {
            still = dropped(ManagedMachine.boot(board, pools, sizes.withBootInfoUntypeds(most))
                    .leftOut());
        } catch (BootFailure doesNotBoot) {
            return told;
        }
        return still == null || still.bytes() < dropped.bytes()
                ? told + "; --boot-info-untypeds " + most + " makes room for more"
                : told + ", nor would they in the largest, of " + most;
    }

    private static @Nullable LeftOut dropped(List<LeftOut> leftOut) {
        return leftOut.stream()
                .filter(one -> one.reason() == LeftOut.Reason.MEMORY_UNTYPEDS)
                .findFirst()
                .orElse(null);
    }
}
