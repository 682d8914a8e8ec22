package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What memory a capability stands for, and when two capabilities stand for the same. */
public final class ObjectRegions {
    private static final int ASID_POOL_BITS = 12;
    private static final int NO_MEMORY = -1;

    private final Slots slots;
    private final int slotBits;
    private final ObjectTypes types;
    private final int[] fixedBits;
    private final int[] frameBits;

    /**
     * Regions as an architecture has them.
     *
     * @param slots the capabilities
     * @param architecture decides the sizes of objects
     */
    public ObjectRegions(Slots slots, Architecture architecture) {
        this(slots, architecture, architecture.sizeBits(ObjectType.TCB, 0));
    }

    /**
     * Regions as a kernel has them.
     *
     * @param slots the capabilities
     * @param architecture decides the sizes of objects
     * @param tcbBits but for that of a TCB, which this does
     */
    public ObjectRegions(Slots slots, Architecture architecture, @SizeBits int tcbBits) {
        this.slots = slots;
        this.slotBits = architecture.slotBits();
        this.types = new ObjectTypes(slots, architecture);
        this.fixedBits = new int[CapabilityType.values().length];
        for (CapabilityType type : CapabilityType.values()) {
            fixedBits[type.ordinal()] = fixedBits(architecture, type);
        }
        fixedBits[CapabilityType.TCB.ordinal()] = tcbBits;
        this.frameBits = architecture.frames().stream()
                .mapToInt(frame -> architecture.sizeBits(frame, 0))
                .toArray();
    }

    private static int fixedBits(Architecture architecture, CapabilityType type) {
        return switch (type) {
            case ENDPOINT -> architecture.sizeBits(ObjectType.ENDPOINT, 0);
            case NOTIFICATION -> architecture.sizeBits(ObjectType.NOTIFICATION, 0);
            case PAGE_DIRECTORY -> bitsOf(architecture, ObjectType.PAGE_DIRECTORY);
            case PDPT -> bitsOf(architecture, ObjectType.PDPT);
            case VSPACE -> bitsOf(architecture, ObjectType.VSPACE);
            case ASID_POOL -> ASID_POOL_BITS;
            default -> NO_MEMORY;
        };
    }

    private static int bitsOf(Architecture architecture, ObjectType type) {
        return architecture.has(type) ? architecture.sizeBits(type, 0) : NO_MEMORY;
    }

    /**
     * The size of the object that a capability refers to.
     *
     * @param slot the slot
     * @return its size in bits; negative if the capability stands for no memory
     */
    public @SizeBits int sizeBits(@PhysAddr long slot) {
        return sizeBitsOf(slots.word(slot));
    }

    /** The type of the object that a capability refers to; null if a retype makes no such object. */
    @Nullable
    ObjectType type(long slot) {
        return types.type(slot);
    }

    /** The size of the object in a word 0, which has all that decides it. */
    int sizeBitsOf(long word) {
        CapabilityType type = slots.typeOf(word);
        return switch (type) {
            case UNTYPED -> slots.untyped().sizeBitsOf(word);
            case CNODE -> slots.cnode().radixOf(word) + slotBits;
            case FRAME -> frameBits[slots.frame().sizeOf(word)];
            case ZOMBIE ->
                slots.zombie().isTcbOf(word)
                        ? fixedBits[CapabilityType.TCB.ordinal()]
                        : slots.zombie().radixOf(word) + slotBits;
            case PAGE_TABLE -> types.tableBits(word);
            case OBJECT -> types.objectBits(word);
            default -> fixedBits[type.ordinal()];
        };
    }

    /**
     * Whether the second capability's object is that of the first, or for an untyped lies in its range.
     *
     * @param outer slot of the first capability
     * @param inner slot of the second capability
     * @return true if it does
     */
    public boolean covers(@PhysAddr long outer, @PhysAddr long inner) {
        return coversWord(slots.word(outer), slots.word(inner));
    }

    /** The same for the words 0 of two capabilities. */
    boolean coversWord(long word, long other) {
        CapabilityType type = slots.typeOf(word);
        if (type == CapabilityType.CONTROL) {
            return isSame(word, other) || coversControl(word, other);
        }
        if (type != CapabilityType.UNTYPED) {
            return isSame(word, other);
        }
        int bits = sizeBitsOf(other);
        long size = 1L << slots.untyped().sizeBitsOf(word);
        long offset = slots.objectOf(other) - slots.objectOf(word);
        return bits >= 0 && offset >= 0 && offset < size && 1L << bits <= size - offset;
    }

    /**
     * Whether two capabilities refer to one object; two untypeds never do.
     *
     * @param left slot of the one
     * @param right slot of the other
     * @return true if they do
     */
    public boolean isSameObject(@PhysAddr long left, @PhysAddr long right) {
        return isSame(slots.word(left), slots.word(right));
    }

    /** All handlers and signals come from the control over interrupts, all ranges of ports from the one over ports. */
    private boolean coversControl(long word, long other) {
        if (slots.typeOf(other) != CapabilityType.CONTROL) {
            return false;
        }
        ControlKind kind = slots.control().kindOf(other);
        return switch (slots.control().kindOf(word)) {
            case IRQ_CONTROL -> kind == ControlKind.IRQ_HANDLER || kind == ControlKind.SGI_SIGNAL;
            case IO_PORT_CONTROL -> kind == ControlKind.IO_PORT;
            default -> false;
        };
    }

    /** Equal type and address say it all: objects of one type do not overlap, whatever their sizes. */
    boolean isSame(long word, long other) {
        CapabilityType type = slots.typeOf(word);
        if (type != slots.typeOf(other)) {
            return false;
        }
        return switch (type) {
            case NULL, UNTYPED, ZOMBIE -> false;
            case CONTROL -> slots.control().identityOf(word) == slots.control().identityOf(other);
            default -> slots.objectOf(word) == slots.objectOf(other);
        };
    }
}
