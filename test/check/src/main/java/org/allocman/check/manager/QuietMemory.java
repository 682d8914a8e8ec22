package org.allocman.check.manager;

import org.allocman.manager.Allocman;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PhysicalMemory;

/**
 * The fingerprint of a memory in which nothing is in use, but for the watermarks of the untypeds that are managed: a kernel leaves
 * the watermark of an untyped without children where it was, until the next retype begins it anew.
 */
public final class QuietMemory {
    private final PhysicalMemory memory;
    private final Slots slots;
    private final SlotWords slotWords;
    private final Allocman allocman;

    /**
     * Prepares to look.
     *
     * @param memory the memory; its journal must not be in use
     * @param slots reads the kernel's slots
     * @param slotWords where the manager's slots are
     * @param allocman the manager
     */
    public QuietMemory(PhysicalMemory memory, Slots slots, SlotWords slotWords, Allocman allocman) {
        this.memory = memory;
        this.slots = slots;
        this.slotWords = slotWords;
        this.allocman = allocman;
    }

    /**
     * Computes it.
     *
     * @return 32 hexadecimal digits
     */
    public String fingerprint() {
        int before = memory.startJournal();
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            long slot = slotWords.at(allocman.untypeds().roots().slot(i));
            if (slots.type(slot) == CapabilityType.UNTYPED) {
                slots.untyped().setFreeIndex(slot, 0);
            }
        }
        String fingerprint = memory.fingerprint().toString();
        memory.rewind(before);
        memory.stopJournal();
        return fingerprint;
    }
}
