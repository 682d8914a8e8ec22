package org.allocman.serve;

import java.util.List;
import org.allocman.check.manager.MachineInvariants;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.script.ScriptSession;
import org.allocman.sim.boot.Machine;
import org.allocman.wire.BootAnswers;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A client's machine and the session of commands on it. */
final class ServedMachine {
    private final Machine machine;
    private final @Nullable Allocman allocman;
    private final ScriptSession session;
    private final BootAnswers answers;

    ServedMachine(Machine machine, @Nullable Allocman allocman) {
        this.machine = machine;
        this.allocman = allocman;
        this.session = allocman == null
                ? ScriptSession.bare(machine)
                : ScriptSession.managed(machine, new AllocmanVka(allocman));
        this.answers = new BootAnswers(
                machine.board().architecture(),
                machine.bootInfo(),
                machine.staticPoolBase(),
                machine.staticPoolBytes(),
                machine.freeVirtualBase());
    }

    Machine machine() {
        return machine;
    }

    ScriptSession session() {
        return session;
    }

    /** What it tells of its boot. */
    BootAnswers answers() {
        return answers;
    }

    /** What is broken, each with the invariant's name in front. */
    List<String> broken() {
        return MachineInvariants.check(machine, allocman);
    }
}
