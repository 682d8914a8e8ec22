package org.allocman.untyped;

import static org.allocman.untyped.WatermarkRecord.BASE;
import static org.allocman.untyped.WatermarkRecord.KIND;
import static org.allocman.untyped.WatermarkRecord.SLOT;
import static org.allocman.untyped.WatermarkRecord.USED;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;

/**
 * Allocates only: each object is made right behind the one before it, in the fullest untyped that has room. All it keeps
 * is how far each untyped is used, so an object costs one retype, its own slot, and no book-keeping. It suits a system
 * that is set up once.
 *
 * <p>{@link #free} answers {@link Refusal#ALLOCATE_ONLY}. Whoever deletes the last capability to an object does not get
 * its memory back; nor must all objects of an untyped be deleted, because the kernel would begin it anew and the addresses
 * here would no longer be true. An object can be had at an address only if it is the next one: otherwise the answer is
 * {@link Refusal#NOT_NEXT}.
 */
public final class TwinkleUntypeds implements UntypedManager {
    private final Kernel kernel;
    private final Memory memory;
    private final SlotRuns slots;
    private final long state;
    private final Watermarks watermarks;
    private final UntypedTable table;

    /**
     * A view of the manager whose state is at an address. Memory that is all zero is a manager with nothing to manage.
     *
     * @param kernel makes
     * @param memory where the book-keeping lies
     * @param state address of {@link UntypedDesign#stateBytes} bytes in one page, a multiple of 8
     * @param slots where slots come from
     * @param table the untypeds that are handed over
     */
    public TwinkleUntypeds(Kernel kernel, Memory memory, long state, SlotRuns slots, UntypedTable table) {
        this.kernel = kernel;
        this.memory = memory;
        this.slots = slots;
        this.state = state;
        this.watermarks = new Watermarks(memory, state);
        this.table = table;
    }

    @Override
    public UntypedTable table() {
        return table;
    }

    @Override
    public boolean canAttach(Untyped untyped) {
        return watermarks.canEnter(untyped);
    }

    @Override
    public void attach(long root, Untyped untyped) {
        watermarks.enter(root, untyped);
    }

    /** Nothing is kept of it but its record. */
    @Override
    public void detach(long root) {}

    @Override
    public boolean isWhole(long root) {
        return watermarks.isWhole(root);
    }

    @Override
    public long rootSlot(long root) {
        return watermarks.slot(root);
    }

    /** What was given away of an untyped is what the kernel's watermark says. */
    @Override
    public List<String> audit(SlotProbe probe) {
        List<String> broken = new ArrayList<>();
        for (TwinkleView untyped : inspect()) {
            long slot = untyped.slot();
            if (probe.untypedBits(slot) < 0
                    || probe.object(slot) != untyped.base()
                    || probe.watermark(slot) != untyped.used()) {
                broken.add("watermark agrees: of the untyped at 0x" + Long.toHexString(untyped.base()) + " "
                        + untyped.used() + " bytes are given away, the kernel's watermark is at "
                        + probe.watermark(slot));
            }
        }
        return broken;
    }

    @Override
    public List<RecordAddress> recordsInUse() {
        return IntStream.range(0, table.count())
                .mapToObj(i -> new RecordAddress(table.at(i), WatermarkRecord.WATERMARK))
                .toList();
    }

    /**
     * Every untyped by address, for checking and drawing.
     *
     * @return a snapshot
     */
    public List<TwinkleView> inspect() {
        List<TwinkleView> views = new ArrayList<>();
        for (int i = 0; i < table.count(); i++) {
            views.add(new TwinkleView(
                    table.kind(i),
                    table.physicalAddress(i),
                    table.sizeBits(i),
                    watermarks.slot(table.at(i)),
                    USED.get(memory, table.at(i))));
        }
        return views;
    }

    @Override
    public long allocate(MemoryKind kind, int type, int size, int bits, long slot, Requester requester) {
        if (!table.allows(kind, type)) {
            return Refusal.WRONG_KIND;
        }
        long root = watermarks.fullestWithRoom(table, kind.ordinal(), bits);
        return root == 0 ? Refusal.OUT_OF_UNTYPED : place(root, type, size, bits, slot, requester);
    }

