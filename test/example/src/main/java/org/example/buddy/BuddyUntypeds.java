package org.example.buddy;

import org.allocman.untyped.Requester;
import static org.example.buddy.Block.BASE;
import static org.example.buddy.Block.FREE;
import static org.example.buddy.Block.FREE_SIZES;
import static org.example.buddy.Block.MEMORY_KIND;
import static org.example.buddy.Block.OBJECT;
import static org.example.buddy.Block.SERIAL;
import static org.example.buddy.Block.SLOT;
import static org.example.buddy.Block.USED;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.allocman.untyped.HandleGenerations;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.RecordAddress;
import org.allocman.untyped.RecordStore;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.SlotProbe;
import org.allocman.untyped.SlotRuns;
import org.allocman.untyped.UntypedManager;
import org.allocman.untyped.UntypedTable;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;
import org.allocman.vka.layout.Word;

/**
 * A buddy without lists: each block knows, a bit each, the sizes of what is free in it, so the way to a free block leads down
 * from its untyped. The block that fits best is taken, of those the one with the least address.
 */
public final class BuddyUntypeds implements UntypedManager {
    static final int STATE_BYTES = 24;

    private static final Word LIVE = new Word("live objects", 0);
    private static final Word NEXT_SERIAL = new Word("next serial number", 8);
    // a block that was halved for nothing, and that the kernel then refused to revoke
    private static final Word UNDONE = new Word("block to be whole again", 16);
    private static final int SERIAL_BITS = 16;
    private static final long SERIAL_MASK = 0xffff;
    private static final int REFERENCE_SHIFT = 4;

    private final Memory memory;
    private final long state;
    private final RecordStore records;
    private final SlotRuns slots;
    private final UntypedTable table;
    private final BuddyTree tree;

    BuddyUntypeds(Kernel kernel, Memory memory, long state, RecordStore records, SlotRuns slots, UntypedTable table) {
        this.memory = memory;
        this.state = state;
        this.records = records;
        this.slots = slots;
        this.table = table;
        this.tree = new BuddyTree(kernel, memory, records, slots);
    }

    @Override
    public long allocate(MemoryKind kind, int type, int size, int bits, long slot, Requester requester) {
        if (!table.allows(kind, type)) {
            return Refusal.WRONG_KIND;
        }
        long refusal = makeGood();
        if (refusal != 0) {
            return refusal;
        }
        long best = 0;
        int bestBits = Long.SIZE;
        for (int i = 0; i < table.count(); i++) {
            long root = table.at(i);
            long sizes = FREE_SIZES.get(memory, root) & -1L << bits;
            if (table.kind(i) == kind && Long.numberOfTrailingZeros(sizes) < bestBits) {
                best = root;
                bestBits = Long.numberOfTrailingZeros(sizes);
            }
        }
        if (best == 0) {
            return Refusal.OUT_OF_UNTYPED;
        }
        long block = tree.freeBlock(best, bestBits);
        return place(block, type, size, bits, BASE.get(memory, block), slot, requester);
    }

    @Override
    public long allocateAt(int type, int size, int bits, long paddr, long slot, Requester requester) {
        long root = table.rootFor(type, bits, paddr);
        if (root < 0) {
            return root;
        }
        long refusal = makeGood();
        if (refusal != 0) {
            return refusal;
        }
        long block = tree.blockAt(root, paddr, bits);
        return tree.is(block, FREE) ? place(block, type, size, bits, paddr, slot, requester) : Refusal.IN_USE;
    }

    private long place(long block, int type, int size, int bits, long paddr, long slot, Requester requester) {
        long chosen = slot == 0 ? slots.takeRun(1, requester) : 0;
        if (slot == 0 && chosen == 0) {
            return Refusal.OUT_OF_SLOTS;
        }
        long target = tree.cut(block, bits, paddr, requester);
        long refusal = target < 0 ? target : tree.make(block, target);
        if (refusal == 0) {
            KernelError error = tree.retype(target, type, size, slot == 0 ? chosen : slot, 1);
            refusal = error.failed() ? Refusal.kernel(InvocationKind.RETYPE, error) : 0;
        }
        if (refusal != 0) {
            if (chosen != 0) {
                slots.giveBackRun(chosen, 1);
            }
            undo(block);
            return refusal;
        }
        long serial = NEXT_SERIAL.get(memory, state) & SERIAL_MASK;
        NEXT_SERIAL.set(memory, state, serial + 1);
        tree.setState(target, USED);
        OBJECT.set(memory, target, chosen);
        SERIAL.set(memory, target, serial);
        LIVE.add(memory, state, 1);
        return target >>> REFERENCE_SHIFT << SERIAL_BITS | serial;
    }

