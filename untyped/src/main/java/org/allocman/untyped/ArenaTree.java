package org.allocman.untyped;

import static org.allocman.untyped.ArenaRecord.BASE;
import static org.allocman.untyped.ArenaRecord.CHILD_BITS;
import static org.allocman.untyped.ArenaRecord.CHILD_SLOTS;
import static org.allocman.untyped.ArenaRecord.COUNT_LESS_ONE;
import static org.allocman.untyped.ArenaRecord.FREE;
import static org.allocman.untyped.ArenaRecord.INDEX_IN_PARENT;
import static org.allocman.untyped.ArenaRecord.IS_ROOT;
import static org.allocman.untyped.ArenaRecord.KIND;
import static org.allocman.untyped.ArenaRecord.MADE;
import static org.allocman.untyped.ArenaRecord.META;
import static org.allocman.untyped.ArenaRecord.OBJECT_SLOTS;
import static org.allocman.untyped.ArenaRecord.PARENT;
import static org.allocman.untyped.ArenaRecord.SUB_ARENAS;
import static org.allocman.untyped.ArenaRecord.TABLE;

import org.allocman.events.BlockMergeEvent;
import org.allocman.events.BlockSplitEvent;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Arenas within arenas: a free child of one becomes an arena of smaller children, and is one child again when all of them
 * are free.
 */
final class ArenaTree {
    /*
     * Making an arena is book-keeping alone: its children come into being when one of them is wanted, in address order,
     * MADE_AT_ONCE to a retype. So a request settles first what it needs of records and slots, where a refusal is undone by
     * plain stores, and only then invokes the kernel, from the outermost untyped inwards.
     */
    private static final int MADE_AT_ONCE = 32;
    private static final long GENERATION_STEP = 0x9e37;
    private static final int KERNEL_MEMORY = MemoryKind.KERNEL.ordinal();

    private final Kernel kernel;
    private final Memory memory;
    private final RecordStore records;
    private final SlotRuns slots;
    private final FreeLists lists;
    private final long state;
    private final int untypedType;
    private final int childrenBits;
    private final int childrenBitsAtAddress;

    ArenaTree(
            Kernel kernel,
            Memory memory,
            RecordStore records,
            SlotRuns slots,
            FreeLists lists,
            long state,
            int childrenBits,
            int childrenBitsAtAddress) {
        this.kernel = kernel;
        this.memory = memory;
        this.records = records;
        this.slots = slots;
        this.lists = lists;
        this.state = state;
        this.childrenBits = childrenBits;
        this.childrenBitsAtAddress = childrenBitsAtAddress;
        this.untypedType = kernel.architecture().number(ObjectType.UNTYPED);
    }

    int count(long arena) {
        return ArenaRecord.count(META.get(memory, arena));
    }

    boolean isRoot(long arena) {
        return IS_ROOT.get(memory, arena) != 0;
    }

    boolean isEmpty(long arena) {
        return FREE.get(memory, arena) == ArenaRecord.all(count(arena));
    }

    long parent(long arena) {
        return Reference.target(PARENT.get(memory, arena));
    }

    int leastFree(long arena) {
        return Long.numberOfTrailingZeros(FREE.get(memory, arena));
    }

    long childSlot(long arena, int child) {
        return CHILD_SLOTS.get(memory, arena) + child;
    }

    /** Whether an arena is a reserved block: one child as large as the arena, kept while it is empty. No other is like that. */
    boolean isReservation(long arena) {
        return COUNT_LESS_ONE.get(memory, arena) == 0 && !isRoot(arena);
    }

    /** The arena in the place of a child. */
    long subArena(long arena, int child) {
        long table = TABLE.get(memory, arena);
        return Reference.target(
                isRoot(arena)
                        ? table
                        : Integer.toUnsignedLong(
                                memory.load32(Reference.target(table), ArenaRecord.tableEntry(child))));
    }

    /** How many children of a size are free. */
    long freeBlocks(int kind, int bits) {
        long blocks = 0;
        for (long at = lists.first(kind, bits); at != 0; at = lists.next(at)) {
            blocks += Long.bitCount(FREE.get(memory, at));
        }
        return blocks;
    }

    /**
     * Which size of free block to make arenas of: the least that gives an arena of full size, so that a record serves many
     * children; if there is none, the greatest of the smaller ones.
     *
     * @return its size in bits, or -1 if there is no free block
     */
    int blockFor(int kind, int bits) {
        int full = lists.least(kind, Math.min(63, bits + childrenBits));
        return full >= 0 ? full : lists.greatestAbove(kind, bits);
    }

    /**
     * Makes arenas, one in the first free child of the other, until one has children of the wanted size.
     *
     * @return the innermost, or a refusal
     */
    long carve(long arena, int bits, Requester requester) {
        int from = (int) CHILD_BITS.get(memory, arena);
        long at = arena;
        while (CHILD_BITS.get(memory, at) > bits) {
            long sub = split(at, leastFree(at), bits, childrenBits, requester);
            if (sub < 0) {
                uncarve(at, from);
                return sub;
            }
            at = sub;
        }
        return at;
    }

