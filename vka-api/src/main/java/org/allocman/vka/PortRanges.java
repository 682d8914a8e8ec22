package org.allocman.vka;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.qual.CPtr;
import org.allocman.qual.CheckReturnValue;

/**
 * Ranges of I/O ports in slots that an allocator gives: each is taken whole and given back whole. An operation that is refused has
 * changed nothing; if the kernel refuses the undoing as well, the error says which slot is left.
 */
@CheckReturnValue
public final class PortRanges {
    private final Vka vka;
    private final Kernel kernel;
    private final @CPtr long control;

    /**
     * Ranges that come from one control capability.
     *
     * @param vka who gives slots
     * @param kernel the kernel, in whose root task's CSpace these slots are
     * @param control control over I/O ports, for instance {@link BootSlots#IO_PORT_CONTROL}
     */
    public PortRanges(Vka vka, Kernel kernel, @CPtr long control) {
        this.vka = vka;
        this.kernel = kernel;
        this.control = control;
    }

    /**
     * Takes a range of ports.
     *
     * @param first the first port, 0 to 65535
     * @param last the last port, not less than the first
     * @return the slot that the range's capability is in, whose index is its cptr; or why there is none
     */
    public Either<VkaError, CapPath> take(int first, int last) {
        return IssuedSlots.take(
                vka,
                slot -> kernel.ports().issue(control, first, last, slot),
                error -> VkaError.ofKernel(
                        "ports " + first + " to " + last + " cannot be had",
                        InvocationKind.IO_PORT_CONTROL_ISSUE,
                        error));
    }

    /**
     * Gives a range back: its ports can be taken again. Copies of the capability that are somewhere else keep it.
     *
     * @param range what {@link #take} answered; of any other slot the capability would be deleted
     * @return nothing, or why it was refused
     */
    public Option<VkaError> giveBack(CapPath range) {
        return IssuedSlots.giveBack(vka, kernel, range, "the ports");
    }
}
