package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Word;

/** The words of a virtual CPU. */
public final class VcpuLayout {
    /*
     *    0  thread: physical address of its TCB, or-ed with 1; 0 for none
     *    8  list registers, four words, each an interrupt that waits for the guest: see VcpuInvocations
     *   64  registers of the guest, a word each, in the order of seL4_VCPUReg
     */
    /** How many list registers there are, as many as the GIC of QEMU's virt machine and the GIC-400 have. */
    static final int LIST_REGISTERS = 4;

    static final Word THREAD = new Word("bound thread", 0);

    private static final int LIST = 8;
    private static final int REGISTERS = 64;
    private static final int WIDE_REGISTERS = 24;
    private static final int NARROW_REGISTERS = 46;
    private static final long WIDE_SYSTEM_CONTROL = 0x34d5_8820L;
    private static final long NARROW_SYSTEM_CONTROL = 0x00c5_187cL;
    private static final long NARROW_AUXILIARY_CONTROL = 0x40;

    private VcpuLayout() {}

    /**
     * How many registers of a guest there are.
     *
     * @param isWide whether words have 64 bits
     * @return one more than the greatest number of a register
     */
    public static int registers(boolean isWide) {
        return isWide ? WIDE_REGISTERS : NARROW_REGISTERS;
    }

    /**
     * A register of a guest.
     *
     * @param memory the physical memory
     * @param vcpu physical address of the object
     * @param number which
     * @return what is in it
     */
    public static long register(Memory memory, @PhysAddr long vcpu, int number) {
        return memory.load64(vcpu, REGISTERS + number * Long.BYTES);
    }

    static void setRegister(Memory memory, long vcpu, int number, long value) {
        memory.store64(vcpu, REGISTERS + number * Long.BYTES, value);
    }

    /**
     * A list register.
     *
     * @param memory the physical memory
     * @param vcpu physical address of the object
     * @param number which, 0 to 3
     * @return the interrupt in it, as the GIC has it; 0 for none
     */
    public static long listRegister(Memory memory, @PhysAddr long vcpu, int number) {
        return memory.load64(vcpu, LIST + number * Long.BYTES);
    }

    static void setListRegister(Memory memory, long vcpu, int number, long value) {
        memory.store64(vcpu, LIST + number * Long.BYTES, value);
    }

    /** What a guest finds in its registers: its MMU and caches are off. */
    static void initialise(Memory memory, long vcpu, boolean isWide) {
        setRegister(memory, vcpu, 0, isWide ? WIDE_SYSTEM_CONTROL : NARROW_SYSTEM_CONTROL);
        if (!isWide) {
            setRegister(memory, vcpu, 1, NARROW_AUXILIARY_CONTROL);
        }
    }
}
