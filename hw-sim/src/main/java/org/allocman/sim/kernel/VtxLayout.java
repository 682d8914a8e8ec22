package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;

/** The words of a virtual CPU of x86. The first is its thread, as on Arm: see {@link VcpuLayout}. */
public final class VtxLayout {
    /*
     *      0  thread: physical address of its TCB, or-ed with 1; 0 for none
     *     64  general registers of the guest, seven words
     *    128  fields of its control structure, a word each, in the order of VmcsFields
     *   8192  I/O ports, a bit each: 1 if the guest may use it, so that none is all zeros
     */
    /** How many general registers there are. */
    static final int REGISTERS = 7;

    private static final int REGISTERS_AT = 64;
    private static final int FIELDS_AT = 128;
    private static final int PORTS_AT = 8192;

    private VtxLayout() {}

    /**
     * A general register of a guest.
     *
     * @param memory the physical memory
     * @param vcpu physical address of the object
     * @param number which, 0 to 6
     * @return what is in it
     */
    public static long register(Memory memory, @PhysAddr long vcpu, int number) {
        return memory.load64(vcpu, REGISTERS_AT + number * Long.BYTES);
    }

    static void setRegister(Memory memory, long vcpu, int number, long value) {
        memory.store64(vcpu, REGISTERS_AT + number * Long.BYTES, value);
    }

    static long field(Memory memory, long vcpu, int index) {
        return memory.load64(vcpu, FIELDS_AT + index * Long.BYTES);
    }

    static void setField(Memory memory, long vcpu, int index, long value) {
        memory.store64(vcpu, FIELDS_AT + index * Long.BYTES, value);
    }

    /**
     * Whether a guest may use an I/O port.
     *
     * @param memory the physical memory
     * @param vcpu physical address of the object
     * @param port the port, 0 to 65535
     * @return true if it may
     */
    public static boolean mayUse(Memory memory, @PhysAddr long vcpu, int port) {
        return (memory.load64(vcpu + offset(port), 0) >>> port & 1) != 0;
    }

    static void setPort(Memory memory, long vcpu, int port, boolean mayUse) {
        long word = memory.load64(vcpu + offset(port), 0);
        long bit = 1L << port;
        memory.store64(vcpu + offset(port), 0, mayUse ? word | bit : word & ~bit);
    }

    private static int offset(int port) {
        return PORTS_AT + port / Long.SIZE * Long.BYTES;
    }
}
