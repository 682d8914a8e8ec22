package org.allocman.plan;

import java.util.Objects;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * So many of one thing.
 *
 * @param what what is asked for
 * @param type the kind of object; null for slots and memory
 * @param size size bits of an untyped, radix of a CNode, bytes of memory, otherwise 0
 * @param count how many, 0 to {@link #MOST}
 * @param paddr the physical address of the first, the others lying behind it; {@link #ANYWHERE} for any
 */
public record Demand(
        What what,
        @Nullable ObjectType type,
        int size,
        long count,
        @PhysAddr long paddr) {
    /** In place of an address: it does not matter where. */
    public static final long ANYWHERE = -1;

    /** The most of one thing that can be asked for. */
    public static final long MOST = 1_000_000_000;

    private static final int MOST_MEMORY = 4032;

    /** What is asked for. */
    public enum What {
        /** A kernel object, with its slot. */
        OBJECT,
        /** An empty capability slot. */
        SLOT,
        /** Memory of the pools, for the user's own book-keeping. */
        MEMORY
    }

    /**
     * Checks what does not depend on an architecture.
     *
     * @param what what is asked for
     * @param type the kind of object; null for slots and memory
     * @param size size bits of an untyped, radix of a CNode, bytes of memory, otherwise 0
     * @param count how many, 0 to {@link #MOST}
     * @param paddr the physical address of the first, the others lying behind it; {@link #ANYWHERE} for any
     */
    public Demand {
        Objects.requireNonNull(what, "what");
        if (count < 0 || count > MOST) {
            throw new IllegalArgumentException("0 to " + MOST + " can be asked for, not " + count);
        }
        if ((what == What.OBJECT) != (type != null)) {
            throw new IllegalArgumentException("objects have a type, and nothing else has");
        }
        if (paddr != ANYWHERE && (paddr < 0 || what != What.OBJECT)) {
            throw new IllegalArgumentException("only objects have an address, and none is negative");
        }
    }

    /**
     * Objects.
     *
     * @param type their kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @param count how many
     * @return the demand
     */
    public static Demand objects(ObjectType type, int size, long count) {
        Objects.requireNonNull(type, "type");
        return objectsAt(type, size, count, ANYWHERE);
    }

    /**
     * Objects at an address, one behind the other.
     *
     * @param type their kind
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored
     * @param count how many
     * @param paddr the physical address of the first; {@link #ANYWHERE} for any
     * @return the demand
     */
    public static Demand objectsAt(ObjectType type, int size, long count, @PhysAddr long paddr) {
        Objects.requireNonNull(type, "type");
        return new Demand(What.OBJECT, type, type.isSizedByCaller() ? size : 0, count, paddr);
    }

    /**
     * Empty slots.
     *
     * @param count how many
     * @return the demand
     */
    public static Demand slots(long count) {
        return new Demand(What.SLOT, null, 0, count, ANYWHERE);
    }

    /**
     * Memory of the pools.
     *
     * @param bytes how many bytes at one time, 1 to 4032
     * @param count how many times
     * @return the demand
     */
    public static Demand memory(@Bytes int bytes, long count) {
        return new Demand(What.MEMORY, null, bytes, count, ANYWHERE);
    }

    /**
     * The untyped memory that one of it takes.
     *
     * @param architecture fixes the sizes
     * @return bytes; 0 for slots and memory of the pools
     */
    public @Bytes long bytesOfOne(Architecture architecture) {
        Objects.requireNonNull(architecture, "architecture");
        return type == null ? 0 : 1L << architecture.sizeBits(type, size);
    }

    /**
     * What is wrong with it on an architecture.
     *
     * @param architecture fixes types and sizes
     * @return a sentence; null if it can be asked for
     */
    public @Nullable String problem(Architecture architecture) {
        Objects.requireNonNull(architecture, "architecture");
        ObjectType kind = type;
        if (kind == null) {
            return what == What.MEMORY && (size < 1 || size > MOST_MEMORY)
                    ? "the pools give 1 to " + MOST_MEMORY + " bytes at one time, not " + size
                    : null;
        }
        if (!architecture.has(kind)) {
            return architecture.text() + " has no object of type " + kind.text();
        }
        return switch (kind.kind()) {
            case CNODE -> outside(architecture, kind, "a CNode", " slots");
            case UNTYPED -> outside(architecture, kind, "an untyped", " bytes");
            default -> kind.isSizedByCaller() ? outside(architecture, kind, "type " + kind.text(), " bytes") : null;
        };
    }

    private @Nullable String outside(Architecture architecture, ObjectType kind, String who, String unit) {
        int least = architecture.leastSize(kind);
        int most = architecture.mostSize(kind);
        return size >= least && size <= most
                ? null
                : who + " has 2^" + least + " to 2^" + most + unit + ", not 2^" + size;
    }

    /**
     * The name of one of it.
     *
     * @return for instance {@code small page}
     */
    public String text() {
        ObjectType kind = type;
        if (kind == null) {
            return what == What.SLOT ? "slot" : "piece of " + size + " bytes";
        }
        return switch (kind.kind()) {
            case CNODE -> "CNode of 2^" + size + " slots";
            case UNTYPED -> "untyped of 2^" + size + " bytes";
            default -> kind.isSizedByCaller() ? kind.text() + " of 2^" + size + " bytes" : kind.text();
        };
    }
}
