package org.allocman.untyped;

import static org.allocman.untyped.ArenaRecord.BASE;
import static org.allocman.untyped.ArenaRecord.CHILD_BITS;
import static org.allocman.untyped.ArenaRecord.CHILD_SLOTS;
import static org.allocman.untyped.ArenaRecord.CHILD_SLOTS_IN_SLOTS;
import static org.allocman.untyped.ArenaRecord.FREE;
import static org.allocman.untyped.ArenaRecord.MADE;
import static org.allocman.untyped.ArenaRecord.META;
import static org.allocman.untyped.ArenaRecord.OBJECT_SLOTS;
import static org.allocman.untyped.ArenaRecord.OBJECT_SLOTS_IN_SLOTS;
import static org.allocman.untyped.ArenaRecord.OWN;
import static org.allocman.untyped.ArenaRecord.SLOTS;
import static org.allocman.untyped.ArenaRecord.SUB_ARENAS;
import static org.allocman.untyped.ArenaReservations.HAS_ARENAS;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The default manager: arenas of up to 64 blocks of one size.
 *
 * <p>A live object costs one child untyped, one slot for it and one for the object, and three bytes of book-keeping.
 * Allocating is one retype once the arena's children are made, freeing one revoke of the child, so that copies of the
 * object's capability cannot keep memory busy. The cost of an operation does not depend on how much is free, allocated,
 * or fragmented, but for the number of size steps between a block and the object.
 */
public final class ArenaUntypeds implements UntypedManager {
    // on the way to an address each of 64 sizes is met at most once inwards and once outwards
    private static final int MOST_TURNS = 128;

    private final Kernel kernel;
    private final Memory memory;
    private final SlotRuns slots;
    private final long state;
    private final ArenaHandles handles;
    private final FreeLists lists;
    private final ArenaTree tree;
    private final ArenaRoots holder;
    private final ArenaReservations reservations;
    private final UntypedTable table;

    /**
     * A view of the manager whose state is at an address. Memory that is all zero is a manager with nothing to manage.
     *
     * @param kernel makes and revokes
     * @param memory where the book-keeping lies
     * @param state address of {@link UntypedDesign#stateBytes} bytes in one page, a multiple of 8
     * @param records where records come from
     * @param slots where slots come from
     * @param table the untypeds that are handed over
     * @param childrenBits binary logarithm of the most children an arena may have, 1 to 6; fewer where slots are few
     * @param childrenBitsAtAddress the same of an arena that is made on the way to an address
     */
    public ArenaUntypeds(
            Kernel kernel,
            Memory memory,
            long state,
            RecordStore records,
            SlotRuns slots,
            UntypedTable table,
            int childrenBits,
            int childrenBitsAtAddress) {
        this.kernel = kernel;
        this.memory = memory;
        this.slots = slots;
        this.state = state;
        this.handles = new ArenaHandles(memory, records, state);
        this.lists = new FreeLists(memory, state);
        this.tree = new ArenaTree(kernel, memory, records, slots, lists, state, childrenBits, childrenBitsAtAddress);
        this.holder = new ArenaRoots(memory, lists, tree);
        this.table = table;
        this.reservations = new ArenaReservations(memory, lists, tree, table);
    }

    @Override
    public UntypedTable table() {
        return table;
    }

    @Override
    public void attach(long root, Untyped untyped) {
        holder.enter(root, untyped);
    }

    @Override
    public void detach(long root) {
        holder.leave(root);
    }

    @Override
    public boolean isWhole(long root) {
        return holder.isWhole(root);
    }

    @Override
    public long rootSlot(long root) {
        return holder.slot(root);
    }

    /**
     * Every arena, the outer before the inner, for checking and drawing.
     *
     * @return a snapshot
     */
    public List<ArenaView> inspect() {
        return new ArenaInspection(memory, tree, table).all();
    }

    @Override
    public List<String> audit(SlotProbe probe) {
        return new ArenaAudit(probe).check(inspect(), liveObjects());
    }

    @Override
    public List<RecordAddress> recordsInUse() {
        return new ArenaInspection(memory, tree, table).records();
    }

    @Override
    public HandleGenerations generations() {
        return new ArenaGenerations(new ArenaInspection(memory, tree, table), state);
    }

