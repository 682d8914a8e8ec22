package org.allocman.lesson.answer;

import java.util.ArrayList;
import java.util.List;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A kernel that ends a program which invokes it for ever, and remembers what was refused to whom. */
final class LimitedKernel extends ForwardingKernel {
    private static final int MOST_REMEMBERED = 5;

    private final long most;
    private final List<String> refusals = new ArrayList<>();
    private long made;

    /** Ends a program; it is an error, so that programs which catch exceptions do not catch it. */
    static final class TooManyInvocations extends Error {
        private static final long serialVersionUID = 1L;

        TooManyInvocations(long most) {
            super("more than " + most + " invocations");
        }
    }

    LimitedKernel(Kernel kernel, long most) {
        super(kernel);
        this.most = most;
    }

    @Override
    protected @Nullable KernelError refuse(InvocationKind invocation) {
        if (++made > most) {
            throw new TooManyInvocations(most);
        }
        return null;
    }

    @Override
    protected KernelError answered(InvocationKind invocation, KernelError error) {
        if (error.failed() && refusals.size() <= MOST_REMEMBERED) {
            String line = AnswerLines.current();
            if (line != null) {
                refusals.add(
                        refusals.size() < MOST_REMEMBERED
                                ? line + ": " + invocation.text() + " was refused: " + error
                                : "further invocations were refused");
            }
        }
        return error;
    }

    /** What was refused to the answer's own lines. */
    List<String> refusals() {
        return refusals;
    }
}
