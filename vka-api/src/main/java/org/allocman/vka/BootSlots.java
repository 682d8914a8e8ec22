package org.allocman.vka;

import org.allocman.qual.CPtr;

/** The root task's fixed slots, as seL4 fills them at boot ("seL4_RootCNodeCapSlots"). */
public final class BootSlots {
    /** Always empty. */
    public static final @CPtr long NULL = 0;
    /** The root task's own TCB. */
    public static final @CPtr long TCB = 1;
    /** The root CNode. */
    public static final @CPtr long CNODE = 2;
    /** The root task's address space. */
    public static final @CPtr long VSPACE = 3;
    /** Control over interrupts. */
    public static final @CPtr long IRQ_CONTROL = 4;
    /** Makes ASID pools. */
    public static final @CPtr long ASID_CONTROL = 5;
    /** The first ASID pool. */
    public static final @CPtr long ASID_POOL = 6;
    /** x86: control over I/O ports. */
    public static final @CPtr long IO_PORT_CONTROL = 7;
    /** x86: the I/O address space. */
    public static final @CPtr long IO_SPACE = 8;
    /** The frame with the boot info. */
    public static final @CPtr long BOOT_INFO_FRAME = 9;
    /** The frame with the IPC buffer. */
    public static final @CPtr long IPC_BUFFER = 10;
    /** Control over domains. */
    public static final @CPtr long DOMAIN = 11;
    /** With MCS: the scheduling context of the root task. */
    public static final @CPtr long SCHED_CONTEXT = 14;

    /** The first slot that depends on the machine. */
    public static final @CPtr long FIRST_DYNAMIC = 16;

    private BootSlots() {}
}
