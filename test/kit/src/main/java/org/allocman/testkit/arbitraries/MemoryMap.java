package org.allocman.testkit.arbitraries;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;

/**
 * The untypeds that a root task is handed: where, how large, and whether they are device memory. Nothing else is known of
 * the machine, so they can be anywhere.
 *
 * @param architecture whose
 * @param blocks the untypeds, none overlapping another; at least one is normal memory
 */
public record MemoryMap(Architecture architecture, List<Block> blocks) {
    private static final int RADIX = 10;
    private static final long POOL_BYTES = 1 << 18;
    private static final int MOST_BLOCKS = 6;
    private static final int LEAST_BITS = 4;
    private static final int MOST_BITS = 16;
    private static final long BLOCK_DISTANCE = 1L << MOST_BITS + 1;
    private static final @PhysAddr long OWN = 0x4000_0000L;
    private static final @PhysAddr long MIDDLE = 0x1000_0000L;

    /**
     * Keeps a copy of the list.
     *
     * @param architecture whose
     * @param blocks the untypeds, none overlapping another; at least one is normal memory
     */
    public MemoryMap {
        blocks = List.copyOf(blocks);
    }

    /**
     * An untyped.
     *
     * @param paddr its physical address, a multiple of its size
     * @param sizeBits its size in bits
     * @param device whether it is device memory
     */
    public record Block(@PhysAddr long paddr, @SizeBits int sizeBits, boolean device) {}

    /**
     * Memory maps.
     *
     * @param architectures which there may be
     * @return the arbitrary: the first block is normal memory of 2^13 to 2^16 bytes; one may be at address 0, one at the top
     */
    public static Arbitrary<MemoryMap> arbitrary(List<Architecture> architectures) {
        Arbitrary<Integer> large = Arbitraries.integers().between(13, MOST_BITS);
        Arbitrary<Integer> bits = Arbitraries.integers().between(LEAST_BITS, MOST_BITS);
        Arbitrary<List<Integer>> sizes = bits.list().ofMaxSize(MOST_BLOCKS);
        return Combinators.combine(
                        Arbitraries.of(architectures),
                        large,
                        sizes,
                        Arbitraries.of(Place.values()),
                        Arbitraries.integers().between(0, (1 << MOST_BLOCKS) - 1))
                .as(MemoryMap::map);
    }

    /** Where the first block is. */
    private enum Place {
        MIDDLE,
        BOTTOM,
        TOP
    }

    private static MemoryMap map(Architecture architecture, int first, List<Integer> sizes, Place place, int devices) {
        @PhysAddr long top = Math.min(architecture.deviceTop(), 1L << 40);
        List<Block> blocks = new ArrayList<>();
        @PhysAddr
        long paddr = switch (place) {
            case MIDDLE -> MIDDLE;
            case BOTTOM -> 0;
            case TOP -> top - (1L << first);
        };
        blocks.add(new Block(paddr, first, false));
        for (int i = 0; i < sizes.size(); i++) {
            blocks.add(new Block(MIDDLE + (i + 1) * BLOCK_DISTANCE, sizes.get(i), (devices >>> i & 1) != 0));
        }
        return new MemoryMap(architecture, blocks);
    }

    /**
     * A machine with these untypeds, a CNode of 2^10 slots and a static pool of 256 KiB.
     *
     * @return a fresh one
     */
    public PlainMachine machine() {
        PlainMachine.Builder builder =
                PlainMachine.of(architecture, RADIX, POOL_BYTES).from(OWN);
        blocks.forEach(block -> builder.untyped(block.paddr, block.sizeBits, block.device));
        return builder.build();
    }
}
