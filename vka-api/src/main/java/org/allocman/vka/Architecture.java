package org.allocman.vka;

import static org.allocman.vka.ObjectType.CNODE;
import static org.allocman.vka.ObjectType.ENDPOINT;
import static org.allocman.vka.ObjectType.HUGE_PAGE;
import static org.allocman.vka.ObjectType.LARGE_PAGE;
import static org.allocman.vka.ObjectType.NOTIFICATION;
import static org.allocman.vka.ObjectType.PAGE_DIRECTORY;
import static org.allocman.vka.ObjectType.PAGE_TABLE;
import static org.allocman.vka.ObjectType.PDPT;
import static org.allocman.vka.ObjectType.SECTION;
import static org.allocman.vka.ObjectType.SMALL_PAGE;
import static org.allocman.vka.ObjectType.SUPER_SECTION;
import static org.allocman.vka.ObjectType.TCB;
import static org.allocman.vka.ObjectType.UNTYPED;
import static org.allocman.vka.ObjectType.VSPACE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.allocman.qual.SizeBits;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The kernels we know: word size, object types with their numbers and sizes, and the shape of an address space. Figures
 * are those of seL4 16.0.0-dev without MCS, with the FPU where its platforms have one; the MPU profile, which seL4 does not
 * have, is ours.
 */
public enum Architecture {
    /** 64-bit Arm, four levels of paging with a 4 KiB root. */
    AARCH64(
            64,
            47,
            0x7fff_ffff_ffffL,
            40,
            sizes(11, 5),
            type(HUGE_PAGE, 5, 30),
            type(VSPACE, 6, 12),
            type(SMALL_PAGE, 7, 12),
            type(LARGE_PAGE, 8, 21),
            type(PAGE_TABLE, 9, 12)),
    /** 64-bit x86, four levels of paging, each its own type of object. */
    X86_64(
            64,
            47,
            0x7fff_ffff_f000L,
            47,
            sizes(11, 5),
            type(PDPT, 5, 12),
            type(VSPACE, 6, 12),
            type(HUGE_PAGE, 7, 30),
            type(SMALL_PAGE, 8, 12),
            type(LARGE_PAGE, 9, 21),
            type(PAGE_TABLE, 10, 12),
            type(PAGE_DIRECTORY, 11, 12)),
    /** 64-bit RISC-V, Sv39: three levels of page tables, all of one type, the root among them. */
    RISCV64(
            64,
            38,
            0x3f_ffff_f000L,
            39,
            sizes(11, 5),
            type(HUGE_PAGE, 5, 30),
            type(SMALL_PAGE, 6, 12),
            type(LARGE_PAGE, 7, 21),
            type(PAGE_TABLE, 8, 12)),
    /** 32-bit Arm: page directory of 16 KiB, page tables of 1 KiB. The top of user addresses is that of most platforms. */
    AARCH32(
            32,
            29,
            0xe000_0000L,
            32,
            sizes(10, 4),
            type(PAGE_DIRECTORY, 5, 14),
            type(SMALL_PAGE, 6, 12),
            type(LARGE_PAGE, 7, 16),
            type(SECTION, 8, 20),
            type(SUPER_SECTION, 9, 24),
            type(PAGE_TABLE, 10, 10)),
    /** 32-bit RISC-V, Sv32: two levels of page tables. */
    RISCV32(
            32,
            29,
            0x8000_0000L,
            32,
            sizes(10, 4),
            type(SMALL_PAGE, 5, 12),
            type(LARGE_PAGE, 6, 22),
            type(PAGE_TABLE, 7, 12)),
    /**
     * A microcontroller with an MPU and no paging: a frame is mapped at its own physical address by taking one of the
     * region registers of the VSpace.
     */
    MPU(
            32,
            29,
            0xffff_ffffL,
            32,
            sizes(9, 4),
            type(SMALL_PAGE, 5, 10),
            type(LARGE_PAGE, 6, 12),
            type(HUGE_PAGE, 7, 14),
            type(VSPACE, 8, 8));

    /** The most objects one retype may make: seL4's {@code CONFIG_RETYPE_FAN_OUT_LIMIT}. */
    public static final int RETYPE_FAN_OUT_LIMIT = 256;

    /** The smallest untyped, in size bits, on every architecture. */
    public static final @SizeBits int MIN_UNTYPED_BITS = 4;

