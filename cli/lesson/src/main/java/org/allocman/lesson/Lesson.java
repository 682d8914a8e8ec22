package org.allocman.lesson;

import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.vka.Kernel;

/**
 * A lesson: a text, and a machine to start from that is looked at afterwards.
 *
 * @param <D> what is on the learner's desk
 */
public abstract class Lesson<D> {
    private final String name;
    private final Class<? super D> desk;
    private final LessonText text;

    /** How an answer may be written. */
    public enum Form {
        /** A script of invocations. */
        SCRIPT,
        /** A Java class that implements {@link Solution}. */
        JAVA
    }

    /**
     * Makes a lesson; its text is the file {@code NAME.md} beside its class.
     *
     * @param name what users type
     * @param desk the type of what is on the desk
     */
    protected Lesson(String name, Class<? super D> desk) {
        this.name = name;
        this.desk = desk;
        this.text = LessonText.read(getClass(), name);
    }

    /**
     * What users type.
     *
     * @return a word in lower case, perhaps with hyphens
     */
    public final String name() {
        return name;
    }

    /**
     * The texts.
     *
     * @return title, goal, sections
     */
    public final LessonText text() {
        return text;
    }

    /**
     * The type of what is on the desk.
     *
     * @return an interface or a record
     */
    public final Class<? super D> desk() {
        return desk;
    }

    /**
     * The lesson's own solution, a file beside its class.
     *
     * @param form one of {@link #forms}
     * @return the text of the file
     */
    public final String solution(Form form) {
        return LessonText.resource(getClass(), name + (form == Form.JAVA ? ".java" : ".script"));
    }

    /**
     * How an answer may be written.
     *
     * @return the forms, the usual one first
     */
    public abstract List<Form> forms();

    /**
     * Sets up the machine.
     *
     * @param wrapper wraps the kernel that the learner's program invokes
     * @return the machine and the desk
     */
    public abstract Stage<D> start(UnaryOperator<Kernel> wrapper);
}
