package org.allocman.script;

import java.util.Objects;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;

/** Machines to run scripts on. */
final class Machines {
    private Machines() {}

    static Machine boot(String board) {
        return boot(board, ManagedMachine.Pools.DEFAULT);
    }

    static Machine boot(String board, ManagedMachine.Pools pools) {
        try {
            return ManagedMachine.boot(Objects.requireNonNull(Boards.byName(board)), pools);
        } catch (BootFailure tooSmall) {
            throw new IllegalArgumentException(tooSmall);
        }
    }

    static ScriptSession managed(Machine machine, ManagedMachine.Pools pools) {
        return ScriptSession.managed(
                machine,
                new AllocmanVka(ManagedMachine.manage(machine, pools, kernel -> kernel, GrowthListener.NONE)
                        .get()
                        .allocman()));
    }
}
