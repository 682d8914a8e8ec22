package org.allocman.script;

import org.allocman.vka.KernelError;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.VkaError;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What came of a line.
 *
 * @param kind whether it was carried out
 * @param message what it did, or why it was not carried out; empty for an empty line
 * @param statement the command, or null if the line is none
 * @param kernelError the kernel's answer, if it was the kernel that refused
 * @param vkaError the manager's answer, if it was the manager that refused
 * @param fault what the machine said to a load or store that it refused
 * @param result what came of it beside what is in slots: a number, an allocated object, a slot; null for nothing
 */
public record LineOutcome(
        Kind kind,
        String message,
        @Nullable Statement statement,
        @Nullable KernelError kernelError,
        @Nullable VkaError vkaError,
        @Nullable MemoryFault fault,
        @Nullable Binding result) {
    /** Whether a line was carried out. */
    public enum Kind {
        /** It was carried out. */
        DONE,
        /** Kernel, manager or memory refused; the machine is as before. */
        REFUSED,
        /** It makes no sense here: unknown words or names; the machine was not asked. */
        MISTAKE
    }

    static LineOutcome done(@Nullable Statement statement, String message) {
        return done(statement, message, null);
    }

    static LineOutcome done(@Nullable Statement statement, String message, @Nullable Binding result) {
        return new LineOutcome(Kind.DONE, message, statement, null, null, null, result);
    }

    static LineOutcome refused(Statement statement, MemoryFault fault) {
        return new LineOutcome(Kind.REFUSED, "refused: " + fault.getMessage(), statement, null, null, fault, null);
    }

    static LineOutcome mistake(@Nullable Statement statement, String message) {
        return new LineOutcome(Kind.MISTAKE, message, statement, null, null, null, null);
    }

    static LineOutcome refused(Statement statement, KernelError error) {
        return new LineOutcome(Kind.REFUSED, "refused: " + error, statement, error, null, null, null);
    }

    static LineOutcome refused(Statement statement, VkaError error) {
        return new LineOutcome(Kind.REFUSED, "refused: " + error, statement, error.kernel(), error, null, null);
    }

    /**
     * Whether it was carried out.
     *
     * @return true for {@link Kind#DONE}
     */
    public boolean isDone() {
        return kind == Kind.DONE;
    }
}
