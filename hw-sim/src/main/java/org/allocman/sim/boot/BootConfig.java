package org.allocman.sim.boot;

import org.allocman.qual.Bytes;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.sim.kernel.paging.BootNeeds;
import org.allocman.vka.Architecture;

/**
 * How a machine is booted: how large the kernel and the root task are, and what the root task gets. {@link #defaults}
 * has figures that fit a board.
 *
 * @param kernelBytes size of the kernel's image, with its data
 * @param reuseBytes how much of it, from its start, only boot needs; it becomes untypeds
 * @param firmware memory that firmware keeps for itself although the board does not say so; size 0 for none
 * @param firmwareBytes its size
 * @param imageBase virtual address of the root task's image; ignored on the MPU profile, where it is the physical one
 * @param codeBytes size of the part of the image that is not static pool
 * @param staticPoolBytes size of the static pool, which is the end of the image
 * @param extraBootInfoBytes size of the extra boot info with its header; 0 for none
 * @param rootCNodeBits radix of the root CNode
 * @param bootInfoUntypeds how many untypeds the boot info holds at most; boot drops those beyond
 */
public record BootConfig(
        @Bytes long kernelBytes,
        @Bytes long reuseBytes,
        long firmware,
        @Bytes long firmwareBytes,
        @VirtAddr long imageBase,
        @Bytes long codeBytes,
        @Bytes long staticPoolBytes,
        @Bytes long extraBootInfoBytes,
        @SizeBits int rootCNodeBits,
        int bootInfoUntypeds) {
    /** How many untypeds the boot info holds if nobody says another number, seL4's default. */
    public static final int BOOT_INFO_UNTYPEDS = UntypedList.LIMIT;

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long LARGE_BOARD = 64 * MIB;
    private static final long MEDIUM_BOARD = 8 * MIB;
    private static final long SMALL_BOARD = 512 * KIB;
    private static final long LIMIT = 1L << 40;
    private static final int MIN_CNODE_BITS = 5;
    private static final int MAX_CNODE_BITS = 24;
    /** As many as the page of a 32-bit boot info has room for. */
    private static final int MOST_UNTYPEDS = 501;

    /**
     * Checks what does not depend on a board.
     *
     * @param kernelBytes size of the kernel's image, with its data
     * @param reuseBytes how much of it, from its start, only boot needs; it becomes untypeds
     * @param firmware memory that firmware keeps for itself although the board does not say so; size 0 for none
     * @param firmwareBytes its size
     * @param imageBase virtual address of the root task's image; ignored on the MPU profile, where it is the physical one
     * @param codeBytes size of the part of the image that is not static pool
     * @param staticPoolBytes size of the static pool, which is the end of the image
     * @param extraBootInfoBytes size of the extra boot info with its header; 0 for none
     * @param rootCNodeBits radix of the root CNode
     * @param bootInfoUntypeds how many untypeds the boot info holds at most; boot drops those beyond
     */
    public BootConfig {
        check("kernel image", kernelBytes);
        check("memory to reuse", reuseBytes);
        check("firmware", firmwareBytes);
        check("code", codeBytes);
        check("static pool", staticPoolBytes);
        check("extra boot info", extraBootInfoBytes);
        if (rootCNodeBits < MIN_CNODE_BITS || rootCNodeBits > MAX_CNODE_BITS) {
            throw new IllegalArgumentException("a root CNode has 2^" + MIN_CNODE_BITS + " to 2^" + MAX_CNODE_BITS
                    + " slots, not 2^" + rootCNodeBits);
        }
        if (imageBase < 0 || firmware < 0) {
            throw new IllegalArgumentException("no address is negative");
        }
        if (bootInfoUntypeds < 1 || bootInfoUntypeds > MOST_UNTYPEDS) {
            throw new IllegalArgumentException(
                    "a boot info holds 1 to " + MOST_UNTYPEDS + " untypeds, not " + bootInfoUntypeds);
        }
    }

    /**
     * A configuration with the usual number of untypeds in its boot info.
     *
     * @param kernelBytes size of the kernel's image, with its data
     * @param reuseBytes how much of it, from its start, only boot needs; it becomes untypeds
     * @param firmware memory that firmware keeps for itself although the board does not say so; size 0 for none
     * @param firmwareBytes its size
     * @param imageBase virtual address of the root task's image; ignored on the MPU profile, where it is the physical one
     * @param codeBytes size of the part of the image that is not static pool
     * @param staticPoolBytes size of the static pool, which is the end of the image
     * @param extraBootInfoBytes size of the extra boot info with its header; 0 for none
     * @param rootCNodeBits radix of the root CNode
     */
    public BootConfig(
            @Bytes long kernelBytes,
            @Bytes long reuseBytes,
            long firmware,
            @Bytes long firmwareBytes,
            @VirtAddr long imageBase,
            @Bytes long codeBytes,
            @Bytes long staticPoolBytes,
            @Bytes long extraBootInfoBytes,
            @SizeBits int rootCNodeBits) {
        this(
                kernelBytes,
                reuseBytes,
                firmware,
                firmwareBytes,
                imageBase,
                codeBytes,
                staticPoolBytes,
                extraBootInfoBytes,
                rootCNodeBits,
                BOOT_INFO_UNTYPEDS);
    }

    private static void check(String what, long bytes) {
        if (bytes < 0 || bytes > LIMIT) {
            throw new IllegalArgumentException("the " + what + " has 0 to 2^40 bytes, not " + bytes);
        }
    }

    /**
     * Figures that fit a board: those of real seL4 images where there is room, small ones where there is not.
     *
     * @param board the board
     * @return a configuration
     */
    public static BootConfig defaults(Board board) {
        Architecture architecture = board.architecture();
        long memory =
                board.regions(Region.Kind.RAM).stream().mapToLong(Region::size).sum();
        if (memory >= LARGE_BOARD) {
            return large(architecture);
        }
        if (memory >= MEDIUM_BOARD) {
            return new BootConfig(256 * KIB, 16 * KIB, 0, 0, imageBase(architecture), 64 * KIB, 64 * KIB, 0, 12);
        }
        if (memory >= SMALL_BOARD) {
            return new BootConfig(64 * KIB, 4 * KIB, 0, 0, imageBase(architecture), 16 * KIB, 16 * KIB, 0, 10);
        }
        return new BootConfig(8 * KIB, 0, 0, 0, imageBase(architecture), 4 * KIB, 8 * KIB, 0, 9);
    }

    /** Figures of seL4's own images for the QEMU boards. */
    private static BootConfig large(Architecture architecture) {
        long code = 64 * KIB;
        long pool = 64 * KIB;
        BootNeeds figures = Behaviours.of(architecture).bootFigures();
        return new BootConfig(
                figures.kernelBytes(),
                figures.reuseBytes(),
                0,
                0,
                figures.imageBase(),
                code,
                pool,
                figures.extraBootInfoBytes(),
                13);
    }

    private static long imageBase(Architecture architecture) {
        return Behaviours.of(architecture).bootFigures().imageBase();
    }

    /**
     * The same with another static pool.
     *
     * @param bytes its size
     * @return a configuration
     */
    public BootConfig withStaticPool(@Bytes long bytes) {
        return new BootConfig(
                kernelBytes,
                reuseBytes,
                firmware,
                firmwareBytes,
                imageBase,
                codeBytes,
                bytes,
                extraBootInfoBytes,
                rootCNodeBits,
                bootInfoUntypeds);
    }

    /**
     * The same with another root CNode.
     *
     * @param bits its radix
     * @return a configuration
     */
    public BootConfig withRootCNodeBits(@SizeBits int bits) {
        return new BootConfig(
                kernelBytes,
                reuseBytes,
                firmware,
                firmwareBytes,
                imageBase,
                codeBytes,
                staticPoolBytes,
                extraBootInfoBytes,
                bits,
                bootInfoUntypeds);
    }

    /**
     * The same with another kernel image.
     *
     * @param bytes its size
     * @param reuse how much of it, from its start, only boot needs
     * @return a configuration
     */
    public BootConfig withKernel(@Bytes long bytes, @Bytes long reuse) {
        return new BootConfig(
                bytes,
                reuse,
                firmware,
                firmwareBytes,
                imageBase,
                codeBytes,
                staticPoolBytes,
                extraBootInfoBytes,
                rootCNodeBits,
                bootInfoUntypeds);
    }

    /**
     * The same with another root task.
     *
     * @param bytes size of the part of its image that is not static pool
     * @return a configuration
     */
    public BootConfig withCode(@Bytes long bytes) {
        return new BootConfig(
                kernelBytes,
                reuseBytes,
                firmware,
                firmwareBytes,
                imageBase,
                bytes,
                staticPoolBytes,
                extraBootInfoBytes,
                rootCNodeBits,
                bootInfoUntypeds);
    }

    /**
     * The same with other firmware memory.
     *
     * @param start its first byte
     * @param bytes its size, 0 for none
     * @return a configuration
     */
    public BootConfig withFirmware(long start, @Bytes long bytes) {
        return new BootConfig(
                kernelBytes,
                reuseBytes,
                start,
                bytes,
                imageBase,
                codeBytes,
                staticPoolBytes,
                extraBootInfoBytes,
                rootCNodeBits,
                bootInfoUntypeds);
    }

    /**
     * The same with other extra boot info.
     *
     * @param bytes its size with its header, 0 for none
     * @return a configuration
     */
    public BootConfig withExtraBootInfo(@Bytes long bytes) {
        return new BootConfig(
                kernelBytes,
                reuseBytes,
                firmware,
                firmwareBytes,
                imageBase,
                codeBytes,
                staticPoolBytes,
                bytes,
                rootCNodeBits,
                bootInfoUntypeds);
    }

    /**
     * The same with another number of untypeds in the boot info.
     *
     * @param number how many at most; no more than the boot info's page has room for
     * @return a configuration
     */
    public BootConfig withBootInfoUntypeds(int number) {
        return new BootConfig(
                kernelBytes,
                reuseBytes,
                firmware,
                firmwareBytes,
                imageBase,
                codeBytes,
                staticPoolBytes,
                extraBootInfoBytes,
                rootCNodeBits,
                number);
    }
}
