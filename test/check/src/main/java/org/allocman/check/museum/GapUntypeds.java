package org.allocman.check.museum;

import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.Requester;
import org.allocman.untyped.SlotRuns;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.allocman.vka.layout.Word;

/**
 * Allocates only, from one untyped, and at any address that is still to come: the way there is filled with untypeds that
 * nobody uses. It has its own idea of how far the kernel has come, as the initialiser of a static system has.
 */
class GapUntypeds extends FixedUntypeds {
    private static final Word USED = new Word("bytes used", 0);
    private static final Word LIVE = new Word("live objects", 8);
    private static final int SLOT_BITS = 16;
    private static final int SIZE_BITS = 6;

    private final Kernel kernel;
    private final Memory memory;
    private final long state;
    private final SlotRuns slots;
    private final Untyped untyped;

    GapUntypeds(Home home) {
        this.kernel = home.kernel();
        this.memory = home.memory();
        this.state = home.small();
        this.slots = home.slots();
        this.untyped = home.roots().get(0).untyped();
    }

    /** The size of the next untyped on the way from one address to another. */
    protected int fillBits(long at, long gap) {
        return Math.min(log2(gap), Long.numberOfTrailingZeros(at));
    }

    /** The binary logarithm, rounded down. */
    static int log2(long number) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(number);
    }

    private long used() {
        return USED.get(memory, state);
    }

    private long end() {
        return 1L << untyped.sizeBits();
    }

    @Override
    public long allocate(MemoryKind kind, int type, int size, int bits, long slot, Requester requester) {
        if (kind != MemoryKind.KERNEL) {
            return isFor(type) ? Refusal.OUT_OF_UNTYPED : Refusal.WRONG_KIND;
        }
        long start = used() + (1L << bits) - 1 & -(1L << bits);
        return start + (1L << bits) > end() ? Refusal.OUT_OF_UNTYPED : place(start, type, size, bits, slot, requester);
    }

    private boolean isFor(int type) {
        ObjectType object = kernel.architecture().type(type);
        return object == ObjectType.UNTYPED || object != null && object.isFrame();
    }

    @Override
    public long allocateAt(int type, int size, int bits, long paddr, long slot, Requester requester) {
        long offset = paddr - untyped.paddr();
        if (offset >>> untyped.sizeBits() != 0 || bits > untyped.sizeBits()) {
            return Refusal.NOT_MANAGED;
        }
        if ((offset & (1L << bits) - 1) != 0) {
            return Refusal.UNALIGNED;
        }
        if (offset < used()) {
            return Refusal.IN_USE;
        }
        while (used() < offset) {
            int fill = fillBits(untyped.paddr() + used(), offset - used());
            long nobody = slots.takeRun(1, requester);
            if (nobody == 0) {
                return Refusal.OUT_OF_SLOTS;
            }
            KernelError error = retype(kernel.architecture().number(ObjectType.UNTYPED), fill, nobody);
            if (error.failed()) {
                slots.giveBackRun(nobody, 1);
                return Refusal.kernel(InvocationKind.RETYPE, error);
            }
            USED.add(memory, state, 1L << fill);
        }
        return place(offset, type, size, bits, slot, requester);
    }

    private long place(long offset, int type, int size, int bits, long slot, Requester requester) {
        long destination = slot == 0 ? slots.takeRun(1, requester) : slot;
        if (destination == 0) {
            return Refusal.OUT_OF_SLOTS;
        }
        KernelError error = retype(type, size, destination);
        if (error.failed()) {
            if (slot == 0) {
                slots.giveBackRun(destination, 1);
            }
            return Refusal.kernel(InvocationKind.RETYPE, error);
        }
        USED.set(memory, state, offset + (1L << bits));
        LIVE.add(memory, state, 1);
        return (untyped.paddr() + offset) << SLOT_BITS + SIZE_BITS | (long) bits << SLOT_BITS | destination;
    }

    private KernelError retype(int type, int size, long slot) {
        return kernel.retype(
                untyped.slot(),
                type,
                size,
                slots.root(),
                slots.nodeIndex(slot),
                slots.nodeDepth(slot),
                slots.nodeOffset(slot),
                1);
    }

    @Override
    public long free(long handle) {
        return Refusal.ALLOCATE_ONLY;
    }

    @Override
    public long check(long handle) {
        return handle > 0 && physicalAddress(handle) - untyped.paddr() < used() ? 0 : Refusal.FOREIGN_HANDLE;
    }

    @Override
    public long physicalAddress(long handle) {
        return handle >>> SLOT_BITS + SIZE_BITS;
    }

    @Override
    public long slot(long handle) {
        return handle & (1 << SLOT_BITS) - 1;
    }

    @Override
    public int sizeBits(long handle) {
        return (int) (handle >>> SLOT_BITS) & (1 << SIZE_BITS) - 1;
    }

    @Override
    public void trim() {}

    @Override
    public long freeBlocks(MemoryKind kind, int bits) {
        return kind == MemoryKind.KERNEL ? end() - used() >>> bits & 1 : 0;
    }

    @Override
    public int largestFree(MemoryKind kind) {
        return kind == MemoryKind.KERNEL && used() < end() ? log2(end() - used()) : -1;
    }

    @Override
    public long liveObjects() {
        return LIVE.get(memory, state);
    }
}