    @Override
    public long allocate(MemoryKind kind, int type, int size, int bits, long slot, Requester requester) {
        if (!table.allows(kind, type)) {
            return Refusal.WRONG_KIND;
        }
        long answer = allocateFirst(kind.ordinal(), type, size, bits, slot, requester);
        return isShort(answer) && tree.giveBackAllEmpty()
                ? allocateFirst(kind.ordinal(), type, size, bits, slot, requester)
                : answer;
    }

    /** Whether what is kept for speed may be what was wanted. */
    private static boolean isShort(long answer) {
        return answer == Refusal.OUT_OF_UNTYPED
                || answer == Refusal.OUT_OF_BOOK_KEEPING
                || answer == Refusal.OUT_OF_SLOTS;
    }

    private long allocateFirst(int kind, int type, int size, int bits, long slot, Requester requester) {
        long arena = lists.first(kind, bits);
        if (arena != 0) {
            return placeLeast(arena, bits, type, size, slot, requester);
        }
        int from = tree.blockFor(kind, bits);
        if (from < 0) {
            return Refusal.OUT_OF_UNTYPED;
        }
        arena = tree.carve(lists.first(kind, from), bits, requester);
        return arena < 0 ? arena : placeLeast(arena, from, type, size, slot, requester);
    }

    private long placeLeast(long arena, int from, int type, int size, long slot, Requester requester) {
        long[] pin = memory.pin(arena);
        long free = FREE.get(memory, pin, arena);
        return place(pin, arena, free, Long.numberOfTrailingZeros(free), from, type, size, slot, requester);
    }

    @Override
    public long allocateAt(int type, int size, int bits, long paddr, long slot, Requester requester) {
        long root = table.rootFor(type, bits, paddr);
        if (root < 0) {
            return root;
        }
        long answer = allocateIn(root, type, size, bits, paddr, slot, requester);
        if ((isShort(answer) || answer == HAS_ARENAS) && tree.giveBackAllEmpty()) {
            answer = allocateIn(root, type, size, bits, paddr, slot, requester);
        }
        return answer == HAS_ARENAS ? Refusal.IN_USE : answer;
    }

