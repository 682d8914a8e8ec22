package org.allocman.sim.kernel;

/** The capabilities that have no object in memory: authority over what the machine has. */
public enum ControlKind {
    /** Control over interrupts. */
    IRQ_CONTROL,
    /** Makes ASID pools. */
    ASID_CONTROL,
    /** x86: control over I/O ports. */
    IO_PORT_CONTROL,
    /** x86: the I/O address space. */
    IO_SPACE,
    /** Control over scheduling domains. */
    DOMAIN,
    /** One interrupt's handler. */
    IRQ_HANDLER,
    /** Arm: sends one software-generated interrupt. */
    SGI_SIGNAL,
    /** With MCS: allots a core's time to scheduling contexts. */
    SCHED_CONTROL,
    /** x86: a range of I/O ports. */
    IO_PORT;

    private static final ControlKind[] ALL = values();

    static ControlKind numbered(int number) {
        return ALL[number];
    }
}
