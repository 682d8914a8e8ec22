package org.allocman.sim.boot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.board.LeftOut;
import org.allocman.sim.board.LeftOut.Reason;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.vka.Architecture;
import org.allocman.vka.Untyped;

/** Cuts what boot leaves over into untypeds, in the order of their slots (seL4, {@code create_untypeds}). */
final class UntypedList {
    /*
     * Pieces are aligned by the kernel's virtual address of the memory, not by the physical one, and these differ by an
     * offset that can have fewer trailing zeros than the largest untyped has bits.
     */
    /** seL4's {@code CONFIG_MAX_NUM_BOOTINFO_UNTYPED_CAPS}: boot drops the untypeds beyond it. */
    static final int LIMIT = 230;

    private final long offset;
    private final long wordMask;
    private final int minBits;
    private final int maxBits;
    private final int limit;
    private final long firstSlot;
    private final List<Untyped> untypeds = new ArrayList<>();
    private final long[] number = new long[LeftOut.Reason.values().length];
    private final long[] bytes = new long[LeftOut.Reason.values().length];

    /**
     * A list that is empty so far.
     *
     * @param architecture the kernel's
     * @param offset how far its virtual addresses of memory are from the physical ones
     * @param maxBits the largest untyped
     * @param limit how many untypeds there may be
     * @param firstSlot the slot of the first one
     */
    UntypedList(Architecture architecture, long offset, @SizeBits int maxBits, int limit, @CPtr long firstSlot) {
        this.offset = offset;
        this.wordMask = -1L >>> Long.SIZE - architecture.wordBits();
        this.minBits = architecture.minUntypedBits();
        this.maxBits = maxBits;
        this.limit = limit;
        this.firstSlot = firstSlot;
    }

    /**
     * How far the kernel's virtual addresses of memory are from the physical ones where all its platforms have the same; on
     * aarch32 the offset is the platform's, a multiple of the largest untyped on most.
     *
     * @param architecture the kernel's
     * @return what to add to a physical address, modulo 2^64
     */
    static long windowOffset(Architecture architecture) {
        return architecture.wordBits() == Long.SIZE
                ? Behaviours.of(architecture).window(architecture.userTop(), 0).offset()
                : 0;
    }

    /**
     * Adds all that boot hands out: device untypeds for the gaps between what is reserved, then memory that only boot
     * itself needed, then free memory.
     *
     * @param reserved what the root task gets no device untypeds for, in address order and disjoint
     * @param deviceTop where device untypeds end
     * @param reuse memory of the kernel's boot code and data
     * @param free free memory
     * @return this
     */
    UntypedList addAll(List<Span> reserved, @PhysAddr long deviceTop, List<Span> reuse, List<Span> free) {
        AddressSpans.gaps(reserved, deviceTop).forEach(gap -> add(gap, true));
        reuse.forEach(span -> add(span, false));
        free.forEach(span -> add(span, false));
        return this;
    }

    /** The untypeds, in slot order. */
    List<Untyped> untypeds() {
        return Collections.unmodifiableList(untypeds);
    }

    /** What got no untyped, for each reason that there is. */
    List<LeftOut> leftOut() {
        List<LeftOut> all = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            if (number[reason.ordinal()] != 0) {
                all.add(new LeftOut(reason, number[reason.ordinal()], bytes[reason.ordinal()]));
            }
        }
        return all;
    }

    private void leaveOut(Reason reason, int bits) {
        number[reason.ordinal()]++;
        bytes[reason.ordinal()] += 1L << bits;
    }

    private void add(Span span, boolean device) {
        long at = span.start();
        while (at != span.end()) {
            int bits = Math.min(Long.SIZE - 1 - Long.numberOfLeadingZeros(span.end() - at), maxBits);
            long address = at + offset & wordMask;
            if (address != 0) {
                bits = Math.min(bits, Long.numberOfTrailingZeros(address));
            }
            if (bits < minBits) {
                leaveOut(device ? Reason.DEVICE_TOO_SMALL : Reason.TOO_SMALL, bits);
            } else if (untypeds.size() < limit) {
                untypeds.add(new Untyped(firstSlot + untypeds.size(), at, bits, device));
            } else {
                leaveOut(device ? Reason.DEVICE_UNTYPEDS : Reason.MEMORY_UNTYPEDS, bits);
            }
            at += 1L << bits;
        }
    }
}
