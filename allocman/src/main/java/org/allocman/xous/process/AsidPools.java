package org.allocman.xous.process;

import io.vavr.control.Either;
import java.util.Deque;
import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.allocman.vka.layout.Word;
import org.allocman.xous.XousError;

/** Numbers for address spaces. The pool of boot has few on a small kernel, so further pools are made when it is full. */
final class AsidPools {
    private static final Word SLOT = new Word("slot", 0);
    private static final Word HANDLE = new Word("untyped's handle", Long.BYTES);
    private static final Word CPTR = new Word("untyped's cptr", 2 * Long.BYTES);

    /** Bytes of a pool's record. */
    static final int BYTES = 3 * Long.BYTES;

    /** Pools beside that of boot; the smallest have 16 numbers, and there are at most 63 processes. */
    static final int COUNT = 4;

    private static final @SizeBits int POOL_BITS = 12;

    private final Parts parts;
    private final Memory memory;

    AsidPools(Parts parts) {
        this.parts = parts;
        this.memory = parts.memory();
    }

    /** Gives an address space a number; answers 0 or an error. */
    long assign(@CPtr long space, Deque<Runnable> undo) {
        KernelError error = parts.kernel().asidPoolAssign(BootSlots.ASID_POOL, space);
        for (int i = 0; i < COUNT && error.failed(); i++) {
            long record = parts.layout().pool(i);
            if (SLOT.get(memory, record) == 0) {
                long answer = make(record, undo);
                if (answer != 0) {
                    return answer;
                }
            }
            error = parts.kernel().asidPoolAssign(SLOT.get(memory, record), space);
        }
        return error.failed() ? XousError.INTERNAL_ERROR.code() : 0;
    }

    private long make(long record, Deque<Runnable> undo) {
        Either<VkaError, VkaObject> untyped = parts.vka().untyped(POOL_BITS);
        if (untyped.isLeft()) {
            return XousError.OUT_OF_MEMORY.code();
        }
        undo.push(() -> parts.vka().free(untyped.get()));
        Either<VkaError, CapPath> slot = parts.vka().allocateSlot();
        if (slot.isLeft()) {
            return XousError.OUT_OF_MEMORY.code();
        }
        undo.push(() -> parts.vka().freeSlot(slot.get()));
        KernelError error = parts.kernel()
                .asidControlMakePool(
                        BootSlots.ASID_CONTROL,
                        untyped.get().cptr(),
                        slot.get().root(),
                        slot.get().index(),
                        slot.get().depth());
        if (error.failed()) {
            return XousError.INTERNAL_ERROR.code();
        }
        SLOT.set(memory, record, slot.get().index());
        HANDLE.set(memory, record, untyped.get().handle());
        CPTR.set(memory, record, untyped.get().cptr());
        undo.push(() -> memory.clear(record, BYTES));
        return 0;
    }

    /** Gives the pools back; no process is left. */
    void close() {
        for (int i = 0; i < COUNT; i++) {
            long record = parts.layout().pool(i);
            long slot = SLOT.get(memory, record);
            if (slot != 0) {
                parts.vka().freeSlot(parts.vka().path(slot));
                parts.vka()
                        .free(new VkaObject(
                                ObjectType.UNTYPED, POOL_BITS, CPTR.get(memory, record), HANDLE.get(memory, record)));
            }
        }
    }
}