    /** Gives back the arenas that were just made, from the innermost up to children of a size. */
    void uncarve(long arena, int from) {
        long at = arena;
        while (CHILD_BITS.get(memory, at) != from) {
            long parent = parent(at);
            if (giveBack(at) != 0) {
                return;
            }
            ManagerState.BIRTHS.add(memory, state, -1);
            at = parent;
        }
    }

    /**
     * Makes a given free child an arena on the way to a block at an address. If its siblings will seldom be wanted it gets few
     * children: slots are dearer than records.
     *
     * @return the new arena, or a refusal
     */
    long splitForAddress(long arena, int child, int target, Requester requester) {
        return split(arena, child, target, childrenBitsAtAddress, requester);
    }

    /**
     * Makes a free child an arena on the way to children of a size.
     *
     * @return the new arena, or a refusal
     */
    long split(long arena, int child, int target, int stepBits, Requester requester) {
        int outer = (int) CHILD_BITS.get(memory, arena);
        int bits = step(target, outer, stepBits);
        int count = 1 << outer - bits;
        long sub = records.take(ArenaRecord.ARENA, requester);
        if (sub == 0) {
            return Refusal.OUT_OF_BOOK_KEEPING;
        }
        boolean needsTable = TABLE.get(memory, arena) == 0 && !isRoot(arena);
        if (needsTable) {
            long table = records.take(ArenaRecord.SUB_ARENA_TABLE, requester);
            if (table == 0) {
                records.giveBack(ArenaRecord.ARENA, sub);
                return Refusal.OUT_OF_BOOK_KEEPING;
            }
            TABLE.set(memory, arena, Reference.to(table));
        }
        long run = slots.takeRun(count, requester);
        if (run == 0) {
            records.giveBack(ArenaRecord.ARENA, sub);
            if (needsTable) {
                dropTable(arena);
            }
            return Refusal.OUT_OF_SLOTS;
        }
        BASE.set(memory, sub, BASE.get(memory, arena) + ((long) child << outer));
        CHILD_BITS.set(memory, sub, bits);
        COUNT_LESS_ONE.set(memory, sub, count - 1);
        KIND.set(memory, sub, KIND.get(memory, arena));
        INDEX_IN_PARENT.set(memory, sub, child);
        FREE.set(memory, sub, ArenaRecord.all(count));
        CHILD_SLOTS.set(memory, sub, run);
        PARENT.set(memory, sub, Reference.to(arena));
        ManagerState.BIRTHS.add(memory, state, 1);
        ArenaRecord.setGenerations(memory, sub, count, ManagerState.BIRTHS.get(memory, state) * GENERATION_STEP);
        takeChild(arena, child);
        SUB_ARENAS.set(memory, arena, SUB_ARENAS.get(memory, arena) | 1L << child);
        setSubArena(arena, child, sub);
        lists.push(sub);
        BlockSplitEvent.tell(BASE.get(memory, sub), outer, bits);
        return sub;
    }

    /**
     * Makes an empty arena one child of its parent again.
     *
     * @return 0, or the kernel's refusal to revoke its untyped, in which case it stays as it is
     */
    long giveBack(long arena) {
        long parent = parent(arena);
        int child = (int) INDEX_IN_PARENT.get(memory, arena);
        if (MADE.get(memory, arena) != 0) {
            KernelError error = kernel.revoke(slots.root(), childSlot(parent, child), slots.depth());
            if (error.failed()) {
                return Refusal.kernel(InvocationKind.REVOKE, error);
            }
        }
        int count = count(arena);
        lists.remove(arena);
        slots.giveBackRun(CHILD_SLOTS.get(memory, arena), count);
        giveBackObjectSlots(arena);
        setSubArena(parent, child, 0);
        long left = SUB_ARENAS.get(memory, parent) & ~(1L << child);
        SUB_ARENAS.set(memory, parent, left);
        if (left == 0 && !isRoot(parent)) {
            dropTable(parent);
        }
        putChild(parent, child);
        BlockMergeEvent.tell(
                BASE.get(memory, arena), (int) CHILD_BITS.get(memory, parent), (int) CHILD_BITS.get(memory, arena));
        records.giveBack(ArenaRecord.ARENA, arena);
        return 0;
    }

    /** Gives back the slots for an arena's objects; there is no object. */
    void giveBackObjectSlots(long arena) {
        long objects = OBJECT_SLOTS.get(memory, arena);
        if (objects != 0) {
            slots.giveBackRun(objects, count(arena));
            OBJECT_SLOTS.set(memory, arena, 0);
        }
    }

