package org.allocman.check.invariants;

import java.util.List;

/** The laws of the kernel. */
public final class KernelInvariants {
    /** Every object's address is a multiple of its size. */
    public static final Invariant<KernelView> PSPACE_ALIGNED =
            new Invariant<>("pspace_aligned", "every object's address is a multiple of its size", MemoryLaws::aligned);

    /** No two objects overlap. */
    public static final Invariant<KernelView> PSPACE_DISTINCT =
            new Invariant<>("pspace_distinct", "no two objects overlap", MemoryLaws::distinct);

    /** Every object is well formed. */
    public static final Invariant<KernelView> VALID_OBJS = new Invariant<>(
            "valid_objs", "every object is well formed: empty slots are all zero", SlotLaws::wellFormedObjects);

    /** Every capability is well formed. */
    public static final Invariant<KernelView> VALID_CAP = new Invariant<>(
            "valid_cap",
            "every capability has legal fields, and all that refer to one object agree what it is",
            SlotLaws::wellFormedCapabilities);

    /** What touches an untyped lies in its used part. */
    public static final Invariant<KernelView> VALID_UNTYPED = new Invariant<>(
            "valid_untyped",
            "an object that touches an untyped's range lies inside it and outside its free part",
            MemoryLaws::objectsInUntypeds);

    /** A CNode has exactly its slots. */
    public static final Invariant<KernelView> VALID_CS_SIZE = new Invariant<>(
            "valid_cs_size", "slots in use lie in CNodes of exactly 2^radix slots", SlotLaws::slotsInCNodes);

    /** What lies in an untyped descends from it. */
    public static final Invariant<KernelView> UNTYPED_MDB = new Invariant<>(
            "untyped_mdb",
            "a capability to anything inside an untyped is derived from that untyped",
            MemoryLaws::objectsDescend);

    /** Untypeds nest. */
    public static final Invariant<KernelView> UNTYPED_INC = new Invariant<>(
            "untyped_inc",
            "untypeds are nested or disjoint; the inner descends from the outer, outside its free part; of equal ones "
                    + "the parent is full",
            MemoryLaws::untypedsNest);

    /** Descendants lie inside. */
    public static final Invariant<KernelView> DESCENDANTS_INC = new Invariant<>(
            "descendants_inc",
            "a descendant's range is inside its ancestor's, and memory of the same kind",
            ListLaws::descendantsInside);

    /** Links join capabilities. */
    public static final Invariant<KernelView> MDB_CTE_AT = new Invariant<>(
            "mdb_cte_at", "the derivation list links slots that are not empty", ListLaws::linksJoinCapabilities);

    /** The list has no cycle. */
    public static final Invariant<KernelView> NO_MLOOP = new Invariant<>(
            "no_mloop", "the derivation list has no cycle, and is the same both ways", ListLaws::noLoop);

    /** Untypeds are revocable. */
    public static final Invariant<KernelView> UT_REVOCABLE =
            new Invariant<>("ut_revocable", "every untyped is marked revocable", ListLaws::untypedsRevocable);

    /** Badges begin families. */
    public static final Invariant<KernelView> VALID_BADGES = new Invariant<>(
            "valid_badges",
            "a badge that stands behind another one of the same object is marked as the first of its family",
            ListLaws::badgesBeginFamilies);

    /** Revocable capabilities are the first of theirs. */
    public static final Invariant<KernelView> VALID_REVOKABLE = new Invariant<>(
            "valid_revokable",
            "only untypeds, the first capability to an object, and what was given a badge are marked revocable; they begin a family",
            ListLaws::revocableAreFirst);

    /** The derivation list is in chunks. */
    public static final Invariant<KernelView> MDB_CHUNKED = new Invariant<>(
            "mdb_chunked", "capabilities to one object stand side by side", ListLaws::objectsStandTogether);

    /** Rights shrink. */
    public static final Invariant<KernelView> IS_DERIVED = new Invariant<>(
            "is_derived", "what is derived from a capability has no right that it has not", ListLaws::rightsShrink);

    /** Slots in use can be reached. */
    public static final Invariant<KernelView> IF_UNSAFE_THEN_CAP = new Invariant<>(
            "if_unsafe_then_cap", "every slot in use is one that some capability refers to", SlotLaws::reachable);

    /** What lives has a capability. */
    public static final Invariant<KernelView> IF_LIVE_THEN_NONZ_CAP = new Invariant<>(
            "if_live_then_nonz_cap",
            "an object made from an untyped that runs or holds capabilities has a capability",
            SlotLaws::liveIsReferred);

    /** Zombies are last. */
    public static final Invariant<KernelView> ZOMBIES_FINAL =
            new Invariant<>("zombies_final", "a zombie is the last capability to its object", ListLaws::zombiesAreLast);

    /** The list is whole. */
    public static final Invariant<KernelView> VALID_LIST =
            new Invariant<>("valid_list", "every capability stands once in the derivation list", ListLaws::listIsWhole);

