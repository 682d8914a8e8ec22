package org.allocman.xous.process;

import org.allocman.vka.Memory;
import org.allocman.xous.Pid;
import org.allocman.xous.XousError;

/** Interrupts, each of which one process has or none. Results are 0 or an {@link XousError#code()}. */
final class InterruptCalls {
    private final SystemLayout layout;
    private final Memory memory;

    InterruptCalls(SystemContext context) {
        this.layout = context.layout();
        this.memory = context.memory();
    }

    long claim(Process process, int interrupt) {
        if (interrupt < 0 || interrupt >= SystemLayout.INTERRUPTS) {
            return XousError.INTERRUPT_NOT_FOUND.code();
        }
        if (layout.interruptOwner(memory, interrupt) != Pid.FREE) {
            return XousError.INTERRUPT_IN_USE.code();
        }
        layout.setInterruptOwner(memory, interrupt, process.pid());
        return 0;
    }

    long free(Process process, int interrupt) {
        if (interrupt < 0
                || interrupt >= SystemLayout.INTERRUPTS
                || layout.interruptOwner(memory, interrupt) != process.pid()) {
            return XousError.INTERRUPT_NOT_FOUND.code();
        }
        layout.setInterruptOwner(memory, interrupt, Pid.FREE);
        return 0;
    }

    /** A process ends: nobody has its interrupts. */
    void end(Process process) {
        for (int i = 0; i < SystemLayout.INTERRUPTS; i++) {
            if (layout.interruptOwner(memory, i) == process.pid()) {
                layout.setInterruptOwner(memory, i, Pid.FREE);
            }
        }
    }
}
