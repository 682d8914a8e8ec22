package org.allocman.vka;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.qual.CPtr;
import org.allocman.qual.CheckReturnValue;

/**
 * Handlers of interrupts in slots that an allocator gives: each is taken whole, with its notification, and given back whole. An
 * operation that is refused has changed nothing; if the kernel refuses the undoing as well, the error says which slot is left.
 */
@CheckReturnValue
public final class InterruptHandlers {
    private final Vka vka;
    private final Kernel kernel;
    private final @CPtr long control;

    /**
     * Handlers that come from one control capability.
     *
     * @param vka who gives slots
     * @param kernel the kernel, in whose root task's CSpace these slots are
     * @param control IRQ control, for instance {@link BootSlots#IRQ_CONTROL}
     */
    public InterruptHandlers(Vka vka, Kernel kernel, @CPtr long control) {
        this.vka = vka;
        this.kernel = kernel;
        this.control = control;
    }

    /**
     * Takes an interrupt: makes its handler, and has it signal a notification.
     *
     * @param interrupt its number; what numbers there are is the kernel's
     * @param notification a notification that may be written
     * @return the slot that the handler is in, whose index is its cptr; or why there is none
     */
    public Either<VkaError, CapPath> take(int interrupt, @CPtr long notification) {
        return vka.allocateSlot().flatMap(slot -> fill(slot, interrupt, notification));
    }

    private Either<VkaError, CapPath> fill(CapPath slot, int interrupt, long notification) {
        String what = "interrupt " + interrupt + " cannot be had";
        KernelError error = kernel.interrupts().get(control, interrupt, slot);
        if (error.failed()) {
            VkaError refused = VkaError.ofKernel(what, InvocationKind.IRQ_CONTROL_GET, error);
            return Either.left(vka.freeSlot(slot).fold(() -> refused, left -> withRest(refused, slot)));
        }
        error = kernel.interrupts().setNotification(slot.index(), notification);
        if (error.failed()) {
            VkaError refused = VkaError.ofKernel(what, InvocationKind.IRQ_HANDLER_SET_NOTIFICATION, error);
            return Either.left(giveBack(slot).fold(() -> refused, left -> withRest(refused, slot)));
        }
        return Either.right(slot);
    }

    private static VkaError withRest(VkaError refused, CapPath slot) {
        return new VkaError(
                refused.reason(),
                refused.message() + "; slot " + slot.index()
                        + " could not be given back either, and is still the caller's",
                refused.invocation(),
                refused.kernel());
    }

    /**
     * Gives an interrupt back: with its handler the kernel lets go of the notification. Copies of the handler that are somewhere
     * else keep the interrupt.
     *
     * @param handler what {@link #take} answered; of any other slot the capability would be deleted
     * @return nothing, or why it was refused
     */
    public Option<VkaError> giveBack(CapPath handler) {
        KernelError error = kernel.delete(handler);
        return error.failed()
                ? Option.some(VkaError.ofKernel(
                        "the handler in slot " + handler.index() + " cannot be given back",
                        InvocationKind.DELETE,
                        error))
                : vka.freeSlot(handler);
    }
}
