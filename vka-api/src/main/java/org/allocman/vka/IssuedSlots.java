package org.allocman.vka;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;

/** Capabilities that a control capability issues, in slots that an allocator gives: each with its slot or not at all. */
final class IssuedSlots {
    private IssuedSlots() {}

    /** A slot that an invocation has filled; or the refusal, and then no slot is taken. */
    static Either<VkaError, CapPath> take(
            Vka vka, Function<CapPath, KernelError> issue, Function<KernelError, VkaError> refusal) {
        return vka.allocateSlot().flatMap(slot -> {
            KernelError error = issue.apply(slot);
            if (!error.failed()) {
                return Either.right(slot);
            }
            VkaError refused = refusal.apply(error);
            return Either.left(vka.freeSlot(slot).fold(() -> refused, left -> withRest(refused, slot)));
        });
    }

    /** Deletes what is in a slot, and gives the slot back. */
    static Option<VkaError> giveBack(Vka vka, Kernel kernel, CapPath slot, String what) {
        KernelError error = kernel.delete(slot);
        return error.failed()
                ? Option.some(VkaError.ofKernel(
                        what + " in slot " + slot.index() + " cannot be given back", InvocationKind.DELETE, error))
                : vka.freeSlot(slot);
    }

    /** A refusal after which a slot is left, because undoing was refused as well. */
    static VkaError withRest(VkaError refused, CapPath slot) {
        return refused.withMessage(refused.message() + "; slot " + slot.index()
                + " could not be given back either, and is still the caller's");
    }
}
