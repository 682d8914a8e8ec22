package org.allocman.cli.boot;

import org.allocman.cli.frame.Figures;
import org.allocman.manager.GrowthListener;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;

/** Tells how the virtual pool gets its first page, and counts the others. */
final class NarratedGrowth implements GrowthListener {
    private final Narration narration;
    private boolean narrates;
    private long most;
    private long mapped;

    NarratedGrowth(Narration narration) {
        this.narration = narration;
    }

    void tell(boolean wanted) {
        narrates = wanted;
    }

    @Override
    public void wanted(long page) {
        if (narrates) {
            narration.chapter("The circle closes: a virtual pool.");
            narration.say("A page for records is wanted at virtual " + Figures.hex(page)
                    + ". It has to be a frame, so a frame is allocated like any other object:");
        }
    }

    @Override
    public void tableMissing(long page, KernelError error, ObjectType table) {
        if (narrates) {
            LookupFault fault = error.lookupFault();
            narration.say("The kernel found no way to " + Figures.hex(page) + " with "
                    + (fault == null ? 0 : fault.bitsLeft()) + " bits left: a " + table.text()
                    + " is missing. It is made:");
        }
    }

    @Override
    public void grown(long page) {
        mapped++;
        most = Math.max(most, mapped);
        if (narrates) {
            narration.say("The page at " + Figures.hex(page)
                    + " is mapped: 21 more records, from memory that the allocator allocated itself.");
        }
    }

    @Override
    public void shrunk(long page) {
        mapped--;
    }

    /** The most pages that were mapped at one time. */
    long most() {
        return most;
    }
}
