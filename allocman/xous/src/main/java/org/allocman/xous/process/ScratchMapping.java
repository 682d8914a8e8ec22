package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Memory;
import org.allocman.vka.VkaError;
import org.allocman.xous.XousError;

/** A page behind the tables, through which the root task reaches one frame at a time. */
final class ScratchMapping {
    private final SystemContext context;
    private final Memory memory;

    ScratchMapping(SystemContext context) {
        this.context = context;
        this.memory = context.memory();
    }

    /** Sets every byte of a page to zero. Returns 0 or an {@link XousError#code()}. */
    long clear(long page) {
        if (!finish()) {
            return XousError.INTERNAL_ERROR.code();
        }
        Either<VkaError, CapPath> slot = context.vka().allocateSlot();
        if (slot.isLeft()) {
            return XousError.OUT_OF_MEMORY.code();
        }
        context.layout().setScratch(memory, slot.get().index());
        long error = context.copyFrame(page, slot.get());
        if (error == 0) {
            error = map(slot.get());
        }
        if (error == 0) {
            memory.clear(context.layout().scratchAddress(), PAGE);
        }
        if (!finish()) {
            context.setUnfinished();
        }
        return error;
    }

    private long map(CapPath copy) {
        boolean isRefused = context.kernel()
                .pageMap(
                        copy.index(),
                        BootSlots.VSPACE,
                        context.layout().scratchAddress(),
                        CapRights.READ_WRITE,
                        context.vka().architecture().defaultAttributes())
                .failed();
        return isRefused ? XousError.INTERNAL_ERROR.code() : 0;
    }

    /** Takes away what is mapped there; returns whether nothing is. */
    boolean finish() {
        long cptr = context.layout().scratch(memory);
        if (cptr != 0 && context.vka().freeSlot(context.vka().path(cptr)).isDefined()) {
            return false;
        }
        context.layout().setScratch(memory, 0);
        return true;
    }
}
