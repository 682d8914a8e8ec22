package org.allocman.uvisor.block;

import static org.allocman.uvisor.rules.Halt.hex;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.uvisor.rules.Halt;
import org.allocman.uvisor.rules.MpuKind;

/**
 * Where the blocks of a pool are, and where their bits are in the map of eights.
 *
 * <p>The map has a bit for each block, and eight bits are what one region of the MPU can cover: block {@code b} is bit
 * {@code b + shift}, chosen so that eights of bits are eights of blocks at a multiple of eight block sizes.
 *
 * @param mpu the rules for regions
 * @param start the first block
 * @param blockBytes size of a block
 * @param count how many blocks, 0 or more
 * @param mapWords how many 32-bit words the map has
 * @param shift the bit of block 0
 * @param roundedEnd the end of the topmost eight
 */
public record BlockGeometry(
        MpuKind mpu,
        @PhysAddr long start,
        @Bytes long blockBytes,
        int count,
        int mapWords,
        int shift,
        @PhysAddr long roundedEnd) {
    /** The smallest block that uVisor allows. */
    public static final @Bytes long SMALLEST_BLOCK = 1024;

    /** How many bits, or blocks, a region of the MPU covers. */
    static final int EIGHT = 8;

    private static final int MAP_BITS = 32;

    /**
     * Memory to make blocks of.
     *
     * @param sramStart the first byte of RAM
     * @param sramEnd one past the last byte of RAM
     * @param start the first byte that is free for blocks
     * @param end one past the last byte that is free for blocks
     */
    public record Range(
            @PhysAddr long sramStart,
            @PhysAddr long sramEnd,
            @PhysAddr long start,
            @PhysAddr long end) {}

    /**
     * Cuts memory into blocks. What does not make a whole block is left over, at the start and at the end.
     *
     * @param mpu the rules for regions
     * @param range the memory
     * @param blockBytes size of a block
     * @param mostBlocks the most blocks there may be; of more, those nearest to the end are kept
     * @return the geometry, or why there is none; checks are in uVisor's order
     */
    public static Either<Halt, BlockGeometry> of(MpuKind mpu, Range range, @Bytes long blockBytes, int mostBlocks) {
        if (range.start < range.sramStart || range.start > range.sramEnd) {
            return halt("the blocks' start " + hex(range.start) + " is not in the RAM " + ram(range));
        }
        if (range.end < range.sramStart || range.end > range.sramEnd) {
            return halt("the blocks' end " + hex(range.end) + " is not in the RAM " + ram(range));
        }
        if (range.end < range.start) {
            return halt("the blocks' end " + hex(range.end) + " is before their start " + hex(range.start));
        }
        Option<Halt> wrong = wrongSize(mpu, blockBytes);
        if (wrong.isDefined()) {
            return Either.left(wrong.get());
        }
        long start = mpu.roundUp(range.start, blockBytes);
        if (start == MpuKind.NONE) {
            return halt("the blocks' start " + hex(range.start) + " cannot be rounded up to " + blockBytes);
        }
        long eighth = powerOfTwoFrom(range.sramEnd - range.sramStart) / EIGHT;
        if (mpu.hasEighths() && blockBytes > eighth) {
            return halt("a block of " + blockBytes + " bytes is more than an eighth of the RAM's region, " + eighth);
        }
        long blocks = Math.max(0, range.end - start) / blockBytes;
        int count = (int) Math.min(blocks, mostBlocks);
        return Either.right(placed(mpu, start + (blocks - count) * blockBytes, blockBytes, count, mostBlocks));
    }

    /**
     * Why no block can have a size, wherever it is.
     *
     * @param mpu the rules for regions
     * @param blockBytes the size; any number
     * @return why, or none if it can be
     */
    public static Option<Halt> wrongSize(MpuKind mpu, @Bytes long blockBytes) {
        return blockBytes >= SMALLEST_BLOCK && mpu.isRegionSize(blockBytes)
                ? Option.none()
                : Option.of(new Halt("no block has " + blockBytes + " bytes: the least is " + SMALLEST_BLOCK
                        + ", and the size must be "
                        + (mpu.hasEighths() ? "a power of two" : "a multiple of " + MpuKind.GRAIN) + " up to "
                        + MpuKind.LARGEST));
    }

    private static BlockGeometry placed(MpuKind mpu, long start, long blockBytes, int count, int mostBlocks) {
        int words = (mostBlocks + MAP_BITS - 1 + EIGHT) / MAP_BITS;
        long end = start + count * blockBytes;
        long eight = EIGHT * blockBytes;
        // not through the MPU's rules: a region of eight blocks may be too large for any MPU and is then never loaded
        long to = mpu.hasEighths() ? eight : MpuKind.GRAIN;
        long rounded = (end + to - 1) / to * to;
        int shift = words * MAP_BITS - count - (int) ((rounded - end) / blockBytes);
        return new BlockGeometry(mpu, start, blockBytes, count, words, shift, rounded);
    }

    private static Either<Halt, BlockGeometry> halt(String message) {
        return Either.left(new Halt(message));
    }

    private static String ram(Range range) {
        return hex(range.sramStart) + " to " + hex(range.sramEnd);
    }

    private static long powerOfTwoFrom(long bytes) {
        return bytes <= 1 ? 1 : Long.highestOneBit(bytes - 1) << 1;
    }

    /**
     * One past the last block.
     *
     * @return an address
     */
    public @PhysAddr long end() {
        return start + count * blockBytes;
    }

    /**
     * The block that an address is in.
     *
     * @param address any address
     * @return the block's number, or -1
     */
    public int blockAt(@PhysAddr long address) {
        return address < start || address >= end() ? -1 : (int) ((address - start) / blockBytes);
    }

    /**
     * Where a block is.
     *
     * @param block its number, 0 to count - 1
     * @return its first byte
     */
    public @PhysAddr long addressOf(int block) {
        return start + block * blockBytes;
    }

    /**
     * The eight that a block is in.
     *
     * @param block its number, 0 to count - 1
     * @return the index of its eight bits in the map
     */
    public int octetOf(int block) {
        return (block + shift) / EIGHT;
    }

    /**
     * The first of the eight blocks of an octet; it may lie before the first block.
     *
     * @param octet the index of eight bits in the map
     * @return where the octet begins
     */
    public @PhysAddr long octetStart(int octet) {
        return roundedEnd - (mapWords * MAP_BITS / EIGHT - octet) * EIGHT * blockBytes;
    }

    /** The lowest octet with a block in it. */
    int firstOctet() {
        return shift / EIGHT;
    }

    /** How many octets have blocks. */
    int octets() {
        return count == 0 ? 0 : octetOf(count - 1) - firstOctet() + 1;
    }
}
