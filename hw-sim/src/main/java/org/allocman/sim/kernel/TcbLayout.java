package org.allocman.sim.kernel;

import org.allocman.qual.Bytes;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/** A thread's bytes: its slots first, whatever their size, then the words that a debugger would want to see. */
public final class TcbLayout {
    /*
     *   64-bit  32-bit
     *        0       0  slot 0: root CNode of the CSpace
     *       32      16  slot 1: root of the address space
     *       64      32  slot 2: reply
     *       96      48  slot 3: caller
     *      128      64  slot 4: IPC buffer's frame
     *      160          with VT-x slot 5: root of a guest's physical addresses
     *      256     256  fault endpoint, a cptr in the thread's CSpace
     *      264     264  address of the IPC buffer in the thread's address space
     *      272     272  bound notification: its physical address, or-ed with 1; 0 for none
     *      280     280  with MCS: bound scheduling context, in the same way
     *      288     288  priority, the greatest priority it may give, domain
     *      296     296  of hypervisor kernels: bound virtual CPU, in the same way
     *   With MCS slot 2 is the IPC buffer's frame, and slots 3 and 4 are the fault handler's endpoint and that for timeouts.
     *   With slots of 64 bytes and more these words lie further, see wordsShift.
     */
    /** With VT-x: number of the slot with the root of a guest's physical addresses. */
    public static final int EPT_ROOT = 5;

    /** How many slots a thread has without that one. */
    public static final int SLOTS = 5;

    /** Number of the slot with the root CNode. */
    public static final int CSPACE = 0;

    /** Number of the slot with the root of the address space. */
    public static final int VSPACE = 1;

    /** Number of the slot with the reply capability. */
    public static final int REPLY = 2;

    /** Number of the slot with the caller's reply capability. */
    public static final int CALLER = 3;

    /** Without MCS: number of the slot with the frame of the IPC buffer. */
    public static final int BUFFER = 4;

    /** With MCS: number of the slot with the frame of the IPC buffer. */
    public static final int MCS_BUFFER = 2;

    /** With MCS: number of the slot with the fault handler's endpoint. */
    public static final int FAULT_HANDLER = 3;

    /** With MCS: number of the slot with the endpoint for timeouts. */
    public static final int TIMEOUT_HANDLER = 4;

    /** Cptr of the fault handler; 0 for none. */
    public static final Word FAULT_ENDPOINT = new Word("fault endpoint", 256);

    /** Virtual address of the IPC buffer; 0 for none. */
    public static final Word BUFFER_ADDRESS = new Word("IPC buffer", 264);

    /** Physical address of the bound notification, or-ed with 1; 0 for none. */
    static final Word NOTIFICATION = new Word("bound notification", 272);

    /** With MCS: physical address of the bound scheduling context, or-ed with 1; 0 for none. */
    static final Word SCHED_CONTEXT = new Word("bound scheduling context", 280);

    /** The thread's priority, 0 to 255. */
    public static final Bits PRIORITY = new Bits("priority", 288, 0, 8);

    /** The greatest priority that the thread may give, 0 to 255. */
    public static final Bits MAX_PRIORITY = new Bits("maximum controlled priority", 288, 8, 8);

    /** The thread's scheduling domain. */
    public static final Bits DOMAIN = new Bits("domain", 288, 16, 8);

    /** Of hypervisor kernels: physical address of the bound virtual CPU, or-ed with 1; 0 for none. */
    static final Word VCPU = new Word("bound virtual CPU", 296);

    private TcbLayout() {}

    /**
     * How many slots a thread has.
     *
     * @param architecture the kernel's
     * @return 5, and 6 with VT-x
     */
    public static int slots(Architecture architecture) {
        return architecture.has(ObjectType.EPT_PML4) ? SLOTS + 1 : SLOTS;
    }

    /**
     * Number of the slot with the frame of the IPC buffer.
     *
     * @param architecture the kernel's
     * @return a number that differs with MCS
     */
    public static int buffer(Architecture architecture) {
        return architecture.hasMcs() ? MCS_BUFFER : BUFFER;
    }

    /**
     * How much further the words behind the slots lie on a kernel whose slots are larger than seL4's.
     *
     * @param slots the capabilities
     * @return bytes to add to a thread's address before a word is read; 0 with slots of 16 and 32 bytes
     */
    public static @Bytes long wordsShift(Slots slots) {
        return Math.max(0, ((long) Byte.SIZE << slots.slotBits()) - FAULT_ENDPOINT.offset());
    }
}
