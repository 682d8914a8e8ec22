package org.allocman.vka;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;
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
        return take(
                interrupt,
                notification,
                InvocationKind.IRQ_CONTROL_GET,
                slot -> kernel.interrupts().get(control, interrupt, slot));
    }

    /**
     * On x86, takes the interrupt of an I/O APIC's pin, in the same way.
     *
     * @param interrupt the number that the pin gets, 0 to 107 on a PC
     * @param pin the pin, and how it is triggered
     * @param notification a notification that may be written
     * @return the slot that the handler is in, whose index is its cptr; or why there is none
     */
    public Either<VkaError, CapPath> takePin(int interrupt, KernelInterrupts.IoApicPin pin, @CPtr long notification) {
        return take(
                interrupt,
                notification,
                InvocationKind.IRQ_CONTROL_GET_IO_APIC,
                slot -> kernel.interrupts().getIoApic(control, interrupt, pin, slot));
    }

    /**
     * On x86, takes the interrupt that a PCI device's message is, in the same way.
     *
     * @param interrupt the number that the message gets, 0 to 107 on a PC
     * @param source the device
     * @param notification a notification that may be written
     * @return the slot that the handler is in, whose index is its cptr; or why there is none
     */
    public Either<VkaError, CapPath> takeMessage(
            int interrupt, KernelInterrupts.MsiSource source, @CPtr long notification) {
        return take(
                interrupt,
                notification,
                InvocationKind.IRQ_CONTROL_GET_MSI,
                slot -> kernel.interrupts().getMsi(control, interrupt, source, slot));
    }

    private Either<VkaError, CapPath> take(
            int interrupt, long notification, InvocationKind form, Function<CapPath, KernelError> make) {
        String what = "interrupt " + interrupt + " cannot be had";
        return IssuedSlots.take(vka, make, error -> VkaError.ofKernel(what, form, error))
                .flatMap(slot -> signalling(slot, what, notification));
    }

    private Either<VkaError, CapPath> signalling(CapPath slot, String what, long notification) {
        KernelError error = kernel.interrupts().setNotification(slot.index(), notification);
        if (error.failed()) {
            VkaError refused = VkaError.ofKernel(what, InvocationKind.IRQ_HANDLER_SET_NOTIFICATION, error);
            return Either.left(giveBack(slot).fold(() -> refused, left -> IssuedSlots.withRest(refused, slot)));
        }
        return Either.right(slot);
    }

    /**
     * Gives an interrupt back: with its handler the kernel lets go of the notification. Copies of the handler that are somewhere
     * else keep the interrupt.
     *
     * @param handler what {@link #take} answered; of any other slot the capability would be deleted
     * @return nothing, or why it was refused
     */
    public Option<VkaError> giveBack(CapPath handler) {
        return IssuedSlots.giveBack(vka, kernel, handler, "the handler");
    }
}
