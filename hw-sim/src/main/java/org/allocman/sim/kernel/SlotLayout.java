package org.allocman.sim.kernel;

import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;
import org.allocman.vka.layout.Bits;

/**
 * How a capability and its place in the derivation list are packed into a slot: {@link #WIDE} for 64-bit kernels, {@link
 * #NARROW} for 32-bit ones, {@link #AARCH32} for the one of them whose ASIDs are wider. {@link Slots} gives the fields their
 * units.
 *
 * @param slotBits size of what is used of a slot, in bits; a kernel of one's own can have larger ones
 * @param untypedBits untyped: size in bits
 * @param untypedDevice untyped: whether it is device memory
 * @param freeUnits untyped: the free index in units of 16 bytes, up to and including the size
 * @param rights endpoint, notification: the four rights
 * @param badge endpoint, notification: the badge
 * @param radix CNode: binary logarithm of the number of slots
 * @param guardBits CNode: size of the guard
 * @param guard CNode: the guard
 * @param zombieTcb zombie: whether it was a thread, not a CNode
 * @param zombieRadix zombie: radix of the CNode it was
 * @param zombieSlots zombie: how many slots are left to empty
 * @param frameSize frame: which of the architecture's frame sizes, from the smallest
 * @param frameDevice frame: whether it is device memory
 * @param frameRights frame: rights as the architecture numbers them
 * @param mapType frame: what kind of address space it is mapped in, x86 only
 * @param mapped table: whether it is mapped, or for a root whether it has an ASID
 * @param asid frame, table: the ASID it is mapped under; ASID pool: its first ASID; on aarch32 the low bits of it
 * @param vaddrUnits frame, table: where it is mapped, in units of 1 KiB; on aarch32 of 4 KiB
 * @param control control: which
 * @param revocable derivation list: whether later entries for the same object are children
 * @param firstBadged derivation list: whether it starts a family of its own badge
 * @param next derivation list: one more than the number of the next slot in memory, 0 for none
 * @param previous derivation list: the same for the previous slot
 */
