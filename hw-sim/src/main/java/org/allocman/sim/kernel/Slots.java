package org.allocman.sim.kernel;

import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/**
 * Capability slots in physical memory, field by field. A slot is named by its physical address. Fields mean something
 * only for the types that {@link SlotLayout} gives them to; nothing here checks that.
 */
public final class Slots {
    private static final int FREE_UNIT_SHIFT = 4;

    private final PagedMemory memory;
    private final boolean wide;
    private final boolean wideAsids;
    private final boolean hasOwnObjects;
    private final int slotBits;
    private final CapabilityType[] types;
    private final long[] addressMasks;
    private final MappingFields mapping;

    /**
     * Slots as an architecture has them.
     *
     * @param memory the physical memory
     * @param architecture decides how large they are and where their fields lie
     */
    public Slots(PagedMemory memory, Architecture architecture) {
        this.memory = memory;
        this.wide = architecture.wordBits() == Long.SIZE;
        this.wideAsids = SlotLayout.hasWideAsids(architecture);
        this.hasOwnObjects = architecture.types().stream().anyMatch(type -> type.kind() == ObjectType.Kind.PLAIN);
        this.slotBits = architecture.slotBits();
        this.types = CapabilityType.byNumber(wideAsids);
        this.mapping = new MappingFields(memory, SlotLayout.of(architecture), wideAsids);
        this.addressMasks = new long[1 << SlotLayout.TYPE.width()];
        for (CapabilityType type : CapabilityType.values()) {
            addressMasks[type.ordinal()] = layout().addressMask(type);
        }
        if (wideAsids) {
            addressMasks[CapabilityType.SMALL_FRAME] = SlotLayout.SMALL_FRAME_ADDRESS;
        }
    }

    /**
     * The fields.
     *
     * @return the layout of a slot
     */
    public SlotLayout layout() {
        return wide ? SlotLayout.WIDE : wideAsids ? SlotLayout.AARCH32 : SlotLayout.NARROW;
    }

    /** The memory they lie in. */
    PagedMemory memory() {
        return memory;
    }

    /**
     * The size of a slot.
     *
     * @return its size in bits: 5 on seL4's 64-bit kernels, 4 on its 32-bit ones
     */
    public @SizeBits int slotBits() {
        return slotBits;
    }

    /**
     * The size of a slot.
     *
     * @return 32 bytes on seL4's 64-bit kernels, 16 on its 32-bit ones
     */
    public @Bytes int bytes() {
        return 1 << slotBits;
    }

    /**
     * A slot of a CNode, or of a thread.
     *
     * @param object the object's address
     * @param index number of the slot
     * @return the slot
     */
    public @PhysAddr long at(@PhysAddr long object, long index) {
        return object + (index << slotBits);
    }

    /**
     * What a slot holds.
     *
     * @param slot the slot
     * @return the type of its capability
     */
    public CapabilityType type(@PhysAddr long slot) {
        return types[(int) memory.load64(slot, 0) & 15];
    }

    /**
     * Whether the number in a slot is one of a type; always so where the kernel writes.
     *
     * @param slot the slot
     * @return false if the slot holds nonsense
     */
    public boolean isOfAType(@PhysAddr long slot) {
        int number = (int) memory.load64(slot, 0) & 15;
        return number < CapabilityType.SMALL_FRAME || wideAsids || hasOwnObjects;
    }

    /**
     * Whether a slot is empty.
     *
     * @param slot the slot
     * @return true if it holds nothing
     */
    public boolean isEmpty(@PhysAddr long slot) {
        return (memory.load64(slot, 0) & 15) == 0;
    }

    /**
     * How far the slots of an object are in use. What was never written is passed over a page at a time.
     *
     * @param object the object's address
     * @param count how many slots it has
     * @return one more than the number of the last slot that is not empty; 0 if all are
     */
    long used(@PhysAddr long object, long count) {
        return memory.countUpToLast(object, slotBits, count);
    }

    /**
     * The object that a capability refers to.
     *
     * @param slot the slot
     * @return its physical address; 0 for the capabilities without an object
     */
    public @PhysAddr long object(@PhysAddr long slot) {
        return objectOf(memory.load64(slot, 0));
    }