    @Override
    public long allocateAt(int type, int size, int bits, long paddr, long slot, Requester requester) {
        long root = table.rootFor(type, bits, paddr);
        if (root < 0) {
            return root;
        }
        if (bits > watermarks.largest(root)) {
            return Refusal.UNALIGNED;
        }
        long offset = paddr - BASE.get(memory, root);
        if (offset < USED.get(memory, root)) {
            return Refusal.IN_USE;
        }
        return offset == watermarks.next(root, bits)
                ? place(root, type, size, bits, slot, requester)
                : Refusal.NOT_NEXT;
    }

    private long place(long root, int type, int size, int bits, long slot, Requester requester) {
        int width = width();
        long destination = slot == 0 ? slots.takeRun(1, requester) : slot;
        if (destination == 0) {
            return Refusal.OUT_OF_SLOTS;
        }
        long refusal = TwinkleHandle.holds(width, destination) ? 0 : Refusal.OUT_OF_SLOTS;
        if (refusal == 0) {
            KernelError error = kernel.retype(
                    SLOT.get(memory, root),
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
            if (slot == 0) {
                slots.giveBackRun(destination, 1);
            }
            return refusal;
        }
        long offset = watermarks.next(root, bits);
        USED.set(memory, root, offset + (1L << bits));
        ManagerState.LIVE.add(memory, state, 1);
        return TwinkleHandle.of(width, BASE.get(memory, root) + offset, bits, destination);
    }

    /** Refuses: {@link Refusal#ALLOCATE_ONLY} for a handle that can be good, else what is wrong with it. */
    @Override
    public long free(long handle) {
        long refusal = check(handle);
        return refusal != 0 ? refusal : Refusal.ALLOCATE_ONLY;
    }

    /** Whether a handle can be good: its memory has been given away, but nobody knows to whom. */
    @Override
    public long check(long handle) {
        if (handle <= 0 || TwinkleHandle.place(width(), handle) == 0 || slot(handle) == 0) {
            return Refusal.FOREIGN_HANDLE;
        }
        long paddr = physicalAddress(handle);
        int bits = sizeBits(handle);
        long root = table.holding(paddr, bits);
        return root != 0 && paddr - BASE.get(memory, root) + (1L << bits) <= USED.get(memory, root)
                ? 0
                : Refusal.FOREIGN_HANDLE;
    }

    @Override
    public long physicalAddress(long handle) {
        return TwinkleHandle.paddr(width(), handle);
    }

    @Override
    public long slot(long handle) {
        return TwinkleHandle.slot(width(), handle);
    }

    @Override
    public int sizeBits(long handle) {
        return TwinkleHandle.bits(width(), handle);
    }

    private int width() {
        return (int) ManagerState.ADDRESS_WIDTH.get(memory, state);
    }

    /** Nothing is kept for speed alone, so nothing is given back. */
    @Override
    public void trim() {}

    @Override
    public long freeBlocks(MemoryKind kind, int bits) {
        long blocks = 0;
        for (int i = 0; i < table.count(); i++) {
            long root = table.at(i);
            if (KIND.get(memory, root) == kind.ordinal()) {
                long asLarge = watermarks.left(root) >>> bits;
                int largest = watermarks.largest(root);
                blocks += bits < largest ? asLarge & 1 : bits == largest ? asLarge : 0;
            }
        }
        return blocks;
    }

    @Override
    public int largestFree(MemoryKind kind) {
        int largest = -1;
        for (int i = 0; i < table.count(); i++) {
            long root = table.at(i);
            if (KIND.get(memory, root) == kind.ordinal()) {
                int left = Long.SIZE - 1 - Long.numberOfLeadingZeros(watermarks.left(root));
                largest = Math.max(largest, Math.min(left, watermarks.largest(root)));
            }
        }
        return largest;
    }

    @Override
    public long liveObjects() {
        return ManagerState.LIVE.get(memory, state);
    }
}