    private long allocateIn(long root, int type, int size, int bits, long paddr, long slot, Requester requester) {
        long arena = root;
        int from = -1;
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            int outer = (int) CHILD_BITS.get(memory, arena);
            if (outer < bits) {
                // the block is several children: they are one again if nobody uses them
                long parent = tree.parent(arena);
                if (tree.isReservation(arena)) {
                    return Refusal.IN_USE;
                }
                if (!tree.isEmpty(arena)) {
                    return SUB_ARENAS.get(memory, arena) != 0 ? HAS_ARENAS : Refusal.IN_USE;
                }
                if (tree.giveBack(arena) != 0) {
                    return Refusal.IN_USE;
                }
                arena = parent;
                continue;
            }
            int child = (int) (paddr - BASE.get(memory, arena) >>> outer);
            long bit = 1L << child;
            long blocks = FREE.get(memory, arena);
            boolean free = (blocks & bit) != 0;
            if (free && outer == bits) {
                return place(
                        memory.pin(arena), arena, blocks, child, from < 0 ? bits : from, type, size, slot, requester);
            }
            if (free) {
                from = from < 0 ? outer : from;
                long sub = tree.splitForAddress(arena, child, bits, requester);
                if (sub < 0) {
                    tree.uncarve(arena, from);
                    return sub;
                }
                arena = sub;
            } else if ((SUB_ARENAS.get(memory, arena) & bit) != 0) {
                arena = tree.subArena(arena, child);
            } else {
                return Refusal.IN_USE;
            }
        }
        throw new IllegalStateException("arenas lie within themselves");
    }

    /** The second half of an allocation: slots, then the kernel, then what can no longer fail. */
    private long place(
            long @Nullable [] pin,
            long arena,
            long free,
            int child,
            int from,
            int type,
            int size,
            long slot,
            Requester requester) {
        long destination = slot;
        boolean tookRun = false;
        long runs = SLOTS.get(memory, pin, arena);
        long meta = META.get(memory, pin, arena);
        if (slot == 0) {
            long objects = OBJECT_SLOTS_IN_SLOTS.of(runs);
            if (objects == 0) {
                objects = slots.takeRun(ArenaRecord.count(meta), requester);
                if (objects == 0) {
                    tree.uncarve(arena, from);
                    return Refusal.OUT_OF_SLOTS;
                }
                OBJECT_SLOTS.set(memory, arena, objects);
                tookRun = true;
            }
            destination = objects + child;
        }
        long refusal = child < MADE.of(meta) ? 0 : tree.make(arena, child);
        if (refusal == 0) {
            KernelError error = kernel.retype(
                    CHILD_SLOTS_IN_SLOTS.of(runs) + child,
                    type,
                    size,
                    slots.root(),
                    slots.nodeIndex(destination),
                    slots.nodeDepth(destination),
                    slots.nodeOffset(destination),
                    1);
            refusal = error.failed() ? Refusal.kernel(InvocationKind.RETYPE, error) : 0;
        }
        if (refusal != 0) {
            if (tookRun) {
                tree.giveBackObjectSlots(arena);
            }
            tree.uncarve(arena, from);
            return refusal;
        }
        // a kernel may have mapped another page there
        long[] now = memory.pin(arena);
        long[] heads = memory.pin(state);
        tree.takeChild(heads, now, arena, meta, free, child);
        ManagerState.LIVE.set(memory, heads, state, ManagerState.LIVE.get(memory, heads, state) + 1);
        if (requester == Requester.POOLS) {
            OWN.set(memory, now, arena, OWN.get(memory, now, arena) | 1L << child);
        }
        return handles.of(now, arena, child);
    }

    @Override
    public long free(long handle) {
        long arena = Handle.record(handle);
        long[] pin = memory.pin(arena);
        long refusal = handles.checkRecord(handle, pin);
        if (refusal != 0) {
            return refusal;
        }
        int child = Handle.child(handle);
        long meta = META.get(memory, pin, arena);
        int count = ArenaRecord.count(meta);
        long free = FREE.get(memory, pin, arena);
        long generations = ArenaRecord.generations(memory, pin, arena, child);
        refusal = ArenaHandles.check(handle, count, free | SUB_ARENAS.get(memory, pin, arena), generations);
        if (refusal != 0) {
            return refusal;
        }
        KernelError error = kernel.revoke(slots.root(), CHILD_SLOTS.get(memory, pin, arena) + child, slots.depth());
        if (error.failed()) {
            return Refusal.kernel(InvocationKind.REVOKE, error);
        }
        // a kernel may have mapped another page there
        long[] now = memory.pin(arena);
        ArenaRecord.nextGeneration(memory, now, arena, child, generations);
        long own = OWN.get(memory, now, arena);
        if (own != 0) {
            OWN.set(memory, now, arena, own & ~(1L << child));
        }
        long[] heads = memory.pin(state);
        tree.putChild(heads, now, arena, meta, free, child);
        ManagerState.LIVE.set(memory, heads, state, ManagerState.LIVE.get(memory, heads, state) - 1);
        if ((free | 1L << child) == ArenaRecord.all(count)) {
            tree.settle(arena);
        }
        return 0;
    }

    @Override
    public long check(long handle) {
        return handles.check(handle);
    }

    @Override
    public long physicalAddress(long handle) {
        return handles.physicalAddress(handle);
    }

    @Override
    public long slot(long handle) {
        return handles.slot(handle);
    }

    @Override
    public int sizeBits(long handle) {
        return handles.sizeBits(handle);
    }

    @Override
    public long reserve(long paddr, int bits, Requester requester) {
        return reservations.reserve(paddr, bits, requester);
    }

    @Override
    public long unreserve(long paddr, int bits) {
        return reservations.unreserve(paddr, bits);
    }

    @Override
    public long findFree(MemoryKind kind, int bits) {
        return reservations.findFree(kind.ordinal(), bits);
    }

    @Override
    public boolean isReserved(long paddr) {
        return reservations.holding(paddr) != 0;
    }

    @Override
    public void trim() {
        tree.giveBackAllEmpty();
        holder.giveBackSlots(table);
        if (ManagerState.LIVE.get(memory, state) == 0) {
            ManagerState.BIRTHS.set(memory, state, 0);
            holder.tidy(table);
        }
    }

    @Override
    public boolean giveBackKeptSlots(Consumer<LongConsumer> inChosenSlots) {
        return holder.giveBackKeptSlots(inspect(), inChosenSlots);
    }

    @Override
    public long freeBlocks(MemoryKind kind, int bits) {
        return tree.freeBlocks(kind.ordinal(), bits);
    }

    @Override
    public int largestFree(MemoryKind kind) {
        return lists.greatest(kind.ordinal());
    }

    @Override
    public long liveObjects() {
        return ManagerState.LIVE.get(memory, state);
    }
}