    /**
     * Writes type and object and sets every other field of the capability to zero; the links stay.
     *
     * @param slot the slot
     * @param type what it is to hold
     * @param object the object's physical address
     */
    public void put(@PhysAddr long slot, CapabilityType type, @PhysAddr long object) {
        boolean isSmallFrame = wideAsids && type == CapabilityType.FRAME;
        memory.store64(slot, 0, object | (isSmallFrame ? CapabilityType.SMALL_FRAME : type.ordinal()));
        if (wide) {
            memory.store64(slot, 8, 0);
        }
    }

    /**
     * Copies a capability, without its links.
     *
     * @param from the slot to read
     * @param to the slot to write
     */
    public void copyCapability(@PhysAddr long from, @PhysAddr long to) {
        memory.store64(to, 0, memory.load64(from, 0));
        if (wide) {
            memory.store64(to, 8, memory.load64(from, 8));
        }
    }

    /**
     * Empties a slot: all its words become zero.
     *
     * @param slot the slot
     */
    public void clear(@PhysAddr long slot) {
        for (int offset = 0; offset < bytes(); offset += Long.BYTES) {
            memory.store64(slot, offset, 0);
        }
    }

    /**
     * Word 0 of a capability, for whoever reads several of its fields; see {@link SlotLayout}.
     *
     * @param slot the slot
     * @return the word
     */
    long word(@PhysAddr long slot) {
        return memory.load64(slot, 0);
    }

    /** The type in a word 0. */
    CapabilityType typeOf(long word) {
        return types[(int) word & 15];
    }

    /** The object in a word 0. */
    long objectOf(long word) {
        return word & (wide ? SlotLayout.WIDE_ADDRESS : addressMasks[(int) word & 15]);
    }

    /**
     * An untyped's size.
     *
     * @param slot the slot
     * @return its size in bits
     */
    public @SizeBits int untypedBits(@PhysAddr long slot) {
        return (int) layout().untypedBits().get(memory, slot);
    }

    /**
     * Sets an untyped's size.
     *
     * @param slot the slot
     * @param bits its size in bits
     */
    public void setUntypedBits(@PhysAddr long slot, @SizeBits int bits) {
        layout().untypedBits().set(memory, slot, bits);
    }

    /**
     * Whether an untyped or a frame is device memory.
     *
     * @param slot the slot
     * @return false for every other type
     */
    public boolean isDevice(@PhysAddr long slot) {
        long word = memory.load64(slot, 0);
        return switch (typeOf(word)) {
            case UNTYPED -> layout().untypedDevice().of(word) != 0;
            case FRAME -> layout().frameDevice().of(word) != 0;
            default -> false;
        };
    }

    /**
     * Says whether an untyped or a frame is device memory.
     *
     * @param slot the slot
     * @param device true if it is
     */
    public void setDevice(@PhysAddr long slot, boolean device) {
        (type(slot) == CapabilityType.FRAME ? layout().frameDevice() : layout().untypedDevice())
                .set(memory, slot, device ? 1 : 0);
    }

    /**
     * How far an untyped's watermark has come.
     *
     * @param slot the slot
     * @return bytes from its start, a multiple of 16, at most its size
     */
    public @Bytes long freeIndex(@PhysAddr long slot) {
        return layout().freeUnits().get(memory, slot) << FREE_UNIT_SHIFT;
    }

    /**
     * The word in which an untyped's watermark is.
     *
     * @param slot the slot
     * @return physical address, a multiple of 8
     */
    public @PhysAddr long watermarkWord(@PhysAddr long slot) {
        return slot + layout().freeUnits().offset();
    }

    /**
     * A {@link #watermarkWord} with a watermark of 0.
     *
     * @param word the word
     * @return the word with the bits of the watermark cleared
     */
    public long withoutWatermark(long word) {
        return layout().freeUnits().into(word, 0);
    }