    /** Device memory is apart. */
    public static final Invariant<KernelView> CAP_REFS_RESPECTS_DEVICE_REGION = new Invariant<>(
            "cap_refs_respects_device_region",
            "device capabilities refer to device memory, the others to normal memory",
            MemoryLaws::devicesApart);

    /** Resetting an untyped hits nothing. */
    public static final Invariant<KernelView> DESCENDANTS_RANGE = new Invariant<>(
            "descendants_range", "nothing lies in an untyped that would be reset", MemoryLaws::resetIsSafe);

    /** A retype hits no object. */
    public static final Invariant<KernelView> CAPS_NO_OVERLAP = new Invariant<>(
            "caps_no_overlap", "what the next retype may use holds no object", MemoryLaws::targetIsFree);

    /** A retype's memory is one untyped's. */
    public static final Invariant<KernelView> CAPS_OVERLAP_RESERVED = new Invariant<>(
            "caps_overlap_reserved",
            "what the next retype may use is free in one untyped only",
            MemoryLaws::targetIsReserved);

    /** Mappings are backed. */
    public static final Invariant<KernelView> VALID_VS_LOOKUP = new Invariant<>(
            "valid_vs_lookup",
            "every pool, root, table and frame that the ASID table leads to has a capability that says it is mapped there",
            PagingLaws::mappingsAreBacked);

    /** Tables are referred to once. */
    public static final Invariant<KernelView> UNIQUE_TABLE_REFS =
            new Invariant<>("unique_table_refs", "a page table is referred to once", PagingLaws::tablesReferredOnce);

    /** No stale translation is remembered. */
    public static final Invariant<KernelView> TLB_FRESH = new Invariant<>(
            "tlb_fresh",
            "every translation that a window on memory remembers is what a walk of the page tables finds",
            PagingLaws::translationsAreFresh);

    /** What is freed is cleared. */
    public static final Invariant<KernelView> FREED_IS_CLEAR = new Invariant<>(
            "freed_is_clear", "memory of untypeds that is in no object is all zero", MemoryLaws::freedIsClear);

    /** Handled interrupts have handlers. */
    public static final Invariant<KernelView> VALID_IRQ_HANDLERS = new Invariant<>(
            "valid_irq_handlers",
            "an interrupt is handled exactly if there is a handler for it; handlers are derived from IRQ control",
            InterruptLaws::handledHaveHandlers);

    /** The kernel's slots of interrupts hold notifications. */
    public static final Invariant<KernelView> VALID_IRQ_NODE = new Invariant<>(
            "valid_irq_node",
            "the kernel's slot of an interrupt holds a notification or nothing, and nothing without a handler",
            InterruptLaws::slotsHoldNotifications);

    /** Bindings are mutual. */
    public static final Invariant<KernelView> SYM_REFS = new Invariant<>(
            "sym_refs",
            "what a thread, notification, scheduling context or virtual CPU is bound to lives, and is bound to it",
            BindingLaws::bindingsAreMutual);

    /** Ports are given out once. */
    public static final Invariant<KernelView> VALID_IO_PORTS = new Invariant<>(
            "valid_ioports",
            "no two ranges of I/O ports overlap, and all are derived from the control over them",
            PortLaws::givenOutOnce);

    /** All of them, in the order above. */
    public static final List<Invariant<KernelView>> ALL = List.of(
            PSPACE_ALIGNED,
            PSPACE_DISTINCT,
            VALID_OBJS,
            VALID_CAP,
            VALID_UNTYPED,
            VALID_CS_SIZE,
            UNTYPED_MDB,
            UNTYPED_INC,
            DESCENDANTS_INC,
            MDB_CTE_AT,
            NO_MLOOP,
            UT_REVOCABLE,
            VALID_BADGES,
            VALID_REVOKABLE,
            MDB_CHUNKED,
            IS_DERIVED,
            IF_UNSAFE_THEN_CAP,
            IF_LIVE_THEN_NONZ_CAP,
            ZOMBIES_FINAL,
            VALID_LIST,
            CAP_REFS_RESPECTS_DEVICE_REGION,
            DESCENDANTS_RANGE,
            CAPS_NO_OVERLAP,
            CAPS_OVERLAP_RESERVED,
            VALID_VS_LOOKUP,
            UNIQUE_TABLE_REFS,
            TLB_FRESH,
            FREED_IS_CLEAR,
            VALID_IRQ_HANDLERS,
            VALID_IRQ_NODE,
            SYM_REFS,
            VALID_IO_PORTS);

    private KernelInvariants() {}

    /**
     * Checks all laws.
     *
     * @param view the machine
     * @return what is broken, each with the law's name in front; empty if all is well
     */
    public static List<String> check(KernelView view) {
        return Invariant.check(ALL, view);
    }
}
