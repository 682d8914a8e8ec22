package org.allocman.lesson.sheet;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lesson.course.SmallMachine;
import org.allocman.script.LineOutcome;
import org.allocman.script.ScriptException;
import org.allocman.script.ScriptSession;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.KernelError;

/** A small machine on which the commands of a sheet are carried out. */
final class SheetMachine {
    private final Machine machine = SmallMachine.boot();
    private final ScriptSession session = ScriptSession.bare(machine);
    private final Slots slots =
            new Slots(machine.memory().words(), machine.board().architecture());

    Machine machine() {
        return machine;
    }

    Slots slots() {
        return slots;
    }

    /** Carries out what cannot be refused. */
    void must(String command) {
        LineOutcome outcome = session.execute(command);
        if (!outcome.isDone()) {
            throw new IllegalStateException(command + ": " + outcome.message());
        }
    }

    /** Carries a command out; null if it was done, else what the kernel answered. */
    String answer(String command, String done) {
        LineOutcome outcome = session.execute(command);
        KernelError error = outcome.kernelError();
        if (outcome.isDone() || error == null) {
            if (error == null && !outcome.isDone()) {
                throw new IllegalStateException(command + ": " + outcome.message());
            }
            return done;
        }
        return error.toString().replace("source: ", "").replace("target: ", "");
    }

    /** Carries a command out, and tells whether it was done. */
    boolean isDone(String command) {
        return session.execute(command).isDone();
    }

    void undo() {
        session.undo();
    }

    /** The slot of a place; negative if there is none. */
    long slot(String place) {
        try {
            return session.slotOf(place);
        } catch (ScriptException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean isEmpty(long cptr) {
        return slots.isEmpty(slot(String.valueOf(cptr)));
    }

    /** Address of the object in a slot. */
    String address(long cptr) {
        return hex(slots.object(slot(String.valueOf(cptr))));
    }

    /** Those of several slots that hold something. */
    List<Long> held(long first, long last) {
        List<Long> held = new ArrayList<>();
        for (long cptr = first; cptr <= last; cptr++) {
            if (!isEmpty(cptr)) {
                held.add(cptr);
            }
        }
        return held;
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
