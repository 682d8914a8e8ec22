package org.allocman.wire;

import io.vavr.control.Either;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;

/** A kernel that writes down what it is asked and what it answers, as lines; the last ones can be read. */
public final class TracedKernel extends LineKernel {
    private final Kernel kernel;
    private final int most;
    private final Deque<String> lines = new ArrayDeque<>();
    private long count;

    /**
     * Wraps a kernel.
     *
     * @param kernel who carries invocations out
     * @param most how many lines are kept, 1 or more
     */
    public TracedKernel(Kernel kernel, int most) {
        super(kernel.architecture());
        this.kernel = kernel;
        this.most = most;
    }

    /**
     * The last invocations.
     *
     * @return each with its answer behind it, the newest last
     */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * How many invocations there were.
     *
     * @return 0 or more
     */
    public long count() {
        return count;
    }

    @Override
    KernelError invoke(InvocationKind invocation, String line, Function<Kernel, KernelError> call) {
        KernelError error = call.apply(kernel);
        note(line, WireAnswer.of(error));
        return error;
    }

    @Override
    Either<KernelError, Long> ask(
            InvocationKind invocation, String line, Function<Kernel, Either<KernelError, Long>> call) {
        Either<KernelError, Long> answer = call.apply(kernel);
        note(line, answer.fold(WireAnswer::of, value -> WireAnswer.ok("", WireNumbers.text(value))));
        return answer;
    }

    @Override
    public KernelError unsupported(InvocationKind invocation) {
        return kernel.unsupported(invocation);
    }

    private void note(String line, WireAnswer answer) {
        count++;
        lines.addLast(line + "  => " + answer.text(false));
        if (lines.size() > most) {
            lines.removeFirst();
        }
    }
}
