package org.allocman.child;

import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.PageSize;
import org.allocman.vka.VkaObject;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/**
 * What a child has from its parent and must give back. It lies in memory that is not the child's, so that it can be read until
 * the last of it was given back. Entries of 32 bytes; one that is all zero is not in use.
 *
 * <pre>
 *   base        phase
 *   base + 32   entries, to the end
 * </pre>
 */
final class Ledger {
    /** Nothing. */
    static final int NONE = 0;
    /** A frame of the static pool. */
    static final int PAGE = 1;
    /** A paging structure for the static pool. */
    static final int TABLE = 2;
    /** An untyped that the child manages. */
    static final int UNTYPED = 3;
    /** An untyped that the child manages no longer; its parent has not taken it back yet. */
    static final int WAITING = 4;
    /** Slots of one word of 64. */
    static final int SLOTS = 5;

    /** The child is not open yet, or closed. */
    static final long FRESH = 0;
    /** The child is opened, or open. */
    static final long OPEN = 1;
    /** The child gives everything back. */
    static final long CLOSING = 2;

    private static final @Bytes int ENTRY = 32;
    private static final Word PHASE = new Word("phase", 0);
    private static final Bits KIND = new Bits("kind", 0, 0, 8);
    private static final Bits TYPE = new Bits("object type", 0, 8, 8);
    private static final Bits SIZE = new Bits("size bits", 0, 16, 8);
    private static final Word CPTR = new Word("cptr", 8);
    private static final Word HANDLE = new Word("handle", 16);
    private static final Word PADDR = new Word("physical address", 24);
    private static final Word SLOT_WORD = new Word("word of slots", 8);
    private static final Word SLOT_MASK = new Word("slots in it", 16);

    private final Memory memory;
    private final Architecture architecture;
    private final long base;
    private final int capacity;

    Ledger(Memory memory, Architecture architecture, @VirtAddr long base, @Bytes long bytes) {
        this.memory = memory;
        this.architecture = architecture;
        this.base = base;
        this.capacity = (int) Math.min(Integer.MAX_VALUE / ENTRY, bytes / ENTRY - 1);
    }

    /** The bytes that so many entries take. */
    static @Bytes long bytesFor(int entries) {
        return (entries + 1L) * ENTRY;
    }

    /** Whether no entry crosses the end of a page. */
    static boolean isInPages(@VirtAddr long base, @Bytes long bytes) {
        return base % ENTRY == 0 || base / PageSize.PAGE == (base + bytes - 1) / PageSize.PAGE;
    }

    long phase() {
        return PHASE.get(memory, base);
    }

    void setPhase(long phase) {
        PHASE.set(memory, base, phase);
    }

    int capacity() {
        return capacity;
    }

    /** An entry that is not in use, or -1. */
    int unused() {
        return next(NONE, 0);
    }

    /** The first entry of a kind from one on, or -1. */
    int next(int kind, int from) {
        for (int i = from; i < capacity; i++) {
            if (kind(i) == kind) {
                return i;
            }
        }
        return -1;
    }

    int kind(int entry) {
        return (int) KIND.get(memory, at(entry));
    }

    void setKind(int entry, int kind) {
        KIND.set(memory, at(entry), kind);
    }

    void clear(int entry) {
        memory.clear(at(entry), ENTRY);
    }

    /** Writes an object into an entry that is not in use. */
    void put(int entry, int kind, VkaObject object, @PhysAddr long paddr) {
        long at = at(entry);
        KIND.set(memory, at, kind);
        TYPE.set(memory, at, architecture.number(object.type()));
        SIZE.set(memory, at, object.sizeBits());
        CPTR.set(memory, at, object.cptr());
        HANDLE.set(memory, at, object.handle());
        PADDR.set(memory, at, paddr);
    }

    /** The object of an entry, as the parent gave it out. */
    VkaObject object(int entry) {
        long at = at(entry);
        ObjectType type = architecture.type(TYPE.get(memory, at));
        if (type == null) {
            throw new IllegalStateException("entry " + entry + " of a child's ledger names no type of object");
        }
        return new VkaObject(type, (int) SIZE.get(memory, at), CPTR.get(memory, at), HANDLE.get(memory, at));
    }

    @PhysAddr
    long paddr(int entry) {
        return PADDR.get(memory, at(entry));
    }

    int sizeBits(int entry) {
        return (int) SIZE.get(memory, at(entry));
    }

    /** The entry in which a slot's word is, or one that is not in use; -1 if there is neither. */
    int forSlot(@CPtr long slot) {
        for (int i = next(SLOTS, 0); i >= 0; i = next(SLOTS, i + 1)) {
            if (slotWord(i) == slot >>> 6) {
                return i;
            }
        }
        return unused();
    }

    /** Adds a slot to the entry that {@link #forSlot} returned. */
    void addSlot(int entry, @CPtr long slot) {
        long at = at(entry);
        KIND.set(memory, at, SLOTS);
        SLOT_WORD.set(memory, at, slot >>> 6);
        SLOT_MASK.set(memory, at, SLOT_MASK.get(memory, at) | 1L << slot);
    }

    long slotWord(int entry) {
        return SLOT_WORD.get(memory, at(entry));
    }

    long slotMask(int entry) {
        return SLOT_MASK.get(memory, at(entry));
    }

    /** Strikes slots out; an entry without slots is not in use. */
    void setSlotMask(int entry, long mask) {
        if (mask == 0) {
            clear(entry);
        } else {
            SLOT_MASK.set(memory, at(entry), mask);
        }
    }

    private long at(int entry) {
        return base + (entry + 1L) * ENTRY;
    }
}
