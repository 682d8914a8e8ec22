package org.allocman.lesson;

import java.util.List;
import org.allocman.script.ScriptSession;

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
