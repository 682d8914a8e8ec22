package org.allocman.untyped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.SizeBits;

/**
 * What a manager has handed out and what is free, at one moment. Blocks that are kept for speed alone count as they lie, so
 * that {@link UntypedManager#trim} can make them fewer and larger.
 *
 * @param liveObjects handles that are good, those of the pools' own included
 * @param kinds a line for each kind of memory, in their order
 */
public record UntypedStatistics(long liveObjects, List<OfKind> kinds) {
    private static final int SIZES = 64;

    /**
     * Keeps a copy of the list.
     *
     * @param liveObjects handles that are good, those of the pools' own included
     * @param kinds a line for each kind of memory, in their order
     */
    public UntypedStatistics {
        kinds = List.copyOf(kinds);
    }

    /**
     * Free blocks of one size.
     *
     * @param sizeBits their size in bits
     * @param blocks how many there are, 1 or more
     */
    public record FreeBlocks(@SizeBits int sizeBits, long blocks) {
        /**
         * What they are together.
         *
         * @return bytes
         */
        public @Bytes long bytes() {
            return blocks << sizeBits;
        }
    }

    /**
     * One kind of memory.
     *
     * @param kind which
     * @param untypeds how many untypeds of it are managed
     * @param bytes their size together
     * @param free the blocks that are free, the smallest first
     */
    public record OfKind(
            MemoryKind kind, int untypeds, @Bytes long bytes, List<FreeBlocks> free) {
        /**
         * Keeps a copy of the list.
         *
         * @param kind which
         * @param untypeds how many untypeds of it are managed
         * @param bytes their size together
         * @param free the blocks that are free, the smallest first
         */
        public OfKind {
            free = List.copyOf(free);
        }

        /**
         * What is free in all.
         *
         * @return bytes
         */
        public @Bytes long freeBytes() {
            return free.stream().mapToLong(FreeBlocks::bytes).sum();
        }

        /**
         * The largest block that is free.
         *
         * @return its size in bits, or -1 if nothing is free
         */
        public int largestFree() {
            return free.isEmpty() ? -1 : free.get(free.size() - 1).sizeBits();
        }

        /**
         * How much of what is free a request for one block cannot get: nothing if all of it is one block, nearly all if it
         * is in crumbs.
         *
         * @return 0 to 1; 0 if nothing is free
         */
        public double fragmentation() {
            return free.isEmpty() ? 0 : 1 - (double) (1L << largestFree()) / freeBytes();
        }
    }

    /**
     * Looks at a manager.
     *
     * @param manager the manager
     * @return a snapshot
     */
    public static UntypedStatistics of(UntypedManager manager) {
        return new UntypedStatistics(
                manager.liveObjects(),
                Arrays.stream(MemoryKind.values())
                        .map(kind -> ofKind(manager, kind))
                        .toList());
    }

    /**
     * One kind of memory.
     *
     * @param kind which
     * @return its line
     */
    public OfKind of(MemoryKind kind) {
        return kinds.get(kind.ordinal());
    }

    private static OfKind ofKind(UntypedManager manager, MemoryKind kind) {
        UntypedTable roots = manager.table();
        int untypeds = 0;
        long bytes = 0;
        for (int i = 0; i < roots.count(); i++) {
            if (roots.kind(i) == kind) {
                untypeds++;
                bytes += 1L << roots.sizeBits(i);
            }
        }
        List<FreeBlocks> free = new ArrayList<>();
        for (int bits = 0; bits < SIZES; bits++) {
            long blocks = manager.freeBlocks(kind, bits);
            if (blocks > 0) {
                free.add(new FreeBlocks(bits, blocks));
            }
        }
        return new OfKind(kind, untypeds, bytes, free);
    }
}
