package org.allocman.sim.kernel;

import org.allocman.vka.ObjectType;

/** What a slot may hold; the number in the slot is the ordinal. */
public enum CapabilityType {
    /** Nothing; the slot is empty and all its words are zero. */
    NULL,
    /** A range of memory that can be retyped. */
    UNTYPED,
    /** An endpoint. */
    ENDPOINT,
    /** A notification. */
    NOTIFICATION,
    /** The right to answer a caller once. */
    REPLY,
    /** A table of slots. */
    CNODE,
    /** A thread. */
    TCB,
    /** A CNode or thread that is half deleted. */
    ZOMBIE,
    /** Memory that can be mapped. */
    FRAME,
    /** The lowest paging structure; on RISC-V every level, the root among them. */
    PAGE_TABLE,
    /** The paging structure above a page table; on aarch32 the root. */
    PAGE_DIRECTORY,
    /** x86_64: the paging structure above a page directory. */
    PDPT,
    /** The root of an address space where it has a type of its own. */
    VSPACE,
    /** A pool of address space identifiers. */
    ASID_POOL,
    /** One of the capabilities without an object, see {@link ControlKind}. */
    CONTROL,
    /** An object whose type the capability names: with MCS scheduling contexts and replies, see {@link ObjectType.Kind#PLAIN}. */
    OBJECT;

    /** A number with another meaning on aarch32: a small frame, whose slot has no room for a size. Everybody sees a {@link #FRAME}. */
    static final int SMALL_FRAME = 15;

    /** The number of an {@link #OBJECT} on aarch32, which has no PDPTs. */
    static final int SMALL_FRAMES_OBJECT = 11;

    /** The types by their numbers in a slot. */
    static CapabilityType[] byNumber(boolean smallFrames) {
        CapabilityType[] all = values();
        if (smallFrames) {
            all[SMALL_FRAME] = FRAME;
            all[SMALL_FRAMES_OBJECT] = OBJECT;
        }
        return all;
    }

    /**
     * The capability to an object of a type. Paging structures of a kernel's own are {@link #PAGE_TABLE}s.
     *
     * @param type the object's type
     * @return what its slot holds
     */
    public static CapabilityType of(ObjectType type) {
        return switch (type.kind()) {
            case FRAME -> FRAME;
            case PLAIN -> OBJECT;
            case TABLE -> type.isOwn() ? PAGE_TABLE : valueOf(type.name());
            default -> valueOf(type.name());
        };
    }

    /**
     * Whether it is a paging structure, the root of an address space among them.
     *
     * @return true for page tables, page directories, PDPTs and VSpaces
     */
    public boolean isTable() {
        return this == PAGE_TABLE || this == PAGE_DIRECTORY || this == PDPT || this == VSPACE;
    }

    /**
     * Whether {@link AddressSpaces} answers for it.
     *
     * @return true for frames, paging structures and ASID pools
     */
    public boolean isPaging() {
        return this == FRAME || this == ASID_POOL || isTable();
    }
}
