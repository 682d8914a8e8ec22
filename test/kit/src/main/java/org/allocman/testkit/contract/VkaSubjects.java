package org.allocman.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.allocman.vka.Kernel;
import org.allocman.vka.Untyped;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;

/** Allocators under test, and how a test asks one. Extend {@code VkaContract}, which has the tests. */
public abstract class VkaSubjects {
    /**
     * An allocator of which nothing has been allocated.
     *
     * @param vka the allocator
     * @param untypeds what it manages: at least one normal untyped of 2^16 bytes or more
     * @param givesBack whether it can free
     * @param laws what else is broken, as sentences; empty if all is well
     * @param state what it knows, in a form that is equal if it knows the same
     */
    public record Subject(
            Vka vka,
            List<Untyped> untypeds,
            boolean givesBack,
            Supplier<List<String>> laws,
            Supplier<? extends Object> state) {
        /**
         * An allocator of which nothing is known but its answers.
         *
         * @param vka the allocator
         * @param untypeds what it manages
         * @return a subject that can free
         */
        public static Subject of(Vka vka, List<Untyped> untypeds) {
            return new Subject(vka, untypeds, true, List::of, () -> "unknown");
        }
    }

    VkaSubjects() {}

    /**
     * Makes an allocator.
     *
     * @param wrapper stands between the allocator and its kernel; an allocator without a kernel leaves it alone
     * @return a fresh one
     */
    protected abstract Subject subject(UnaryOperator<Kernel> wrapper);

    final Subject subject() {
        return subject(kernel -> kernel);
    }

    static void lawsHold(Subject subject) {
        assertEquals(List.of(), subject.laws.get());
    }

    static VkaObject got(Either<VkaError, VkaObject> answer) {
        assertTrue(answer.isRight(), () -> "refused: " + answer.getLeft());
        return answer.get();
    }

    static void refused(Reason reason, Either<VkaError, ?> answer) {
        assertTrue(answer.isLeft(), () -> "should have been refused for " + reason);
        assertEquals(reason, answer.getLeft().reason());
        assertFalse(answer.getLeft().message().isBlank(), "a refusal explains itself");
    }

    static void freed(Option<VkaError> answer) {
        assertEquals(Option.none(), answer);
    }

    static Untyped largest(Subject subject) {
        return subject.untypeds.stream()
                .filter(untyped -> !untyped.device())
                .max((left, right) -> Integer.compare(left.sizeBits(), right.sizeBits()))
                .orElseThrow(() -> new AssertionError("an allocator under test manages some normal memory"));
    }
}
