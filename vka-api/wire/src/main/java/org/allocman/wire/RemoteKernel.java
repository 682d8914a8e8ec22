package org.allocman.wire;

import io.vavr.control.Either;
import java.util.function.Function;
import org.allocman.vka.Architecture;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;

/**
 * A kernel on the other end of a wire. An invocation that the other end does not have is refused as {@link
 * org.allocman.vka.Kernel#unsupported} says; what is no answer of a kernel is a {@link WireException}.
 */
public final class RemoteKernel extends LineKernel {
    private final WireConnection connection;

    /**
     * A kernel.
     *
     * @param connection who is asked
     * @param architecture what kernel it is
     */
    public RemoteKernel(WireConnection connection, Architecture architecture) {
        super(architecture);
        this.connection = connection;
    }

    @Override
    KernelError invoke(InvocationKind invocation, String line, Function<Kernel, KernelError> call) {
        return error(invocation, line, connection.ask(line));
    }

    @Override
    Either<KernelError, Long> ask(
            InvocationKind invocation, String line, Function<Kernel, Either<KernelError, Long>> call) {
        WireAnswer answer = connection.ask(line);
        return answer.isOk() ? Either.right(answer.value(0)) : Either.left(error(invocation, line, answer));
    }

    private KernelError error(InvocationKind invocation, String line, WireAnswer answer) {
        KernelError error = answer.kernelError();
        if (error != null) {
            return error;
        }
        if (answer.is(WireError.UNSUPPORTED)) {
            return unsupported(invocation);
        }
        throw new WireException("'" + line + "' got no answer of a kernel: " + answer.text());
    }
}
