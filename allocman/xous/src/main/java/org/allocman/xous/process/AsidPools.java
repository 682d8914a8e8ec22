package org.allocman.xous.process;

import io.vavr.control.Either;
import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;
import org.allocman.xous.XousError;

/** Numbers for address spaces. The pool of boot has few on a small kernel, so further pools are made when it is full. */
final class AsidPools {
    private static final Bits SLOT = new Bits("slot", 0, 0, 48);
    private static final Bits MADE = new Bits("made", 0, 48, 1);
    private static final Word HANDLE = new Word("untyped's handle", Long.BYTES);
    private static final Word CPTR = new Word("untyped's cptr", 2 * Long.BYTES);

    private static final @SizeBits int POOL_BITS = 12;

    private final SystemContext context;
    private final Memory memory;

    AsidPools(SystemContext context) {
        this.context = context;
        this.memory = context.memory();
    }

    /** Gives an address space a number; answers 0 or an error. */
    long assign(@CPtr long space, Undo undo) {
        KernelError error = context.kernel().asidPoolAssign(BootSlots.ASID_POOL, space);
        for (int i = 0; i < SystemLayout.ASID_POOLS && error.code() == KernelError.Code.DELETE_FIRST; i++) {
            long record = context.layout().pool(i);
            if (MADE.get(memory, record) == 0) {
                undo.push(() -> drop(record));
                long answer = make(record);
                if (answer != 0) {
                    return answer;
                }
            }
            error = context.kernel().asidPoolAssign(SLOT.get(memory, record), space);
        }
        return error.failed() ? XousError.INTERNAL_ERROR.code() : 0;
    }

    /** Makes a pool. What there is of it is in its record at every moment, so that it can be given back from there. */
    private long make(long record) {
        Either<VkaError, VkaObject> untyped = context.vka().untyped(POOL_BITS);
        if (untyped.isLeft()) {
            return XousError.OUT_OF_MEMORY.code();
        }
        HANDLE.set(memory, record, untyped.get().handle());
        CPTR.set(memory, record, untyped.get().cptr());
        Either<VkaError, CapPath> slot = context.vka().allocateSlot();
        if (slot.isLeft()) {
            return XousError.OUT_OF_MEMORY.code();
        }
        SLOT.set(memory, record, slot.get().index());
        KernelError error = context.kernel()
                .asidControlMakePool(BootSlots.ASID_CONTROL, untyped.get().cptr(), slot.get());
        if (error.failed()) {
            return XousError.INTERNAL_ERROR.code();
        }
        MADE.set(memory, record, 1);
        return 0;
    }

    private void drop(long record) {
        MADE.set(memory, record, 0);
        if (!giveBack(record)) {
            context.setUnfinished();
        }
    }

    /** Gives back what there is of a pool; answers whether nothing is left. */
    private boolean giveBack(long record) {
        long slot = SLOT.get(memory, record);
        if (slot != 0 && context.vka().freeSlot(context.vka().path(slot)).isDefined()) {
            return false;
        }
        SLOT.set(memory, record, 0);
        long cptr = CPTR.get(memory, record);
        if (cptr != 0
                && context.vka()
                        .free(new VkaObject(ObjectType.UNTYPED, POOL_BITS, cptr, HANDLE.get(memory, record)))
                        .isDefined()) {
            return false;
        }
        memory.clear(record, SystemLayout.ASID_POOL_BYTES);
        return true;
    }

    /** Gives back pools that were not made to the end; answers whether that is done. */
    boolean finish() {
        boolean all = true;
        for (int i = 0; i < SystemLayout.ASID_POOLS; i++) {
            long record = context.layout().pool(i);
            all &= MADE.get(memory, record) != 0 || giveBack(record);
        }
        return all;
    }

    /** Gives the pools back, of which no process is left; answers whether that is done. */
    boolean close() {
        boolean all = true;
        for (int i = 0; i < SystemLayout.ASID_POOLS; i++) {
            long record = context.layout().pool(i);
            MADE.set(memory, record, 0);
            all &= giveBack(record);
        }
        return all;
    }
}
