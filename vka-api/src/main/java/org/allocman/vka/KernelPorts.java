package org.allocman.vka;

import io.vavr.control.Either;
import org.allocman.qual.CPtr;

/**
 * The invocations of I/O ports, which x86 has (seL4 manual, "I/O Ports"), as {@link Kernel#ports} has them. A kernel that has none
 * of them refuses each as an invocation that a capability does not have.
 */
public interface KernelPorts {
    /** Refuses everything. */
    KernelPorts NONE = new KernelPorts() {};

    /** How much one access to a port moves. */
    enum PortWidth {
        /** One byte, of one port. */
        BITS_8,
        /** Two bytes, of a port and the next. */
        BITS_16,
        /** Four bytes, of a port and the next three. */
        BITS_32;

        /**
         * How many ports it touches.
         *
         * @return 1, 2 or 4
         */
        public int ports() {
            return 1 << ordinal();
        }
    }

    /**
     * Makes a capability to a range of ports ({@code seL4_X86_IOPortControl_Issue}). Only the low 16 bits of the numbers count.
     *
     * @param control control over I/O ports
     * @param first the first port
     * @param last the last port, not less than the first
     * @param to the destination, an empty slot
     * @return {@link KernelError#NO_ERROR}, or what was wrong: {@link KernelError.Code#REVOKE_FIRST} if one of the ports is given out
     */
    default KernelError issue(@CPtr long control, int first, int last, CapPath to) {
        return KernelError.illegalOperation();
    }

    /**
     * Reads a port ({@code seL4_X86_IOPort_In8}, {@code In16}, {@code In32}).
     *
     * @param range a range of ports
     * @param port the first port that is read
     * @param width how much
     * @return what was read, zeros above it; or what was wrong
     */
    default Either<KernelError, Long> read(@CPtr long range, int port, PortWidth width) {
        return Either.left(KernelError.illegalOperation());
    }

    /**
     * Writes a port ({@code seL4_X86_IOPort_Out8}, {@code Out16}, {@code Out32}).
     *
     * @param range a range of ports
     * @param port the first port that is written
     * @param width how much
     * @param value what; bits above the width do not count
     * @return {@link KernelError#NO_ERROR}, or what was wrong
     */
    default KernelError write(@CPtr long range, int port, PortWidth width, long value) {
        return KernelError.illegalOperation();
    }
}
