package org.allocman.sim.kernel;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Capability slots in physical memory. A slot is named by its physical address. Here are the words of a slot, its type and
 * its object; the fields of each type have a class of their own, as in {@code slots.untyped().freeIndex(slot)}. Fields mean
 * something only for their type; nothing here checks that.
 */
public final class Slots {
    private static final long WIDE_ADDRESS = SlotLayout.WIDE.addressMask(CapabilityType.NULL);

    private final PagedMemory memory;
    private final boolean isWide;
    private final boolean hasSmallFrames;
    private final boolean hasOwnObjects;
    private final int slotBits;
    private final CapabilityType[] types;
    private final long[] addressMasks;
    private final UntypedCap untyped;
    private final EndpointCap endpoint;
    private final CNodeCap cnode;
    private final ZombieCap zombie;
    private final CapMapping mapping;
    private final FrameCap frame;
    private final TableCap table;
    private final ObjectCap own;
    private final ControlCap control;
    private final MdbNode mdb;

    /**
     * Slots as an architecture has them.
     *
     * @param memory the physical memory
     * @param architecture decides how large they are and where their fields lie
     */
    public Slots(PagedMemory memory, Architecture architecture) {
        SlotLayout layout = SlotLayout.of(architecture);
        this.memory = memory;
        this.isWide = layout == SlotLayout.WIDE;
        this.hasSmallFrames = layout == SlotLayout.AARCH32;
        this.hasOwnObjects = architecture.types().stream().anyMatch(type -> type.kind() == ObjectType.Kind.PLAIN);
        this.slotBits = architecture.slotBits();
        this.types = CapabilityType.byNumber(hasSmallFrames);
        this.addressMasks = new long[1 << SlotLayout.TYPE.width()];
        for (CapabilityType type : CapabilityType.values()) {
            addressMasks[type.ordinal()] = layout.addressMask(type);
        }
        if (hasSmallFrames) {
            addressMasks[CapabilityType.SMALL_FRAME] = SlotLayout.SMALL_FRAME_ADDRESS;
            addressMasks[CapabilityType.SMALL_FRAMES_OBJECT] = layout.addressMask(CapabilityType.OBJECT);
        }
        this.untyped = new UntypedCap(memory, layout);
        this.endpoint = new EndpointCap(memory, layout);
        this.cnode = new CNodeCap(memory, layout);
        this.zombie = new ZombieCap(memory, layout);
        this.mapping = new CapMapping(memory, layout);
        this.frame = new FrameCap(memory, layout, mapping);
        this.table = new TableCap(memory, layout);
        this.own = new ObjectCap(memory, layout);
        this.control = new ControlCap(memory, layout);
        this.mdb = new MdbNode(memory, layout, slotBits);
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
        return typeOf(memory.load64(slot, 0));
    }

    /**
     * Whether the number in a slot is one of a type; always so where the kernel writes.
     *
     * @param slot the slot
     * @return false if the slot holds nonsense
     */
    public boolean isOfAType(@PhysAddr long slot) {
        return SlotLayout.TYPE.get(memory, slot) < CapabilityType.SMALL_FRAME || hasSmallFrames || hasOwnObjects;
    }

    /**
     * Whether a slot is empty.
     *
     * @param slot the slot
     * @return true if it holds nothing
     */
    public boolean isEmpty(@PhysAddr long slot) {
        return SlotLayout.TYPE.get(memory, slot) == 0;
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
        long[] pin = pin(slot);
        memory.store64(pin, slot, 0, object | (hasSmallFrames ? numberWithSmallFrames(type) : type.ordinal()));
        if (isWide) {
            memory.store64(pin, slot, 8, 0);
        }
    }

    private static int numberWithSmallFrames(CapabilityType type) {
        return switch (type) {
            case FRAME -> CapabilityType.SMALL_FRAME;
            case OBJECT -> CapabilityType.SMALL_FRAMES_OBJECT;
            default -> type.ordinal();
        };
    }

    /**
     * Copies a capability, without its links.
     *
     * @param from the slot to read
     * @param to the slot to write
     */
    public void copyCapability(@PhysAddr long from, @PhysAddr long to) {
        long[] source = pin(from);
        long[] target = pin(to);
        memory.store64(target, to, 0, memory.load64(source, from, 0));
        if (isWide) {
            memory.store64(target, to, 8, memory.load64(source, from, 8));
        }
    }

    /**
     * Empties a slot: all its words become zero.
     *
     * @param slot the slot
     */
    public void clear(@PhysAddr long slot) {
        clear(pin(slot), slot);
    }

    /** The same for a slot whose page is pinned. */
    void clear(long @Nullable [] pin, long slot) {
        for (int offset = 0; offset < bytes(); offset += Long.BYTES) {
            memory.store64(pin, slot, offset, 0);
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

    /** Word 0 of a capability, for whoever reads several of its fields; see {@link SlotLayout}. */
    long word(@PhysAddr long slot) {
        return memory.load64(slot, 0);
    }

    /** The same for a slot whose page is pinned. */
    long word(long @Nullable [] pin, long slot) {
        return memory.load64(pin, slot, 0);
    }

    /** The page of a slot, for several accesses to it; physical pages stay where they are. */
    long @Nullable [] pin(long slot) {
        return memory.pin(slot);
    }

    /** The type in a word 0. */
    CapabilityType typeOf(long word) {
        return types[(int) SlotLayout.TYPE.of(word)];
    }

    /** The object in a word 0. */
    long objectOf(long word) {
        // on 64-bit kernels the address is in the same bits for every type
        return word & (isWide ? WIDE_ADDRESS : addressMasks[(int) SlotLayout.TYPE.of(word)]);
    }

    /**
     * Whether an untyped or a frame is device memory.
     *
     * @param slot the slot
     * @return false for every other type
     */
    public boolean isDevice(@PhysAddr long slot) {
        return isDeviceOf(memory.load64(slot, 0));
    }

    /** The same for a word 0. */
    boolean isDeviceOf(long word) {
        return switch (typeOf(word)) {
            case UNTYPED -> untyped.isDeviceOf(word);
            case FRAME -> frame.isDeviceOf(word);
            default -> false;
        };
    }

    /**
     * The fields of untypeds.
     *
     * @return size, device, free index
     */
    public UntypedCap untyped() {
        return untyped;
    }

    /**
     * The fields of endpoints and notifications.
     *
     * @return badge, rights
     */
    public EndpointCap endpoint() {
        return endpoint;
    }

    /**
     * The fields of CNodes.
     *
     * @return radix, guard
     */
    public CNodeCap cnode() {
        return cnode;
    }

    /**
     * The fields of zombies.
     *
     * @return their object's kind, how many slots are left
     */
    public ZombieCap zombie() {
        return zombie;
    }

    /**
     * The fields of frames.
     *
     * @return size, device, rights
     */
    public FrameCap frame() {
        return frame;
    }

    /**
     * The fields of paging structures.
     *
     * @return whether they are mapped
     */
    public TableCap table() {
        return table;
    }

    /**
     * The fields that frames, paging structures and ASID pools have in common.
     *
     * @return where they are mapped
     */
    public CapMapping mapping() {
        return mapping;
    }

    /**
     * The field of the capabilities without an object.
     *
     * @return which it is
     */
    public ControlCap control() {
        return control;
    }

    /**
     * The fields of objects whose type the capability names.
     *
     * @return the type's number, size, rights
     */
    public ObjectCap own() {
        return own;
    }

    /**
     * The links and marks of the derivation list, which every slot has.
     *
     * @return links, marks
     */
    public MdbNode mdb() {
        return mdb;
    }
}
