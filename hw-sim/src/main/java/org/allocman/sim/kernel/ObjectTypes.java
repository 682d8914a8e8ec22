package org.allocman.sim.kernel;

import java.util.Arrays;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Which capability an object of a type has, and which type an object has by its capability. */
public final class ObjectTypes {
    private static final int NO_MEMORY = -1;

    private final Architecture architecture;
    private final Slots slots;
    private final CapabilityType[] capabilities;
    private final int[] tableKinds;
    private final @Nullable ObjectType[] tables;
    private final int[] tableBits;
    private final boolean hasOwnTables;

    /**
     * Types as a kernel has them.
     *
     * @param slots the capabilities
     * @param architecture the kernel's
     */
    public ObjectTypes(Slots slots, Architecture architecture) {
        this.architecture = architecture;
        this.slots = slots;
        int most = 0;
        for (ObjectType type : architecture.types()) {
            most = Math.max(most, type.index() + 1);
        }
        this.capabilities = new CapabilityType[most];
        this.tableKinds = new int[most];
        this.tables =
                new @Nullable ObjectType[1 << slots.table().layout().kind().width()];
        this.tableBits = new int[tables.length];
        Arrays.fill(tableBits, NO_MEMORY);
        int kinds = 0;
        for (ObjectType type : architecture.types()) {
            CapabilityType capability = CapabilityType.of(type);
            capabilities[type.index()] = capability;
            if (capability == CapabilityType.PAGE_TABLE) {
                int kind = type.isOwn() ? ++kinds : 0;
                tableKinds[type.index()] = kind;
                tables[kind] = type;
                tableBits[kind] = architecture.sizeBits(type, 0);
            }
        }
        this.hasOwnTables = kinds != 0;
    }

    /**
     * Writes the capability of a new object, all of whose fields are zero but for its address and its type; the links stay.
     *
     * @param slot the slot
     * @param type the object's type, one that the architecture has
     * @param object the object's physical address
     * @param sizeBits its size in bits
     */
    public void put(@PhysAddr long slot, ObjectType type, @PhysAddr long object, @SizeBits int sizeBits) {
        slots.put(slot, capabilities[type.index()], object);
        if (type.kind() == ObjectType.Kind.PLAIN) {
            slots.own().set(slot, architecture.number(type), sizeBits);
        } else if (type.isOwn()) {
            putKind(slot, type);
        }
    }

    /**
     * Writes into the capability of a paging structure which of the kernel's own types it has, if it has one.
     *
     * @param slot the slot, with zeros there
     * @param type the object's type, one that the architecture has
     */
    public void putKind(@PhysAddr long slot, ObjectType type) {
        if (type.isOwn() && type.kind() == ObjectType.Kind.TABLE) {
            slots.table().setKind(slot, tableKinds[type.index()]);
        }
    }

    /**
     * The type of the object that a capability refers to.
     *
     * @param slot the slot
     * @return the type, or null if the capability is of no object that a retype makes
     */
    public @Nullable ObjectType type(@PhysAddr long slot) {
        long word = slots.word(slot);
        CapabilityType capability = slots.typeOf(word);
        return switch (capability) {
            case FRAME -> architecture.frames().get(slots.frame().size(slot));
            case PAGE_TABLE -> tables[kind(word)];
            case OBJECT -> architecture.type(slots.own().numberOf(word));
            default -> {
                ObjectType type = ObjectType.named(capability.name());
                yield type != null && architecture.has(type) ? type : null;
            }
        };
    }

    /**
     * Whether a capability is to an object of a type, of paging structures above all.
     *
     * @param slot the slot
     * @param type a type that the architecture has
     * @return true if it is
     */
    public boolean isTable(@PhysAddr long slot, ObjectType type) {
        long word = slots.word(slot);
        return slots.typeOf(word) == capabilities[type.index()]
                && (!hasOwnTables
                        || slots.typeOf(word) != CapabilityType.PAGE_TABLE
                        || kind(word) == tableKinds[type.index()]);
    }

    /** Which of the kernel's own types a table in a word 0 with PAGE_TABLE has, or 0. */
    private int kind(long word) {
        return hasOwnTables ? slots.table().kindOf(word) : 0;
    }

    /** The size of a paging structure in a word 0 with PAGE_TABLE. */
    int tableBits(long word) {
        return tableBits[kind(word)];
    }

    /** The size of an object of the kernel's own in a word 0. */
    int objectBits(long word) {
        return slots.own().sizeBitsOf(word);
    }

    /**
     * Whether an object of the kernel's own has a type that there is, and a size that it can have; always so where the kernel
     * writes.
     *
     * @param slot a slot with an {@link CapabilityType#OBJECT}
     * @return false if the slot holds nonsense
     */
    public boolean isSound(@PhysAddr long slot) {
        long word = slots.word(slot);
        ObjectType type = architecture.type(slots.own().numberOf(word));
        int bits = objectBits(word);
        return type != null
                && type.kind() == ObjectType.Kind.PLAIN
                && bits >= architecture.leastSize(type)
                && bits <= architecture.mostSize(type);
    }
}