    /**
     * Sets an untyped's watermark.
     *
     * @param slot the slot
     * @param bytes bytes from its start, a multiple of 16, at most its size
     */
    public void setFreeIndex(@PhysAddr long slot, @Bytes long bytes) {
        layout().freeUnits().set(memory, slot, bytes >>> FREE_UNIT_SHIFT);
    }

    /**
     * What an endpoint or notification capability allows.
     *
     * @param slot the slot
     * @return the bits of {@link org.allocman.vka.CapRights}
     */
    public int rights(@PhysAddr long slot) {
        return (int) layout().rights().get(memory, slot);
    }

    /**
     * Sets what an endpoint or notification capability allows.
     *
     * @param slot the slot
     * @param rights the bits of {@link org.allocman.vka.CapRights}
     */
    public void setRights(@PhysAddr long slot, int rights) {
        layout().rights().set(memory, slot, rights);
    }

    /**
     * An endpoint's or notification's badge.
     *
     * @param slot the slot
     * @return the badge, 0 for none
     */
    public long badge(@PhysAddr long slot) {
        return layout().badge().get(memory, slot);
    }

    /**
     * Sets an endpoint's or notification's badge.
     *
     * @param slot the slot
     * @param badge the badge; 32-bit kernels keep its low 28 bits
     */
    public void setBadge(@PhysAddr long slot, long badge) {
        layout().badge().set(memory, slot, badge);
    }

    /**
     * A CNode's radix.
     *
     * @param slot the slot
     * @return binary logarithm of its number of slots
     */
    public int radix(@PhysAddr long slot) {
        return (int) layout().radix().get(memory, slot);
    }

    /**
     * Sets a CNode's radix.
     *
     * @param slot the slot
     * @param radix binary logarithm of its number of slots
     */
    public void setRadix(@PhysAddr long slot, int radix) {
        layout().radix().set(memory, slot, radix);
    }

    /**
     * The size of a CNode's guard.
     *
     * @param slot the slot
     * @return bits
     */
    public int guardBits(@PhysAddr long slot) {
        return (int) layout().guardBits().get(memory, slot);
    }

    /**
     * A CNode's guard.
     *
     * @param slot the slot
     * @return the bits that a cptr must have there
     */
    public @CPtr long guard(@PhysAddr long slot) {
        return layout().guard().get(memory, slot);
    }

    /**
     * Sets a CNode's guard.
     *
     * @param slot the slot
     * @param bits its size
     * @param guard the bits that a cptr must have there
     */
    public void setGuard(@PhysAddr long slot, int bits, @CPtr long guard) {
        layout().guardBits().set(memory, slot, bits);
        layout().guard().set(memory, slot, guard);
    }

    /**
     * Turns a slot's capability into a zombie of its object.
     *
     * @param slot the slot
     * @param object the object's physical address
     * @param thread whether the object is a thread, not a CNode
     * @param radix the CNode's radix; 0 for a thread
     * @param left how many slots of the object are left to empty
     */
    void putZombie(@PhysAddr long slot, @PhysAddr long object, boolean thread, int radix, long left) {
        put(slot, CapabilityType.ZOMBIE, object);
        layout().zombieTcb().set(memory, slot, thread ? 1 : 0);
        layout().zombieRadix().set(memory, slot, radix);
        layout().zombieSlots().set(memory, slot, left);
    }

    /**
     * Whether a zombie was a thread.
     *
     * @param slot the slot
     * @return false if it was a CNode
     */
    public boolean isZombieOfThread(@PhysAddr long slot) {
        return layout().zombieTcb().get(memory, slot) != 0;
    }

    /**
     * The radix of the CNode that a zombie was.
     *
     * @param slot the slot
     * @return binary logarithm of its number of slots; 0 for a thread
     */
    public int zombieRadix(@PhysAddr long slot) {
        return (int) layout().zombieRadix().get(memory, slot);
    }

    /**
     * How many slots of a zombie's object are left to empty.
     *
     * @param slot the slot
     * @return slots, from the object's first
     */
    public long zombieSlots(@PhysAddr long slot) {
        return layout().zombieSlots().get(memory, slot);
    }

    void setZombieSlots(@PhysAddr long slot, long left) {
        layout().zombieSlots().set(memory, slot, left);
    }