    /**
     * Gives back arenas that have become empty, but for one of each size: the next request would make it anew. Those of
     * device memory stay until somebody is short of something: a device that is let go is asked for again by its address,
     * and there only.
     */
    void settle(long arena) {
        long at = arena;
        if (KIND.get(memory, at) != KERNEL_MEMORY) {
            return;
        }
        while (!isRoot(at) && isEmpty(at) && !lists.isAlone(at)) {
            long parent = parent(at);
            if (giveBack(at) != 0) {
                return;
            }
            at = parent;
        }
    }

    /**
     * Gives back every empty arena.
     *
     * @return true if there was one
     */
    boolean giveBackAllEmpty() {
        boolean any = false;
        for (int kind = 0; kind <= ManagerState.RESERVED; kind++) {
            for (long sizes = lists.sizes(kind); sizes != 0; sizes &= sizes - 1) {
                any |= giveBackEmpty(kind, Long.numberOfTrailingZeros(sizes));
                // a parent that became whole has larger children than those given back
                sizes |= lists.sizes(kind) & -2L << Long.numberOfTrailingZeros(sizes);
            }
        }
        return any;
    }

    private boolean giveBackEmpty(int kind, int bits) {
        boolean any = false;
        long at = lists.first(kind, bits);
        while (at != 0) {
            long next = lists.next(at);
            if (!isRoot(at) && !isReservation(at) && isEmpty(at)) {
                any |= giveBack(at) == 0;
            }
            at = next;
        }
        return any;
    }

    /**
     * Makes the untyped of a child that is not made yet, and those around it.
     *
     * @return 0, or the kernel's refusal
     */
    long make(long arena, int child) {
        do {
            long at = arena;
            int wanted = child;
            while (!isRoot(at) && INDEX_IN_PARENT.get(memory, at) >= MADE.get(memory, parent(at))) {
                wanted = (int) INDEX_IN_PARENT.get(memory, at);
                at = parent(at);
            }
            long refusal = makeUpTo(at, wanted);
            if (refusal != 0) {
                return refusal;
            }
        } while (child >= MADE.get(memory, arena));
        return 0;
    }

    private long makeUpTo(long arena, int child) {
        int made = (int) MADE.get(memory, arena);
        int upTo = Math.min(count(arena), (child / MADE_AT_ONCE + 1) * MADE_AT_ONCE);
        long first = childSlot(arena, made);
        KernelError error = kernel.retype(
                childSlot(parent(arena), (int) INDEX_IN_PARENT.get(memory, arena)),
                untypedType,
                (int) CHILD_BITS.get(memory, arena),
                slots.root(),
                slots.nodeIndex(first),
                slots.nodeDepth(first),
                slots.nodeOffset(first),
                upTo - made);
        if (error.failed()) {
            return Refusal.kernel(InvocationKind.RETYPE, error);
        }
        MADE.set(memory, arena, upTo);
        return 0;
    }

    private void takeChild(long arena, int child) {
        long[] pin = memory.pin(arena);
        takeChild(memory.pin(state), pin, arena, META.get(memory, pin, arena), FREE.get(memory, pin, arena), child);
    }

    /** Makes a child not free; state and arena are pinned, the arena's sizes and free children were just read. */
    void takeChild(long @Nullable [] heads, long @Nullable [] pin, long arena, long meta, long free, int child) {
        long left = free & ~(1L << child);
        FREE.set(memory, pin, arena, left);
        if (left == 0) {
            lists.remove(heads, pin, arena, meta);
        }
    }

    private void putChild(long arena, int child) {
        long[] pin = memory.pin(arena);
        putChild(memory.pin(state), pin, arena, META.get(memory, pin, arena), FREE.get(memory, pin, arena), child);
    }

    /** Makes a child free; state and arena are pinned, the arena's sizes and free children were just read. */
    void putChild(long @Nullable [] heads, long @Nullable [] pin, long arena, long meta, long free, int child) {
        FREE.set(memory, pin, arena, free | 1L << child);
        if (free == 0) {
            lists.push(heads, pin, arena, meta);
        }
    }

    void setSubArena(long arena, int child, long sub) {
        if (isRoot(arena)) {
            TABLE.set(memory, arena, Reference.to(sub));
        } else {
            memory.store32(
                    Reference.target(TABLE.get(memory, arena)), ArenaRecord.tableEntry(child), (int) Reference.to(sub));
        }
    }

    private void dropTable(long arena) {
        records.giveBack(ArenaRecord.SUB_ARENA_TABLE, Reference.target(TABLE.get(memory, arena)));
        TABLE.set(memory, arena, 0);
    }

    /** The next smaller child size on the way down: as few steps as can be, the last of them full. */
    private static int step(int target, int outer, int stepBits) {
        int difference = outer - target;
        return difference <= stepBits ? target : target + (difference - 1) / stepBits * stepBits;
    }
}