    /** If the kernel refuses even that, it is noted, and comes before the next allocation. */
    private void undo(long block) {
        if (!tree.is(block, FREE) && tree.release(block) != 0) {
            UNDONE.set(memory, state, block);
        }
    }

    private long makeGood() {
        long block = UNDONE.get(memory, state);
        long refusal = block == 0 ? 0 : tree.release(block);
        if (refusal == 0) {
            UNDONE.set(memory, state, 0);
        }
        return refusal;
    }

    @Override
    public long free(long handle) {
        long refusal = check(handle);
        if (refusal != 0) {
            return refusal;
        }
        makeGood();
        long chosen = OBJECT.get(memory, block(handle));
        refusal = tree.release(block(handle));
        if (refusal != 0) {
            return refusal;
        }
        if (chosen != 0) {
            slots.giveBackRun(chosen, 1);
        }
        LIVE.add(memory, state, -1);
        return 0;
    }

    @Override
    public long check(long handle) {
        if (handle <= 0) {
            return Refusal.FOREIGN_HANDLE;
        }
        long block = block(handle);
        return records.holds(Block.KIND, block)
                        && tree.is(block, USED)
                        && SERIAL.get(memory, block) == (handle & SERIAL_MASK)
                ? 0
                : Refusal.STALE_HANDLE;
    }

    private static long block(long handle) {
        return handle >>> SERIAL_BITS << REFERENCE_SHIFT;
    }

    @Override
    public long physicalAddress(long handle) {
        return BASE.get(memory, block(handle));
    }

    @Override
    public long slot(long handle) {
        return OBJECT.get(memory, block(handle));
    }

    @Override
    public int sizeBits(long handle) {
        return tree.bits(block(handle));
    }

    @Override
    public void trim() {
        if (makeGood() == 0 && liveObjects() == 0) {
            NEXT_SERIAL.set(memory, state, 0);
            for (int i = 0; i < table.count(); i++) {
                OBJECT.set(memory, table.at(i), 0);
                SERIAL.set(memory, table.at(i), 0);
            }
        }
    }

    @Override
    public long freeBlocks(MemoryKind kind, int bits) {
        return blocks().stream()
                .filter(block -> tree.is(block, FREE)
                        && tree.bits(block) == bits
                        && MEMORY_KIND.get(memory, block) == kind.ordinal())
                .count();
    }

    @Override
    public int largestFree(MemoryKind kind) {
        long sizes = 0;
        for (int i = 0; i < table.count(); i++) {
            sizes |= table.kind(i) == kind ? FREE_SIZES.get(memory, table.at(i)) : 0;
        }
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(sizes);
    }

    @Override
    public long liveObjects() {
        return LIVE.get(memory, state);
    }

    @Override
    public UntypedTable table() {
        return table;
    }

    @Override
    public void attach(long root, Untyped untyped) {
        SLOT.set(memory, root, untyped.slot());
        tree.setState(root, FREE);
    }

    /** All that is known of it is its record. */
    @Override
    public void detach(long root) {}

    @Override
    public boolean isWhole(long root) {
        return tree.is(root, FREE);
    }

    @Override
    public long rootSlot(long root) {
        return SLOT.get(memory, root);
    }

    private List<Long> blocks() {
        List<Long> blocks = new ArrayList<>();
        for (int i = 0; i < table.count(); i++) {
            for (long block = table.at(i); block != 0; block = tree.next(block)) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    @Override
    public List<String> audit(SlotProbe probe) {
        return new BuddyAudit(memory, tree, UNDONE.get(memory, state) != 0, probe).check(blocks(), liveObjects());
    }

    @Override
    public List<RecordAddress> recordsInUse() {
        return blocks().stream().map(block -> new RecordAddress(block, Block.KIND)).toList();
    }

    @Override
    public HandleGenerations generations() {
        return new HandleGenerations() {
            @Override
            public long handleBits() {
                return SERIAL_MASK;
            }

            @Override
            public void visitWords(LongConsumer words) {
                words.accept(state + NEXT_SERIAL.offset());
                blocks().forEach(block -> words.accept(block + SERIAL.offset()));
            }

            @Override
            public void visitIdleUntypeds(LongConsumer idle) {
                blocks().stream()
                        .filter(block -> tree.is(block, FREE))
                        .forEach(block -> idle.accept(SLOT.get(memory, block)));
            }
        };
    }
}