    /**
     * The fields of frames and paging structures.
     *
     * @return how they are mapped
     */
    public MappingFields mapping() {
        return mapping;
    }

    /**
     * Which of the capabilities without an object it is.
     *
     * @param slot a slot with a control capability
     * @return which
     */
    public ControlKind control(@PhysAddr long slot) {
        return ControlKind.numbered((int) layout().control().get(memory, slot));
    }

    /**
     * Puts a capability without an object into a slot; the links stay.
     *
     * @param slot the slot
     * @param kind which
     */
    public void putControl(@PhysAddr long slot, ControlKind kind) {
        put(slot, CapabilityType.CONTROL, 0);
        layout().control().set(memory, slot, kind.ordinal());
    }

    /**
     * Whether later entries of the derivation list that refer to the same object are children.
     *
     * @param slot the slot
     * @return the mark
     */
    public boolean isRevocable(@PhysAddr long slot) {
        return layout().revocable().get(memory, slot) != 0;
    }

    /**
     * Whether an entry of the derivation list starts a family of its own badge.
     *
     * @param slot the slot
     * @return the mark
     */
    public boolean isFirstBadged(@PhysAddr long slot) {
        return layout().firstBadged().get(memory, slot) != 0;
    }

    /**
     * The next entry of the derivation list.
     *
     * @param slot the slot
     * @return the next slot; negative if it is the last
     */
    public @PhysAddr long next(@PhysAddr long slot) {
        return layout().next().get(memory, slot) - 1 << slotBits;
    }

    /**
     * The previous entry of the derivation list.
     *
     * @param slot the slot
     * @return the previous slot; negative if it is the first
     */
    public @PhysAddr long previous(@PhysAddr long slot) {
        return layout().previous().get(memory, slot) - 1 << slotBits;
    }

    /**
     * Sets the mark that later entries for the same object are children.
     *
     * @param slot the slot
     * @param revocable the mark
     */
    public void setRevocable(@PhysAddr long slot, boolean revocable) {
        layout().revocable().set(memory, slot, revocable ? 1 : 0);
    }

    /**
     * Sets the mark that an entry starts a family of its own badge.
     *
     * @param slot the slot
     * @param firstBadged the mark
     */
    public void setFirstBadged(@PhysAddr long slot, boolean firstBadged) {
        layout().firstBadged().set(memory, slot, firstBadged ? 1 : 0);
    }

    /**
     * Sets the link to the next entry of the derivation list.
     *
     * @param slot the slot
     * @param next the next slot; negative if there is none
     */
    public void setNext(@PhysAddr long slot, @PhysAddr long next) {
        layout().next().set(memory, slot, link(next));
    }

    /**
     * Sets the link to the previous entry of the derivation list.
     *
     * @param slot the slot
     * @param previous the previous slot; negative if there is none
     */
    public void setPrevious(@PhysAddr long slot, @PhysAddr long previous) {
        layout().previous().set(memory, slot, link(previous));
    }

    /** Writes links and marks of a slot in one go. */
    void putLinks(long slot, long previous, long next, boolean revocable, boolean firstBadged) {
        long forward = layout().next().into(0, link(next));
        forward = layout().revocable().into(forward, revocable ? 1 : 0);
        forward = layout().firstBadged().into(forward, firstBadged ? 1 : 0);
        if (wide) {
            memory.store64(slot, layout().next().offset(), forward);
            memory.store64(
                    slot, layout().previous().offset(), layout().previous().into(0, link(previous)));
        } else {
            memory.store64(slot, layout().next().offset(), layout().previous().into(forward, link(previous)));
        }
    }

    /** Exchanges all words of two slots, links as they are. */
    void swapWords(long one, long other) {
        for (int offset = 0; offset < bytes(); offset += Long.BYTES) {
            long word = memory.load64(one, offset);
            memory.store64(one, offset, memory.load64(other, offset));
            memory.store64(other, offset, word);
        }
    }

    private long link(long slot) {
        return slot < 0 ? 0 : (slot >>> slotBits) + 1;
    }
}
