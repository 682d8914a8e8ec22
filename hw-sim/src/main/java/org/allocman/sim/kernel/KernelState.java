package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.layout.Word;

/** The kernel's own words: one page of kernel memory, at the address that boot gives the kernel. */
public final class KernelState {
    /*
     *      0  current thread: physical address of its TCB, or-ed with 1; 0 for none
     *      8  top of user addresses, 0 for the architecture's
     *     16  size bits of a TCB, 0 for the architecture's
     *     24  how far the kernel's virtual addresses of memory are from the physical ones, modulo its words
     *     32  interrupts: physical address of the slot of interrupt 0, or-ed with 1; 0 for none
     *     40  interrupts: which there are, see InterruptLines
     *     48  with MCS: the least budget and period, in microseconds
     *     56  with MCS: the greatest
     *     64  domains: the first entry of the schedule
     *    128  domains: the schedule, 100 words, see DomainSchedule
     *    928  free
     *   2048  ASID table, 128 words: physical address of each ASID pool, or-ed with 1; 0 for none
     *   3072  states of interrupts, a byte each, up to 1024 of them
     */
    /** How much memory the state takes, in bytes. */
    public static final int BYTES = 4096;

    /** Offset of the ASID table, 128 words, which belongs to {@link AddressSpaces}. */
    public static final int ASID_TABLE = 2048;

    /** Offset of the states of interrupts, a byte each, which belong to {@link Interrupts}. */
    static final int INTERRUPT_STATES = 3072;

    /** Offset of the words about interrupts, which belong to {@link Interrupts}. */
    static final int INTERRUPTS = 32;

    private static final Word CURRENT_THREAD = new Word("current thread", 0);
    private static final Word USER_TOP = new Word("user top", 8);
    private static final Word TCB_BITS = new Word("TCB bits", 16);
    private static final Word WINDOW_OFFSET = new Word("window offset", 24);
    private static final Word LEAST_TIME = new Word("least time", 48);
    private static final Word MOST_TIME = new Word("most time", 56);
    private static final long PRESENT = 1;

    private KernelState() {}

    /**
     * The thread that runs, which is the root task.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's state
     * @return physical address of its TCB; negative if there is none
     */
    public static @PhysAddr long thread(Memory memory, @PhysAddr long state) {
        long word = CURRENT_THREAD.get(memory, state);
        return word == 0 ? -1 : word & ~PRESENT;
    }

    /**
     * Says which thread runs.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's state
     * @param tcb physical address of its TCB
     */
    public static void setThread(Memory memory, @PhysAddr long state, @PhysAddr long tcb) {
        CURRENT_THREAD.set(memory, state, tcb | PRESENT);
    }

    /**
     * The top of user addresses, which on some architectures is the platform's.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's state
     * @param architecture the kernel's
     * @return an address, see {@link Architecture#userTop}
     */
    public static @VirtAddr long userTop(Memory memory, @PhysAddr long state, Architecture architecture) {
        long top = USER_TOP.get(memory, state);
        return top == 0 ? architecture.userTop() : top;
    }

    /**
     * Says where user addresses end.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's state
     * @param architecture the kernel's
     * @param top an address, see {@link Architecture#userTop}
     */
    public static void setUserTop(Memory memory, @PhysAddr long state, Architecture architecture, @VirtAddr long top) {
        USER_TOP.set(memory, state, top == architecture.userTop() ? 0 : top);
    }

    /**
     * The size of a TCB, which depends on whether the kernel keeps an FPU's registers in it.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's state
     * @param architecture the kernel's
     * @return size bits
     */
    public static @SizeBits int tcbBits(Memory memory, @PhysAddr long state, Architecture architecture) {
        int bits = (int) TCB_BITS.get(memory, state);
        return bits == 0 ? architecture.sizeBits(ObjectType.TCB, 0) : bits;
    }

    /**
     * Says how large a TCB is. A kernel looks once, when it is made.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's state
     * @param architecture the kernel's
     * @param bits size bits
     */
    public static void setTcbBits(Memory memory, @PhysAddr long state, Architecture architecture, @SizeBits int bits) {
        TCB_BITS.set(memory, state, bits == architecture.sizeBits(ObjectType.TCB, 0) ? 0 : bits);
    }

    /**
     * How far the kernel's virtual addresses of memory are from the physical ones. Untypeds are aligned in the former.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's state
     * @return what to add to a physical address, modulo the kernel's words; 0 also if nobody said it
     */
    public static long windowOffset(Memory memory, @PhysAddr long state) {
        return WINDOW_OFFSET.get(memory, state);
    }

    /**
     * Says how far the kernel's virtual addresses of memory are from the physical ones.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's state
     * @param offset what to add to a physical address, modulo the kernel's words
     */
    public static void setWindowOffset(Memory memory, @PhysAddr long state, long offset) {
        WINDOW_OFFSET.set(memory, state, offset);
    }

    /**
     * With MCS, says what budgets and periods can be configured.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's state
     * @param least the least, in microseconds
     * @param most the greatest
     */
    public static void setTimes(Memory memory, @PhysAddr long state, long least, long most) {
        LEAST_TIME.set(memory, state, least);
        MOST_TIME.set(memory, state, most);
    }

    /** The least budget and period in microseconds. */
    static long leastTime(Memory memory, long state) {
        return LEAST_TIME.get(memory, state);
    }

    /** The greatest budget and period in microseconds. */
    static long mostTime(Memory memory, long state) {
        return MOST_TIME.get(memory, state);
    }

    /** Says that no thread runs. */
    static void clearThread(Memory memory, long state) {
        CURRENT_THREAD.set(memory, state, 0);
    }
}
