package org.allocman.untyped;

import static org.allocman.untyped.ArenaRecord.BASE;
import static org.allocman.untyped.ArenaRecord.CHILD_BITS;
import static org.allocman.untyped.ArenaRecord.FREE;
import static org.allocman.untyped.ArenaRecord.META;
import static org.allocman.untyped.ArenaRecord.OBJECT_SLOTS;
import static org.allocman.untyped.ArenaRecord.SUB_ARENAS;

import org.allocman.vka.Memory;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Handles of objects in arenas: what they name, and whether they are good. */
final class ArenaHandles {
    private final Memory memory;
    private final RecordStore records;
    private final long salt;

    ArenaHandles(Memory memory, RecordStore records, long state) {
        this.memory = memory;
        this.records = records;
        this.salt = Handle.salt(state);
    }

    /** The handle of a child that was just taken; its arena is pinned. */
    long of(long @Nullable [] pin, long arena, int child) {
        long generations = ArenaRecord.generations(memory, pin, arena, child);
        return Handle.of(salt, arena, child, ArenaRecord.generation(generations, child));
    }

    long check(long handle) {
        long arena = Handle.record(handle);
        long[] pin = memory.pin(arena);
        long refusal = checkRecord(handle, pin);
        if (refusal != 0) {
            return refusal;
        }
        return check(
                handle,
                ArenaRecord.count(META.get(memory, pin, arena)),
                FREE.get(memory, pin, arena) | SUB_ARENAS.get(memory, pin, arena),
                ArenaRecord.generations(memory, pin, arena, Handle.child(handle)));
    }

    /** Whether a number is a handle of ours whose arena is there, which is pinned: 0, or a refusal. */
    long checkRecord(long handle, long @Nullable [] pin) {
        if (!Handle.has(salt, handle)) {
            return Refusal.FOREIGN_HANDLE;
        }
        return records.holds(ArenaRecord.ARENA, Handle.record(handle), pin) ? 0 : Refusal.STALE_HANDLE;
    }

    /** Whether a handle is that of a child that has no other use, and of its present generation. */
    static long check(long handle, int count, long otherwise, long generations) {
        int child = Handle.child(handle);
        if (child >= count) {
            return Refusal.FOREIGN_HANDLE;
        }
        boolean live = (otherwise & 1L << child) == 0;
        return live && ArenaRecord.generation(generations, child) == Handle.generation(handle)
                ? 0
                : Refusal.STALE_HANDLE;
    }

    long physicalAddress(long handle) {
        long arena = Handle.record(handle);
        long[] pin = memory.pin(arena);
        return BASE.get(memory, pin, arena) + ((long) Handle.child(handle) << CHILD_BITS.get(memory, pin, arena));
    }

    long slot(long handle) {
        return OBJECT_SLOTS.get(memory, Handle.record(handle)) + Handle.child(handle);
    }

    int sizeBits(long handle) {
        return (int) CHILD_BITS.get(memory, Handle.record(handle));
    }
}
