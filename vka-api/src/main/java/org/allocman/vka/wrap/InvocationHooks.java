package org.allocman.vka.wrap;

import io.vavr.control.Either;
import java.util.function.Supplier;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What a {@link ForwardingKernel} does before and after each invocation. */
interface InvocationHooks {
    /** Null to have it carried out, or the error to answer instead. */
    @Nullable
    KernelError refuse(InvocationKind invocation);

    /** Sees an answer, and returns the one to pass on. */
    KernelError answered(InvocationKind invocation, KernelError error);

    /** An invocation between the two. */
    default KernelError around(InvocationKind invocation, Supplier<KernelError> call) {
        KernelError refused = refuse(invocation);
        return answered(invocation, refused != null ? refused : call.get());
    }

    /** An invocation that returns a value, between the two. */
    default Either<KernelError, Long> aroundValue(InvocationKind invocation, Supplier<Either<KernelError, Long>> call) {
        KernelError refused = refuse(invocation);
        Either<KernelError, Long> answer = refused != null ? Either.left(refused) : call.get();
        KernelError error = answered(invocation, answer.isLeft() ? answer.getLeft() : KernelError.NO_ERROR);
        return error.failed() ? Either.left(error) : answer;
    }
}
