package org.allocman.vka;

import java.util.Locale;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kind of object an untyped can be retyped into. seL4's are constants; a kernel of one's own can have others, made by its
 * {@link ArchitectureBuilder}. Which of them a kernel has, under which number and how large, its {@link Architecture} tells.
 */
public final class ObjectType implements Comparable<ObjectType> {
    /** A smaller untyped; the caller names its size. */
    public static final ObjectType UNTYPED = new ObjectType("untyped", Kind.UNTYPED, 0, true);

    /** A thread control block. */
    public static final ObjectType TCB = new ObjectType("TCB", Kind.TCB, 1);

    /** An endpoint. */
    public static final ObjectType ENDPOINT = new ObjectType("endpoint", Kind.ENDPOINT, 2);

    /** A notification. */
    public static final ObjectType NOTIFICATION = new ObjectType("notification", Kind.NOTIFICATION, 3);

    /** A CNode; the caller names its radix, the binary logarithm of its number of slots. */
    public static final ObjectType CNODE = new ObjectType("CNode", Kind.CNODE, 4, true);

    /** The smallest frame: 4 KiB, on the MPU profile 1 KiB. */
    public static final ObjectType SMALL_PAGE = new ObjectType("small page", Kind.FRAME, 5);

    /** The next larger frame: 2 MiB on 64-bit kernels, 64 KiB on aarch32, 4 MiB on riscv32, 4 KiB on the MPU profile. */
    public static final ObjectType LARGE_PAGE = new ObjectType("large page", Kind.FRAME, 6);

    /** A frame of 1 GiB on 64-bit kernels, 16 KiB on the MPU profile. */
    public static final ObjectType HUGE_PAGE = new ObjectType("huge page", Kind.FRAME, 7);

    /** aarch32: a frame of 1 MiB. */
    public static final ObjectType SECTION = new ObjectType("section", Kind.FRAME, 8);

    /** aarch32: a frame of 16 MiB. */
    public static final ObjectType SUPER_SECTION = new ObjectType("super section", Kind.FRAME, 9);

    /** The lowest level of paging structure, the only one on aarch64 and riscv. */
    public static final ObjectType PAGE_TABLE = new ObjectType("page table", Kind.TABLE, 10);

    /** The level above a page table on x86_64; the root on aarch32. */
    public static final ObjectType PAGE_DIRECTORY = new ObjectType("page directory", Kind.TABLE, 11);

    /** x86_64: the level above a page directory. */
    public static final ObjectType PDPT = new ObjectType("PDPT", Kind.TABLE, 12);

    /** The root of an address space: x86_64's PML4, aarch64's VSpace, the MPU profile's region set. */
    public static final ObjectType VSPACE = new ObjectType("VSpace", Kind.TABLE, 13);

    /** With MCS: a scheduling context; the caller names its size, 7 bits or more. */
    public static final ObjectType SCHED_CONTEXT = new ObjectType("sched context", Kind.PLAIN, 14, true);

    /** With MCS: a reply object. */
    public static final ObjectType REPLY = new ObjectType("reply", Kind.PLAIN, 15);

    /** Hypervisor kernels, and those with VT-x: a virtual CPU. */
    public static final ObjectType VCPU = new ObjectType("VCPU", Kind.PLAIN, 16);

    /** With VT-x: the root of a guest's physical addresses. */
    public static final ObjectType EPT_PML4 = new ObjectType("EPT PML4", Kind.PLAIN, 17);

    /** With VT-x: the level of a guest's physical addresses below the root. */
    public static final ObjectType EPT_PDPT = new ObjectType("EPT PDPT", Kind.PLAIN, 18);

    /** With VT-x: the level below an EPT PDPT. */
    public static final ObjectType EPT_PD = new ObjectType("EPT PD", Kind.PLAIN, 19);

    /** With VT-x: the lowest level. */
    public static final ObjectType EPT_PT = new ObjectType("EPT PT", Kind.PLAIN, 20);

    private static final ObjectType[] SEL4 = {
        UNTYPED,
        TCB,
        ENDPOINT,
        NOTIFICATION,
        CNODE,
        SMALL_PAGE,
        LARGE_PAGE,
        HUGE_PAGE,
        SECTION,
        SUPER_SECTION,
        PAGE_TABLE,
        PAGE_DIRECTORY,
        PDPT,
        VSPACE,
        SCHED_CONTEXT,
        REPLY,
        VCPU,
        EPT_PML4,
        EPT_PDPT,
        EPT_PD,
        EPT_PT
    };

