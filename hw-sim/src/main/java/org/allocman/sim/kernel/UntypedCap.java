package org.allocman.sim.kernel;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.layout.Bits;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The fields of untyped capabilities, seL4's {@code untyped_cap}. */
public final class UntypedCap {
    private static final int UNIT_SHIFT = 4;

    private final PagedMemory memory;
    private final boolean isWide;

    /**
     * Where the fields lie.
     *
     * @param sizeBits size of the untyped in bits
     * @param isDevice whether it is device memory
     * @param freeIndex the watermark in units of 16 bytes, up to and including the size
     */
    record Layout(Bits sizeBits, Bits isDevice, Bits freeIndex) {
        static final Layout WIDE = new Layout(
                new Bits("size bits", 0, 47, 6), new Bits("device", 0, 53, 1), new Bits("free index", 8, 0, 44));
        static final Layout NARROW = new Layout(
                new Bits("size bits", 0, 32, 5), new Bits("device", 0, 37, 1), new Bits("free index", 0, 38, 26));
    }

    UntypedCap(PagedMemory memory, SlotLayout slot) {
        this.memory = memory;
        this.isWide = slot == SlotLayout.WIDE;
    }

    Layout layout() {
        return isWide ? Layout.WIDE : Layout.NARROW;
    }

    /**
     * An untyped's size.
     *
     * @param slot the slot
     * @return its size in bits
     */
    public @SizeBits int sizeBits(@PhysAddr long slot) {
        return (int) layout().sizeBits().get(memory, slot);
    }

    /** The size in a word 0. */
    @SizeBits
    int sizeBitsOf(long word) {
        return (int) layout().sizeBits().of(word);
    }

    /**
     * Sets an untyped's size.
     *
     * @param slot the slot
     * @param sizeBits its size in bits
     */
    public void setSizeBits(@PhysAddr long slot, @SizeBits int sizeBits) {
        layout().sizeBits().set(memory, slot, sizeBits);
    }

    /** Whether the untyped in a word 0 is device memory. */
    boolean isDeviceOf(long word) {
        return layout().isDevice().of(word) != 0;
    }

    /**
     * Sets whether an untyped is device memory.
     *
     * @param slot the slot
     * @param isDevice true if it is
     */
    public void setDevice(@PhysAddr long slot, boolean isDevice) {
        layout().isDevice().set(memory, slot, isDevice ? 1 : 0);
    }

    /**
     * An untyped's watermark.
     *
     * @param slot the slot
     * @return bytes from its start, a multiple of 16, at most its size
     */
    public @Bytes long freeIndex(@PhysAddr long slot) {
        return freeIndex(memory.pin(slot), slot);
    }

    /** The same for a slot whose page is pinned. */
    long freeIndex(long @Nullable [] pin, long slot) {
        return layout().freeIndex().get(memory, pin, slot) << UNIT_SHIFT;
    }

    /**
     * Sets an untyped's watermark.
     *
     * @param slot the slot
     * @param bytes bytes from its start, a multiple of 16, at most its size
     */
    public void setFreeIndex(@PhysAddr long slot, @Bytes long bytes) {
        setFreeIndex(memory.pin(slot), slot, bytes);
    }

    /** The same for a slot whose page is pinned. */
    void setFreeIndex(long @Nullable [] pin, long slot, long bytes) {
        layout().freeIndex().set(memory, pin, slot, bytes >>> UNIT_SHIFT);
    }

    /**
     * The word that has an untyped's watermark.
     *
     * @param slot the slot
     * @return physical address, a multiple of 8
     */
    public @PhysAddr long freeIndexWord(@PhysAddr long slot) {
        return slot + layout().freeIndex().offset();
    }

    /**
     * A {@link #freeIndexWord} with a watermark of 0.
     *
     * @param word the word
     * @return the word with the bits of the watermark cleared
     */
    public long withoutFreeIndex(long word) {
        return layout().freeIndex().into(word, 0);
    }
}
