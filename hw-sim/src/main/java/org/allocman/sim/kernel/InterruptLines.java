package org.allocman.sim.kernel;

import java.util.List;

/**
 * The interrupts of a machine, as seL4's IRQ control knows them.
 *
 * @param least the lowest interrupt that can be asked for, 0 or more
 * @param most the highest, up to 1023; less than {@code least} if there are none
 * @param timer the kernel's own; -1 for none
 * @param hasTriggers whether level and edge can be told apart
 * @param hasSoftware whether there are software-generated interrupts, Arm's SGIs
 * @param isPc whether handlers are made for pins of an I/O APIC and for messages alone, and the lowest interrupt is asked for as 0
 * @param reserved others of the kernel's own: a hypervisor has two for its virtual CPUs
 */
public record InterruptLines(
        int least,
        int most,
        int timer,
        boolean hasTriggers,
        boolean hasSoftware,
        boolean isPc,
        List<Integer> reserved) {
    /** No interrupt can be asked for. */
    public static final InterruptLines NONE = new InterruptLines(0, -1, -1, false, false, false, List.of());

    /** A PC's, with one I/O APIC: behind the 16 of the old interrupt controller, which nobody can have. */
    public static final InterruptLines PC = new InterruptLines(16, 123, -1, false, false, true, List.of());

    /** RISC-V's as QEMU's virt machine has them: an interrupt 0 does not exist. */
    public static final InterruptLines RISCV_VIRT = new InterruptLines(1, 96, 96, true, false, false, List.of());

    /** Arm's GIC as QEMU's virt machine has it. */
    public static final InterruptLines ARM_VIRT = new InterruptLines(0, 159, 27, true, true, false, List.of());

    /** The virtual timer's interrupt of Arm's GIC, which a hypervisor keeps for its virtual CPUs. */
    public static final int VIRTUAL_TIMER = 27;

    /** The same for a hypervisor, which has the timer of its own mode, and keeps those of virtual CPUs. */
    public static final InterruptLines ARM_HYPERVISOR =
            new InterruptLines(0, 159, 26, true, true, false, List.of(25, VIRTUAL_TIMER));

    /** The most that there can be. */
    static final int LIMIT = 1024;

    /**
     * Checks the numbers.
     *
     * @param least the lowest interrupt that can be asked for
     * @param most the highest
     * @param timer the kernel's own
     * @param hasTriggers whether level and edge can be told apart
     * @param hasSoftware whether there are software-generated interrupts
     * @param isPc whether handlers are made for pins and messages alone
     * @param reserved others of the kernel's own
     * @throws IllegalArgumentException if they are out of range
     */
    public InterruptLines {
        reserved = List.copyOf(reserved);
        if (least < 0 || most >= LIMIT || timer > most) {
            throw new IllegalArgumentException("interrupts " + least + " to " + most + ", timer " + timer);
        }
    }

    /**
     * The interrupts of a kernel that has room for some.
     *
     * @param slots how many slots there are for them
     * @return these if all have room; else those from the lowest on that have
     */
    public InterruptLines upTo(long slots) {
        if (slots >= count()) {
            return this;
        }
        int last = (int) slots - 1;
        return last < least
                ? NONE
                : new InterruptLines(
                        least,
                        last,
                        timer > last ? -1 : timer,
                        hasTriggers,
                        hasSoftware,
                        isPc,
                        reserved.stream().filter(interrupt -> interrupt <= last).toList());
    }

    /**
     * How many slots the kernel has for them.
     *
     * @return one more than the highest interrupt; 0 if there are none
     */
    public int count() {
        return most < least ? 0 : most + 1;
    }
}