    private static final long ARM_CACHEABLE = 1;
    private static final long ARM_PARITY = 2;
    private static final long ARM_EXECUTE_NEVER = 4;
    private static final long RISCV_EXECUTE_NEVER = 1;
    private static final long RISCV_SUPERVISOR = 1L << 31;
    private static final int NARROW_GUARD_SIZE_SHIFT = 3;

    private final int wordBits;
    private final int maxUntypedBits;
    private final long userTop;
    private final int deviceTopBits;
    private final Map<ObjectType, Entry> entries;
    private final List<ObjectType> frames;

    private record Entry(ObjectType type, int number, int sizeBits) {}

    Architecture(int wordBits, int maxUntypedBits, long userTop, int deviceTopBits, List<Entry> common, Entry... own) {
        this.wordBits = wordBits;
        this.maxUntypedBits = maxUntypedBits;
        this.userTop = userTop;
        this.deviceTopBits = deviceTopBits;
        Map<ObjectType, Entry> all = new EnumMap<>(ObjectType.class);
        List<Entry> framesFound = new ArrayList<>();
        for (Entry entry : common) {
            all.put(entry.type, entry);
        }
        for (Entry entry : own) {
            all.put(entry.type, entry);
            if (entry.type.isFrame()) {
                framesFound.add(entry);
            }
        }
        framesFound.sort((left, right) -> Integer.compare(left.sizeBits, right.sizeBits));
        this.entries = Collections.unmodifiableMap(all);
        this.frames = framesFound.stream().map(Entry::type).toList();
    }

    private static List<Entry> sizes(int tcbBits, int notificationBits) {
        return List.of(
                type(UNTYPED, 0, 0),
                type(TCB, 1, tcbBits),
                type(ENDPOINT, 2, 4),
                type(NOTIFICATION, 3, notificationBits),
                type(CNODE, 4, 0));
    }

    private static Entry type(ObjectType type, int number, int sizeBits) {
        return new Entry(type, number, sizeBits);
    }

    /**
     * The architecture with a name.
     *
     * @param name {@code aarch64}, {@code x86_64}, {@code riscv64}, {@code aarch32}, {@code riscv32} or {@code mpu}
     * @return the architecture, or null if there is none of that name
     */
    public static @Nullable Architecture named(String name) {
        for (Architecture architecture : values()) {
            if (architecture.text().equals(name.toLowerCase(Locale.ROOT))) {
                return architecture;
            }
        }
        return null;
    }

    /**
     * The name to show and to be asked for.
     *
     * @return for instance {@code aarch64}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Bits in a machine word.
     *
     * @return 32 or 64
     */
    public int wordBits() {
        return wordBits;
    }

    /**
     * The size of a capability slot.
     *
     * @return 5 (32 bytes) on 64-bit kernels, 4 (16 bytes) on 32-bit kernels
     */
    public @SizeBits int slotBits() {
        return wordBits == 64 ? 5 : 4;
    }

    /**
     * The largest untyped.
     *
     * @return its size in bits
     */
    public @SizeBits int maxUntypedBits() {
        return maxUntypedBits;
    }

    /**
     * The top of user virtual addresses, seL4's {@code seL4_UserTop}. On aarch32 it is the platform's, and this the one of
     * most platforms; what a machine has, its kernel's own words say.
     *
     * @return an address; whether it is itself allowed differs between architectures and invocations
     */
    public long userTop() {
        return userTop;
    }

    /**
     * The end of the physical addresses for which boot makes device untypeds.
     *
     * @return the address, exclusive
     */
    public long deviceTop() {
        return 1L << deviceTopBits;
    }

    /**
     * Whether address spaces are page tables.
     *
     * @return false on the MPU profile
     */
    public boolean hasPaging() {
        return this != MPU;
    }

    /**
     * Whether the architecture has a kind of object.
     *
     * @param type the kind
     * @return true if it can be made by a retype
     */
    public boolean has(ObjectType type) {
        return entries.containsKey(type);
    }

    /**
     * The number of an object type in a retype.
     *
     * @param type the kind
     * @return its number
     * @throws IllegalArgumentException if the architecture does not have it
     */
    public int number(ObjectType type) {
        return entry(type).number;
    }

    /**
     * The object type with a number.
     *
     * @param number as in a retype, possibly nonsense
     * @return the kind, or null if there is none of that number
     */
    public @Nullable ObjectType type(long number) {
        for (Entry entry : entries.values()) {
            if (entry.number == number) {
                return entry.type;
            }
        }
        return null;
    }

