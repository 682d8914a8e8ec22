package org.allocman.lesson;

import java.util.List;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.script.ScriptSession;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PhysicalMemory;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A lesson's machine, set up; it knows what the lesson asks of it.
 *
 * @param <D> what is on the desk
 */
public interface Stage<D> {
    /**
     * What a learner's program is given.
     *
     * @return the desk
     */
    D desk();

    /**
     * Describes the machine.
     *
     * @return lines, each a place and what is there
     */
    List<Fact> facts();

    /**
     * Compares the machine with what the task asks for. It looks at the machine's state alone, never at how it came about.
     *
     * @return what is different, the most basic first; empty if all is right
     */
    List<Finding> check();

    /**
     * The machine that the stage is on.
     *
     * @return the machine, all of whose state is in its memory; null if there is no kernel
     */
    default @Nullable Machine machine() {
        return null;
    }

    /**
     * The memory that the stage is in. A stage of the same lesson with the same memory and the same {@link #notes} is in the
     * same state.
     *
     * @return the machine's memory; one without any page if the stage has none
     */
    default PhysicalMemory memory() {
        Machine machine = machine();
        return machine == null ? new PhysicalMemory(List.of()) : machine.memory();
    }

    /**
     * The laws of the kernel that the memory breaks. Only a memory that was made up breaks one.
     *
     * @return sentences; empty if none is broken, or if there is no kernel
     */
    default List<String> brokenLaws() {
        Machine machine = machine();
        return machine == null
                ? List.of()
                : KernelInvariants.check(
                        new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState()));
    }

    /**
     * What of the stage's state is not in its memory.
     *
     * @return a text without line ends; empty if there is nothing
     */
    default String notes() {
        return "";
    }

    /**
     * Takes over what another stage of the same lesson has noted.
     *
     * @param notes what its {@link #notes} returned
     * @throws IllegalArgumentException if no stage of this lesson notes that
     */
    default void takeNotes(String notes) {
        if (!notes.isEmpty()) {
            throw new IllegalArgumentException("this lesson has no notes");
        }
    }

    /**
     * Starts to carry a script out.
     *
     * @return a session on the machine
     * @throws UnsupportedOperationException if the lesson takes no scripts
     */
    default ScriptSession session() {
        throw new UnsupportedOperationException("this lesson takes no scripts");
    }

    /**
     * Something that is worth knowing of a machine.
     *
     * @param place where, for instance {@code slot 47}
     * @param what what is there
     */
    record Fact(String place, String what) {}
}
