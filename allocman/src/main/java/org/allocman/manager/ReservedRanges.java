package org.allocman.manager;

import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.Requester;
import org.allocman.untyped.UntypedManager;
import org.allocman.untyped.UntypedTable;
import org.allocman.vka.Rounding;

/** Ranges of addresses as blocks, as large ones as there are. A view: what is reserved, the manager of untypeds knows. */
final class ReservedRanges {
    // how often the pool may grow into what was found, and how many addresses are tried where no block is large enough
    private static final int MOST_TRIES = 8;
    private static final int MOST_ADDRESSES = 4096;

    private final UntypedManager untypeds;
    private final PoolGrowth growth;

    ReservedRanges(UntypedManager untypeds, PoolGrowth growth) {
        this.untypeds = untypeds;
        this.growth = growth;
    }

    long reserve(long paddr, long bytes, int leastBits) {
        long refusal = check(paddr, bytes, leastBits);
        if (refusal != 0) {
            return refusal;
        }
        // pages that the pool grows by may lie in the range; they stay, and so does the refusal
        refusal = growth.retry(reserveBlocks(paddr, bytes, leastBits), () -> reserveBlocks(paddr, bytes, leastBits));
        growth.fill();
        return refusal;
    }

    /** Reserves a range that is found; its first byte, or a refusal. */
    long reserveAnywhere(long bytes, int leastBits, int mostBits) {
        long refusal = check(0, bytes, leastBits);
        if (refusal != 0) {
            return refusal;
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(bytes - 1);
        long paddr = untypeds.findFree(MemoryKind.KERNEL, Math.min(bits, mostBits));
        if (paddr == Refusal.CANNOT_RESERVE) {
            return paddr;
        }
        refusal = Refusal.IN_USE;
        for (int tries = 0;
                bits <= mostBits && paddr >= 0 && refusal == Refusal.IN_USE && tries < MOST_TRIES;
                tries++) {
            refusal = reserve(paddr, bytes, leastBits);
            if (refusal == 0) {
                return paddr;
            }
            // the pool has grown into what was found
            paddr = untypeds.findFree(MemoryKind.KERNEL, bits);
        }
        return refusal == Refusal.IN_USE ? reserveInSeveralBlocks(bytes, leastBits) : refusal;
    }

    /** No free block is large enough; several beside each other may be. */
    private long reserveInSeveralBlocks(long bytes, int leastBits) {
        long step = Long.highestOneBit(bytes);
        UntypedTable table = untypeds.table();
        int tried = 0;
        for (int i = 0; i < table.count(); i++) {
            long paddr = Rounding.up(table.physicalAddress(i), step);
            boolean canHold = table.kind(i) == MemoryKind.KERNEL;
            while (canHold && tried < MOST_ADDRESSES && paddr - table.physicalAddress(i) >>> table.sizeBits(i) == 0) {
                long refusal = isMemory(paddr, bytes) ? reserve(paddr, bytes, leastBits) : Refusal.IN_USE;
                if (refusal != Refusal.IN_USE) {
                    return refusal == 0 ? paddr : refusal;
                }
                paddr += step;
                tried++;
            }
        }
        return Refusal.OUT_OF_UNTYPED;
    }

    /** Whether a range lies in untypeds alone that are no device memory. */
    private boolean isMemory(long paddr, long bytes) {
        UntypedTable table = untypeds.table();
        long found = 0;
        for (int i = 0; i < table.count(); i++) {
            long from = Math.max(paddr, table.physicalAddress(i));
            long end = Math.min(paddr + bytes, table.physicalAddress(i) + (1L << table.sizeBits(i)));
            found += table.kind(i) == MemoryKind.KERNEL ? Math.max(0, end - from) : 0;
        }
        return found == bytes;
    }

    private static long check(long paddr, long bytes, int leastBits) {
        long below = (1L << leastBits) - 1;
        if (bytes <= 0 || (bytes & below) != 0) {
            return Refusal.ILLEGAL_SIZE;
        }
        if ((paddr & below) != 0) {
            return Refusal.UNALIGNED;
        }
        // a range that would go on at address 0
        return Long.compareUnsigned(paddr + (bytes - 1), paddr) < 0 ? Refusal.NOT_MANAGED : 0;
    }

    private long reserveBlocks(long paddr, long bytes, int leastBits) {
        for (long at = 0; at < bytes; ) {
            long bits = reserveAt(paddr + at, bytes - at, leastBits, Requester.CLIENT);
            if (bits < 0) {
                // nothing was made in these blocks, so the kernel is not asked
                giveBack(paddr, at, leastBits);
                return bits;
            }
            at += 1L << bits;
        }
        return 0;
    }

    /** Reserves the largest block that there is at an address: its size in bits, or a refusal. */
    private long reserveAt(long paddr, long bytes, int leastBits, Requester requester) {
        int bits = bits(paddr, bytes);
        long refusal = bits < 0 ? Refusal.NOT_MANAGED : untypeds.reserve(paddr, bits, requester);
        // a free block can be in parts that are not made one again while something lies beside it
        while (refusal == Refusal.IN_USE && bits > leastBits) {
            bits--;
            refusal = untypeds.reserve(paddr, bits, requester);
        }
        return refusal == 0 ? bits : refusal;
    }

    /** Gives a reserved range back; 0, or a refusal with nothing changed. */
    private long giveBack(long paddr, long bytes, int leastBits) {
        long at = 0;
        while (at < bytes) {
            int bits = bits(paddr + at, bytes - at);
            long refusal = bits < 0 ? Refusal.NOT_RESERVED : untypeds.unreserve(paddr + at, bits);
            while (refusal == Refusal.NOT_RESERVED && bits > leastBits) {
                bits--;
                refusal = untypeds.unreserve(paddr + at, bits);
            }
            if (refusal != 0) {
                putBack(paddr, at, leastBits);
                return refusal;
            }
            at += 1L << bits;
        }
        return 0;
    }

    /** What was just given back; its records and slots are there, also where users get none. */
    private void putBack(long paddr, long bytes, int leastBits) {
        for (long at = 0; at < bytes; ) {
            long bits = reserveAt(paddr + at, bytes - at, leastBits, Requester.POOLS);
            at += bits < 0 ? bytes : 1L << bits;
        }
    }

    long unreserve(long paddr, long bytes, int leastBits) {
        long refusal = check(paddr, bytes, leastBits);
        if (refusal == 0) {
            refusal = giveBack(paddr, bytes, leastBits);
        }
        if (refusal == 0) {
            growth.reclaim();
        }
        return refusal == Refusal.NOT_MANAGED ? Refusal.NOT_RESERVED : refusal;
    }

    /** The largest block that begins at an address, in one untyped and not longer than so many bytes; -1 if there is none. */
    private int bits(long paddr, long bytes) {
        UntypedTable table = untypeds.table();
        for (int i = 0; i < table.count(); i++) {
            int size = table.sizeBits(i);
            if (paddr - table.physicalAddress(i) >>> size == 0) {
                int aligned = paddr == 0 ? Long.SIZE - 2 : Long.numberOfTrailingZeros(paddr);
                return Math.min(Math.min(size, aligned), Long.SIZE - 1 - Long.numberOfLeadingZeros(bytes));
            }
        }
        return -1;
    }
}
