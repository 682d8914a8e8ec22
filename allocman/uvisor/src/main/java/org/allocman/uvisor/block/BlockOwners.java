package org.allocman.uvisor.block;

import org.allocman.vka.Memory;
import org.allocman.vka.layout.HierarchicalBitmap;
import org.allocman.vka.layout.Word;

/** Who owns which block, and in which eights of blocks a box has any. */
final class BlockOwners {
    /*
     * A byte a block, 0 for nobody, else the box and one. Eight bytes are a word, and the word is just the eight blocks that
     * a region of the MPU covers. For each box a bitmap says which words have blocks of it; it counts from the topmost word
     * down, because that is where a switch of boxes begins.
     */
    /** In place of a box: nobody's. */
    static final int NOBODY = -1;

    private static final Word EIGHT = new Word("owners of eight blocks", 0);
    private static final int BYTE = 8;
    private static final long OWNER = 0xff;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long GATHER = 0x0102_0408_1020_4080L;

    private final Memory memory;
    private final BlockGeometry geometry;
    private final long words;
    private final HierarchicalBitmap[] octetsOf;

    BlockOwners(Memory memory, BlockGeometry geometry, int boxes, long address) {
        this.memory = memory;
        this.geometry = geometry;
        this.words = address;
        int octets = Math.max(1, geometry.octets());
        this.octetsOf = new HierarchicalBitmap[boxes];
        long at = address + (long) octets * Long.BYTES;
        for (int box = 0; box < boxes; box++) {
            octetsOf[box] = new HierarchicalBitmap(memory, at, octets);
            at += HierarchicalBitmap.bytesFor(octets);
        }
    }

    static long bytes(BlockGeometry geometry, int boxes) {
        int octets = Math.max(1, geometry.octets());
        return (long) octets * Long.BYTES + boxes * HierarchicalBitmap.bytesFor(octets);
    }

    int owner(int block) {
        return (int) (EIGHT.get(memory, word(block)) >>> shift(block) & OWNER) - 1;
    }

    void give(int block, int box) {
        long at = word(block);
        EIGHT.set(memory, at, EIGHT.get(memory, at) | box + 1L << shift(block));
        octetsOf[box].add(fromTop(geometry.octetOf(block)));
    }

    void take(int block, int box) {
        long at = word(block);
        long owners = EIGHT.get(memory, at) & ~(OWNER << shift(block));
        EIGHT.set(memory, at, owners);
        if (mask(owners, box) == 0) {
            octetsOf[box].remove(fromTop(geometry.octetOf(block)));
        }
    }

    /** A bit for each block of an octet that a box owns. */
    int mask(int octet, int box) {
        int index = octet - geometry.firstOctet();
        return index < 0 || index >= geometry.octets()
                ? 0
                : mask(EIGHT.get(memory, words + (long) index * Long.BYTES), box);
    }

    /** The highest octet with a block of a box, at or below one; or -1. */
    int highestOctet(int box, int from) {
        int first = fromTop(Math.min(from, geometry.firstOctet() + geometry.octets() - 1));
        long found = first < 0 ? -1 : octetsOf[box].leastFrom(first);
        return found < 0 || geometry.octets() == 0 ? -1 : geometry.firstOctet() + geometry.octets() - 1 - (int) found;
    }

    private static int mask(long owners, int box) {
        long differs = owners ^ LOW_BITS * (box + 1);
        // the high bit of each byte that is zero, without a carry into the next byte
        long zeros = ~((differs & ~HIGH_BITS) + ~HIGH_BITS | differs) & HIGH_BITS;
        return (int) ((zeros >>> 7) * GATHER >>> 56);
    }

    private int fromTop(int octet) {
        return geometry.firstOctet() + geometry.octets() - 1 - octet;
    }

    private long word(int block) {
        return words + (long) (geometry.octetOf(block) - geometry.firstOctet()) * Long.BYTES;
    }

    private int shift(int block) {
        return (block + geometry.shift()) % BYTE * BYTE;
    }
}
