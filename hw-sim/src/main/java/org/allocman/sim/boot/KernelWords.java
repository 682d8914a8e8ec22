package org.allocman.sim.boot;

import org.allocman.qual.Bytes;
import org.allocman.sim.kernel.InterruptLines;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.vka.Architecture;
import org.allocman.vka.PageSize;
import org.allocman.vka.Rounding;

/** What the kernel keeps in its image: its own words in the last page, the slots of interrupts before them. */
final class KernelWords {
    static final @Bytes long STATE_BYTES = KernelState.BYTES;

    private KernelWords() {}

    /** What of a kernel's image is in use as long as it runs. */
    static @Bytes long bytes(Architecture architecture, @Bytes long kernelBytes) {
        return STATE_BYTES + interruptBytes(architecture, interrupts(architecture, kernelBytes));
    }

    /** Where the slots of interrupts begin: so many bytes before the kernel's own words. */
    static @Bytes long interruptBytes(Architecture architecture, InterruptLines lines) {
        return Rounding.up((long) lines.count() << architecture.slotBits(), PageSize.PAGE);
    }

    /** The interrupts of a machine: as many as its kernel's image has room for, which is all of them but for tiny ones. */
    static InterruptLines interrupts(Architecture architecture, @Bytes long kernelBytes) {
        long pages = Math.max(0, kernelBytes - STATE_BYTES) & -PageSize.PAGE;
        return Behaviours.of(architecture).interrupts().upTo(pages >>> architecture.slotBits());
    }
}