public record SlotLayout(
        @SizeBits int slotBits,
        Bits untypedBits,
        Bits untypedDevice,
        Bits freeUnits,
        Bits rights,
        Bits badge,
        Bits radix,
        Bits guardBits,
        Bits guard,
        Bits zombieTcb,
        Bits zombieRadix,
        Bits zombieSlots,
        Bits frameSize,
        Bits frameDevice,
        Bits frameRights,
        Bits mapType,
        Bits mapped,
        Bits asid,
        Bits vaddrUnits,
        Bits control,
        Bits revocable,
        Bits firstBadged,
        Bits next,
        Bits previous) {
    /*
     * 64-bit kernels, 32 bytes. Objects lie below 2^47.
     *
     *           63               47 46                                   4 3  0
     *   word 0 | small fields      | object's address, bits 4 to 46       |type|
     *   word 1 | free units | badge | guard | zombie's slots | ASID:16 vaddr:48 (KiB)    |
     *   word 2 | next slot / 32 + 1                          : 59 | . |first badged|revocable|
     *   word 3 | previous slot / 32 + 1                      : 59 | .                        |
     *
     *   small fields, from bit 47:  untyped  bits:6 device:1
     *                               endpoint, notification  rights:4
     *                               CNode    radix:6 guard bits:6
     *                               zombie   thread:1 radix:6
     *                               frame    size:2 device:1 rights:2 map type:2
     *                               table    mapped:1 kind:3  control  which:4
     *                               object   type's number:6 size bits:6
     *
     * 32-bit kernels, 16 bytes. The address stays in place and loses to flags the low bits that alignment makes zero.
     *
     *           63           42 41         32 31                         4 3  0
     *   word 0 | free units:26 | device, bits | object's address          |type|  untyped
     *          | badge:28            | rights | object's address          |type|  endpoint, notification
     *          | . | guard:18 | bits:5 radix:5| object's address          |type|  CNode
     *          | zombie's slots:26 |radix:5|t:1| object's address         |type|  zombie
     *          | vaddr:22 (KiB) | ASID:10     | address 10.. | flags:6    |type|  frame
     *          | vaddr:22 (KiB) | ASID:10     | address 8..    | flags:4  |type|  table, ASID pool
     *          | . | size bits:6 type's number:6 | object's address        |type|  object of the kernel's own
     *   word 1 | previous / 16 + 1 : 28 | .:4 | next / 16 + 1 : 28 | . |first badged|revocable|
     *
     * aarch32 has ASIDs of 17 bits. They fit because a small frame has a type of its own and no size, as in seL4, and because
     * the others have more low bits of their address to give.
     *
     *   word 0 | vaddr:20 (4 KiB) | ASID low:12 | address 12.. | flags:8   |type|  small frame
     *          | vaddr:20 (4 KiB) | ASID low:12 | address 16.. | flags:12  |type|  larger frame
     *          | vaddr:20 (4 KiB) | ASID low:12 | address 10.. | flags:6   |type|  table, ASID pool
     *   flags, from bit 4:  small frame   rights:2 device:1 ASID high:5
     *                       larger frame  size:2 device:1 rights:2 ASID high:5
     *                       table         mapped:1 ASID high:5
     *
     * Links count from one, so that an empty slot is all zero and a slot at address 0 can still be linked to.
     */
    /** Bits of the type, in the lowest bits of word 0. */
    static final Bits TYPE = new Bits("type", 0, 0, 4);

    /** Slots of 32 bytes. */
    public static final SlotLayout WIDE = new SlotLayout(
            5,
            new Bits("bits", 0, 47, 6),
            new Bits("device", 0, 53, 1),
            new Bits("free", 8, 0, 44),
            new Bits("rights", 0, 47, 4),
            new Bits("badge", 8, 0, 64),
            new Bits("radix", 0, 47, 6),
            new Bits("guard bits", 0, 53, 6),
            new Bits("guard", 8, 0, 64),
            new Bits("thread", 0, 47, 1),
            new Bits("radix", 0, 48, 6),
            new Bits("slots", 8, 0, 64),
            new Bits("size", 0, 47, 2),
            new Bits("device", 0, 49, 1),
            new Bits("rights", 0, 50, 2),
            new Bits("map type", 0, 52, 2),
            new Bits("mapped", 0, 47, 1),
            new Bits("ASID", 8, 48, 16),
            new Bits("vaddr", 8, 0, 48),
            new Bits("control", 0, 47, 4),
            new Bits("revocable", 16, 0, 1),
            new Bits("first badged", 16, 1, 1),
            new Bits("next", 16, 5, 59),
            new Bits("previous", 24, 5, 59));

    /** Slots of 16 bytes. */
    public static final SlotLayout NARROW = new SlotLayout(
            4,
            new Bits("bits", 0, 32, 5),
            new Bits("device", 0, 37, 1),
            new Bits("free", 0, 38, 26),
            new Bits("rights", 0, 32, 4),
            new Bits("badge", 0, 36, 28),
            new Bits("radix", 0, 32, 5),
            new Bits("guard bits", 0, 37, 5),
            new Bits("guard", 0, 42, 18),
            new Bits("thread", 0, 32, 1),
            new Bits("radix", 0, 33, 5),
            new Bits("slots", 0, 38, 26),
            new Bits("size", 0, 4, 2),
            new Bits("device", 0, 6, 1),
            new Bits("rights", 0, 7, 2),
            new Bits("map type", 0, 9, 1),
            new Bits("mapped", 0, 4, 1),
            new Bits("ASID", 0, 32, 10),
            new Bits("vaddr", 0, 42, 22),
            new Bits("control", 0, 32, 4),
            new Bits("revocable", 8, 0, 1),
            new Bits("first badged", 8, 1, 1),
            new Bits("next", 8, 4, 28),
            new Bits("previous", 8, 36, 28));

    /** Slots of 16 bytes on aarch32, where {@link MappingFields} knows what depends on a frame's size. */
    public static final SlotLayout AARCH32 = new SlotLayout(
            4,
            NARROW.untypedBits,
            NARROW.untypedDevice,
            NARROW.freeUnits,
            NARROW.rights,
            NARROW.badge,
            NARROW.radix,
            NARROW.guardBits,
            NARROW.guard,
            NARROW.zombieTcb,
            NARROW.zombieRadix,
            NARROW.zombieSlots,
            new Bits("size", 0, 4, 2),
            new Bits("device", 0, 6, 1),
            new Bits("rights", 0, 7, 2),
            new Bits("map type", 0, 14, 1),
            new Bits("mapped", 0, 4, 1),
            new Bits("ASID", 0, 32, 12),
            new Bits("vaddr", 0, 44, 20),
            NARROW.control,
            NARROW.revocable,
            NARROW.firstBadged,
            NARROW.next,
            NARROW.previous);

    /** On aarch32 the rights of a small frame. */
    static final Bits SMALL_FRAME_RIGHTS = new Bits("rights", 0, 4, 2);

    /** On aarch32 the high bits of a small frame's ASID. */
    static final Bits SMALL_FRAME_ASID = new Bits("ASID high", 0, 7, 5);

    /** On aarch32 the high bits of a larger frame's ASID. */
    static final Bits FRAME_ASID = new Bits("ASID high", 0, 9, 5);

    /** On aarch32 the high bits of the ASID of a table or a pool. */
    static final Bits TABLE_ASID = new Bits("ASID high", 0, 5, 5);

    /** The address in a small frame's word 0 on aarch32. */
    static final long SMALL_FRAME_ADDRESS = 0xffff_f000L;

    /** The address in every word 0 of a wide slot. */
    static final long WIDE_ADDRESS = 0x7fff_ffff_fff0L;

    private static final long NARROW_ADDRESS = 0xffff_fff0L;
    private static final long NARROW_TABLE_ADDRESS = 0xffff_ff00L;
    private static final long NARROW_FRAME_ADDRESS = 0xffff_fc00L;
    private static final long AARCH32_TABLE_ADDRESS = 0xffff_fc00L;
    private static final long AARCH32_FRAME_ADDRESS = 0xffff_0000L;

    /**
     * The layout of an architecture's slots.
     *
     * @param architecture the architecture
     * @return one of the three
     */
    public static SlotLayout of(Architecture architecture) {
        return hasWideAsids(architecture) ? AARCH32 : architecture.wordBits() == Long.SIZE ? WIDE : NARROW;
    }

    /** Whether ASIDs have more bits than a narrow slot has room for in one place. */
    static boolean hasWideAsids(Architecture architecture) {
        return architecture.wordBits() != Long.SIZE && architecture.asidBits() > NARROW.asid.width();
    }

    /** The bits of word 0 that are the object's address, in place. */
    long addressMask(CapabilityType type) {
        if (slotBits == WIDE.slotBits) {
            return WIDE_ADDRESS;
        }
        boolean wideAsids = asid.width() == AARCH32.asid.width();
        return switch (type) {
            case FRAME -> wideAsids ? AARCH32_FRAME_ADDRESS : NARROW_FRAME_ADDRESS;
            case PAGE_TABLE, PAGE_DIRECTORY, PDPT, VSPACE, ASID_POOL ->
                wideAsids ? AARCH32_TABLE_ADDRESS : NARROW_TABLE_ADDRESS;
            default -> NARROW_ADDRESS;
        };
    }
}