    /**
     * The size of an object.
     *
     * @param type its kind
     * @param argument the size bits of an untyped, the radix of a CNode, otherwise ignored
     * @return the size in bits
     * @throws IllegalArgumentException if the architecture does not have it
     */
    public @SizeBits int sizeBits(ObjectType type, int argument) {
        return switch (type) {
            case UNTYPED -> argument;
            case CNODE -> argument + slotBits();
            default -> entry(type).sizeBits;
        };
    }

    /**
     * The frame types, smallest first.
     *
     * @return an unmodifiable list, never empty
     */
    public List<ObjectType> frames() {
        return frames;
    }

    /**
     * The frame type of a size.
     *
     * @param sizeBits the size in bits
     * @return the kind, or null if there is no frame of that size
     */
    public @Nullable ObjectType frame(@SizeBits int sizeBits) {
        for (ObjectType frame : frames) {
            if (entry(frame).sizeBits == sizeBits) {
                return frame;
            }
        }
        return null;
    }

    /**
     * The type of an address space's root.
     *
     * @return VSPACE where it has a type of its own, else the type of its top table
     */
    public ObjectType vspaceType() {
        return switch (this) {
            case RISCV64, RISCV32 -> PAGE_TABLE;
            case AARCH32 -> PAGE_DIRECTORY;
            default -> VSPACE;
        };
    }

    /**
     * The paging structure that a failed mapping wants.
     *
     * @param bitsLeft bits of the virtual address that the walk had left, as a {@link LookupFault} names them
     * @return the type of object to map there, or null if none would help
     */
    public @Nullable ObjectType tableFor(int bitsLeft) {
        return switch (this) {
            case X86_64 -> bitsLeft == 39 ? PDPT : bitsLeft == 30 ? PAGE_DIRECTORY : bitsLeft == 21 ? PAGE_TABLE : null;
            case AARCH64 -> bitsLeft == 39 || bitsLeft == 30 || bitsLeft == 21 ? PAGE_TABLE : null;
            case RISCV64 -> bitsLeft == 30 || bitsLeft == 21 ? PAGE_TABLE : null;
            case AARCH32 -> bitsLeft == 20 ? PAGE_TABLE : null;
            case RISCV32 -> bitsLeft == 22 ? PAGE_TABLE : null;
            case MPU -> null;
        };
    }

    /**
     * How many paging structures can be missing between a root and a page, one for each level that {@link #tableFor} names:
     * whoever maps a page needs no more than these, whatever a kernel says.
     *
     * @return 0 to 3
     */
    public int tableLevels() {
        return switch (this) {
            case X86_64, AARCH64 -> 3;
            case RISCV64 -> 2;
            case AARCH32, RISCV32 -> 1;
            case MPU -> 0;
        };
    }

    /**
     * The attributes of usual memory in a mapping, cached and executable: seL4's {@code seL4_ARCH_Default_VMAttributes}. The
     * paging structures above it take the same.
     *
     * @return attributes for {@link Kernel#pageMap} and {@link Kernel#tableMap}
     */
    public long defaultAttributes() {
        return isArm() ? ARM_CACHEABLE | ARM_PARITY : 0;
    }

    /**
     * The attribute of a mapping whose content cannot be executed.
     *
     * @return one bit, to be or-ed to other attributes, or 0 where the kernel has none
     */
    public long executeNeverAttribute() {
        return isArm() ? ARM_EXECUTE_NEVER : this == RISCV32 || this == RISCV64 ? RISCV_EXECUTE_NEVER : 0;
    }

    private boolean isArm() {
        return this == AARCH32 || this == AARCH64;
    }

    /**
     * The attributes of a mapping, made without rights, that the kernel sees and user code does not. On RISC-V seL4 has none:
     * it leaves such an entry empty, so ours takes a word of attributes for it, just this one and no other bit beside it.
     *
     * @return attributes for {@link Kernel#pageMap}
     */
    public long kernelOnlyAttributes() {
        return this == RISCV32 || this == RISCV64 ? RISCV_SUPERVISOR : 0;
    }

    /**
     * What Mint and SetSpace take to give a CNode a guard of zeros (seL4 manual, "seL4_CNode_CapData").
     *
     * @param bits size of the guard in bits, 0 to the word size less the CNode's radix
     * @return the guard data
     */
    public long guardOfZeros(int bits) {
        return wordBits() == Long.SIZE ? bits : (long) bits << NARROW_GUARD_SIZE_SHIFT;
    }

    private Entry entry(ObjectType type) {
        Entry entry = entries.get(type);
        if (entry == null) {
            throw new IllegalArgumentException(text() + " has no " + type.text());
        }
        return entry;
    }
}
