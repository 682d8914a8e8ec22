package org.allocman.sim.mpu;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.sim.memory.Walk;
import org.allocman.vka.Mpu;
import org.allocman.vka.layout.Bits;

/**
 * A simulated unit. Its registers are words of the board's memory; a {@linkplain PhysicalMemory#window
 * window} through it is the memory as unprivileged code sees it.
 */
public final class SimMpu implements Mpu, Walk {
    /*
     * A region is two registers of 32 bits, behind each other in one word, as the hardware shows them one at a time:
     *
     *   Armv6-M,  RBAR  base 31..5
     *   Armv7-M   RASR  access 26..24 (3 all, 2 user reads), disabled eighths 15..8, binary logarithm of the size less one
     *                   5..1, enable 0
     *   Armv8-M   RBAR  base 31..5, access 2..1 (1 all, 3 all read)
     *             RLAR  last 32 bytes 31..5, enable 0
     *
     * On Armv6-M and Armv7-M the region with the highest number wins, and an eighth that is switched off is no part of a region.
     */
    /** Bytes of registers of the largest unit. */
    public static final @Bytes long REGISTER_BYTES = MpuShape.MOST_REGIONS * (long) Long.BYTES;

    /** Where the registers are in the system control space of a Cortex-M, {@code MPU_RBAR} being the first. */
    public static final @PhysAddr long REGISTERS = 0xe000ed98L;

    private static final long GRAIN = 32;
    private static final long ADDRESSES = 1L << 32;
    private static final int EIGHTH_SHIFT = 3;
    private static final int SMALLEST_WITH_EIGHTHS = 8;

    private static final Bits BASE = new Bits("base, in units of 32 bytes", 0, 5, 27);
    private static final Bits ENABLE = new Bits("enable", 0, 32, 1);
    private static final Bits SIZE = new Bits("size", 0, 33, 5);
    private static final Bits DISABLED = new Bits("disabled eighths", 0, 40, 8);
    private static final Bits ACCESS = new Bits("access", 0, 56, 3);
    private static final Bits ACCESS_8 = new Bits("access", 0, 1, 2);
    private static final Bits LAST_8 = new Bits("last, in units of 32 bytes", 0, 37, 27);
    private static final int ALL = 3;
    private static final int USER_READS = 2;
    private static final int ALL_8 = 1;
    private static final int ALL_READ_8 = 3;

    private final PagedMemory memory;
    private final @PhysAddr long registers;
    private final MpuShape shape;

    /**
     * The unit whose registers are at an address; all zero, no region is enabled.
     *
     * @param memory the physical memory
     * @param registers address of {@link #REGISTER_BYTES} bytes, a multiple of 8
     * @param shape what its regions can be
     */
    public SimMpu(PagedMemory memory, @PhysAddr long registers, MpuShape shape) {
        this.memory = memory;
        this.registers = registers;
        this.shape = shape;
    }

    @Override
    public int regions() {
        return shape.regions();
    }

    @Override
    public void load(int region, @PhysAddr long base, @Bytes long bytes, boolean writable, int disabled) {
        require(region);
        boolean fits = base >= 0 && bytes >= shape.smallest() && base <= ADDRESSES - bytes;
        boolean shaped = shape.hasEighths()
                ? Long.bitCount(bytes) == 1 && base % Math.max(1, bytes) == 0
                : base % GRAIN == 0 && bytes % GRAIN == 0;
        boolean cut =
                disabled == 0 || shape.hasEighths() && bytes >>> SMALLEST_WITH_EIGHTHS != 0 && disabled >>> 8 == 0;
        if (!fits || !shaped || !cut) {
            throw new IllegalArgumentException("no region can have " + bytes + " bytes at 0x" + Long.toHexString(base)
                    + " without the eighths " + Integer.toBinaryString(disabled));
        }
        long word = ENABLE.into(BASE.into(0, base / GRAIN), 1);
        if (shape.hasEighths()) {
            word = SIZE.into(word, Long.numberOfTrailingZeros(bytes) - 1L);
            word = DISABLED.into(word, disabled);
            word = ACCESS.into(word, writable ? ALL : USER_READS);
        } else {
            word = LAST_8.into(word, (base + bytes) / GRAIN - 1);
            word = ACCESS_8.into(word, writable ? ALL_8 : ALL_READ_8);
        }
        memory.store64(at(region), 0, word);
    }

    @Override
    public void disable(int region) {
        require(region);
        memory.store64(at(region), 0, 0);
    }

    @Override
    public long translate(@VirtAddr long vaddr) {
        for (int region = shape.regions() - 1; region >= 0; region--) {
            long word = memory.load64(at(region), 0);
            if (ENABLE.of(word) != 0 && covers(word, vaddr)) {
                boolean writable = shape.hasEighths() ? ACCESS.of(word) == ALL : ACCESS_8.of(word) == ALL_8;
                return vaddr & -PAGE | READABLE | (writable ? WRITABLE : 0) | PARTIAL;
            }
        }
        return 0;
    }

    private boolean covers(long word, long address) {
        long offset = address - BASE.of(word) * GRAIN;
        if (!shape.hasEighths()) {
            return offset >= 0 && address >>> 5 <= LAST_8.of(word);
        }
        int sizeBits = (int) SIZE.of(word) + 1;
        return offset >= 0
                && offset >>> sizeBits == 0
                && (DISABLED.of(word) >>> (offset >>> sizeBits - EIGHTH_SHIFT) & 1) == 0;
    }

    private void require(int region) {
        if (region < 0 || region >= shape.regions()) {
            throw new IllegalArgumentException("there is no region " + region);
        }
    }

    private long at(int region) {
        return registers + (long) region * Long.BYTES;
    }
}
