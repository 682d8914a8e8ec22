package org.allocman.vka;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.Serial;
import java.util.Objects;

/**
 * A {@link VkaError} where a plain result is wanted, as with a {@link VkaLease}. {@code orThrow} gives any operation of a
 * {@link Vka} a plain result: {@code VkaObject tcb = orThrow(vka.tcb());}
 */
public final class VkaException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient VkaError error;

    /**
     * Wraps an error.
     *
     * @param error what the allocator answered
     */
    public VkaException(VkaError error) {
        super(Objects.requireNonNull(error, "error").toString());
        this.error = error;
    }

    /**
     * The result of an operation.
     *
     * @param <T> what it is
     * @param answer what the allocator answered
     * @return the result
     * @throws VkaException if the allocator refused
     */
    public static <T> T orThrow(Either<VkaError, T> answer) {
        Objects.requireNonNull(answer, "answer");
        return answer.getOrElseThrow(VkaException::new);
    }

    /**
     * Sees to it that an operation without a result was not refused.
     *
     * @param refusal what the allocator answered
     * @throws VkaException if the allocator refused
     */
    public static void orThrow(Option<VkaError> refusal) {
        Objects.requireNonNull(refusal, "refusal");
        if (refusal.isDefined()) {
            throw new VkaException(refusal.get());
        }
    }

    /**
     * What the allocator answered.
     *
     * @return the error
     */
    public VkaError error() {
        return error;
    }
}