    private final String name;
    private final String text;
    private final Kind kind;
    private final int index;
    private final boolean sizedByCaller;

    /** What an object is to the kernel. */
    public enum Kind {
        /** Memory to make objects of. */
        UNTYPED,
        /** A thread control block. */
        TCB,
        /** An endpoint. */
        ENDPOINT,
        /** A notification. */
        NOTIFICATION,
        /** A table of slots. */
        CNODE,
        /** Memory that can be mapped. */
        FRAME,
        /** A paging structure, or the root of an address space. */
        TABLE,
        /**
         * An object that is made, copied, derived and deleted, and holds nothing that others lie in: scheduling contexts, replies,
         * virtual CPUs, structures of guests' extended page tables, and objects of a kernel's own, which have no invocations.
         */
        PLAIN
    }

    private ObjectType(String text, Kind kind, int index) {
        this(text, kind, index, false);
    }

    private ObjectType(String text, Kind kind, int index, boolean sizedByCaller) {
        this.name = text.replace(' ', '_').replace('-', '_').toUpperCase(Locale.ROOT);
        this.text = text;
        this.kind = kind;
        this.index = index;
        this.sizedByCaller = sizedByCaller;
    }

    /** A type of a kernel's own; the builder has checked everything. */
    static ObjectType own(String text, Kind kind, int number, boolean sizedByCaller) {
        return new ObjectType(text, kind, SEL4.length + number, sizedByCaller);
    }

    /**
     * The types that seL4 has on one architecture or another.
     *
     * @return a new array, in the order of {@link #index}
     */
    public static ObjectType[] values() {
        return SEL4.clone();
    }

    /**
     * The type of seL4 with a name.
     *
     * @param name a {@link #name}, for instance {@code SMALL_PAGE}
     * @return the type, or null if seL4 has none of that name
     */
    public static @Nullable ObjectType named(String name) {
        for (ObjectType type : SEL4) {
            if (type.name.equals(name)) {
                return type;
            }
        }
        return null;
    }

    /**
     * The name in files.
     *
     * @return for instance {@code PAGE_TABLE}: {@link #text} in capital letters, with underscores
     */
    public String name() {
        return name;
    }

    /**
     * The name to show.
     *
     * @return for instance {@code page table}
     */
    public String text() {
        return text;
    }

    /**
     * What the objects are to the kernel.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * A small number that tells apart the types of one kernel, for tables and packed records;
     * {@link Architecture#typeWithIndex} has the type. It is no number of a retype.
     *
     * @return 0 to 20 for seL4's types, from 21 on for those of a kernel's own
     */
    public int index() {
        return index;
    }

    /**
     * Whether it is a type of a kernel's own, not one of seL4's.
     *
     * @return false for the constants
     */
    public boolean isOwn() {
        return index >= SEL4.length;
    }

    /**
     * Whether objects of this type are memory that can be mapped.
     *
     * @return true for the page and section types
     */
    public boolean isFrame() {
        return kind == Kind.FRAME;
    }

    /**
     * Whether objects of this type are structures of a guest's extended page tables, the root among them.
     *
     * @return true for the four types that kernels with VT-x have
     */
    public boolean isGuestTable() {
        return this == EPT_PML4 || this == EPT_PDPT || this == EPT_PD || this == EPT_PT;
    }

    /**
     * Whether the caller chooses the size.
     *
     * @return true for untypeds, CNodes and scheduling contexts, and for types of a kernel's own that were made so
     */
    public boolean isSizedByCaller() {
        return sizedByCaller;
    }

    /** Types are in the order of their indices; of two kernels' types with one index the texts decide. */
    @Override
    public int compareTo(ObjectType other) {
        int byIndex = Integer.compare(index, other.index);
        return byIndex != 0 ? byIndex : text.compareTo(other.text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof ObjectType type
                        && isOwn()
                        && index == type.index
                        && kind == type.kind
                        && sizedByCaller == type.sizedByCaller
                        && text.equals(type.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, index);
    }

    @Override
    public String toString() {
        return name;
    }
}
