package org.allocman.sim.kernel;

import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;
import org.allocman.vka.layout.Bits;

/**
 * The three ways in which a capability and its node of the derivation list are packed into a slot. The fields of each type
 * of capability are named in a class of its own, {@link UntypedCap} for instance, with a layout for each of these.
 */
public enum SlotLayout {
    /*
     * 64-bit kernels, 32 bytes. Objects lie below 2^47.
     *
     *           63               47 46                                   4 3  0
     *   word 0 | small fields      | object's address, bits 4 to 46       |type|
     *   word 1 | free index | badge | guard | zombie's number | ASID:16 vaddr:48 (KiB)   |
     *   word 2 | next slot / 32 + 1                          : 59 | . |first badged|revocable|
     *   word 3 | previous slot / 32 + 1                      : 59 | .                        |
     *
     *   small fields, from bit 47:  untyped  size bits:6 device:1
     *                               endpoint, notification  rights:4
     *                               CNode    radix:6 guard size:6
     *                               zombie   thread:1 radix:6
     *                               frame    size:2 device:1 rights:2 map type:2
     *                               table    mapped:1 kind:3  control  which:4
     *                               object   type's number:6 size bits:6 rights:4; a structure of a guest's tables has its
     *                               ASID and address in word 1, as a table has, and in the rights whether it is mapped
     *   I/O ports have their first in bits 4 to 19 and their last in bits 20 to 35, 32-bit kernels in bits 36 to 51.
     *
     * 32-bit kernels, 16 bytes. The address stays in place and loses to flags the low bits that alignment makes zero.
     *
     *           63           42 41         32 31                         4 3  0
     *   word 0 | free index:26 | device, bits | object's address          |type|  untyped
     *          | badge:28            | rights | object's address          |type|  endpoint, notification
     *          | . | guard:18 | size:5 radix:5| object's address          |type|  CNode
     *          | zombie's number:26|radix:5|t:1| object's address         |type|  zombie
     *          | vaddr:22 (KiB) | ASID:10     | address 10.. | flags:6    |type|  frame
     *          | vaddr:22 (KiB) | ASID:10     | address 8..    | flags:4  |type|  table, ASID pool
     *          | rights:4 size bits:6 number:6 | object's address        |type|  object whose type is named
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
    /** Slots of 32 bytes, on 64-bit kernels. */
    WIDE(5, 0x7fff_ffff_fff0L, 0x7fff_ffff_fff0L, 0x7fff_ffff_fff0L),

    /** Slots of 16 bytes, on 32-bit kernels. */
    NARROW(4, 0xffff_fff0L, 0xffff_fc00L, 0xffff_ff00L),

    /** Slots of 16 bytes on aarch32, whose ASIDs are wider. */
    AARCH32(4, 0xffff_fff0L, 0xffff_0000L, 0xffff_fc00L);

    /** Bits of the type, in the lowest bits of word 0. */
    static final Bits TYPE = new Bits("type", 0, 0, 4);

    /** The address in a small frame's word 0 on aarch32. */
    static final long SMALL_FRAME_ADDRESS = 0xffff_f000L;

    private static final int NARROW_ASID_BITS = 10;

    private final @SizeBits int slotBits;
    private final long address;
    private final long frameAddress;
    private final long tableAddress;

    SlotLayout(@SizeBits int slotBits, long address, long frameAddress, long tableAddress) {
        this.slotBits = slotBits;
        this.address = address;
        this.frameAddress = frameAddress;
        this.tableAddress = tableAddress;
    }

    /**
     * The layout of an architecture's slots.
     *
     * @param architecture the architecture
     * @return one of the three
     */
    public static SlotLayout of(Architecture architecture) {
        if (architecture.wordBits() == Long.SIZE) {
            return WIDE;
        }
        return architecture.asidBits() > NARROW_ASID_BITS ? AARCH32 : NARROW;
    }

    /**
     * How much of a slot the fields take; a kernel of one's own can have larger slots.
     *
     * @return size in bits
     */
    public @SizeBits int slotBits() {
        return slotBits;
    }

    /** The bits of word 0 that are the object's address, in place. */
    long addressMask(CapabilityType type) {
        return switch (type) {
            case FRAME -> frameAddress;
            case PAGE_TABLE, PAGE_DIRECTORY, PDPT, VSPACE, ASID_POOL -> tableAddress;
            default -> address;
        };
    }
}
