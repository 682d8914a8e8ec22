package org.allocman.vka;

/**
 * The kinds of object an untyped can be retyped into. Which of them an architecture has, under which number and how
 * large, its {@link Architecture} tells.
 */
public enum ObjectType {
    /** A smaller untyped; the caller names its size. */
    UNTYPED("untyped"),
    /** A thread control block. */
    TCB("TCB"),
    /** An endpoint. */
    ENDPOINT("endpoint"),
    /** A notification. */
    NOTIFICATION("notification"),
    /** A CNode; the caller names its radix, the binary logarithm of its number of slots. */
    CNODE("CNode"),
    /** The smallest frame: 4 KiB, on the MPU profile 1 KiB. */
    SMALL_PAGE("small page"),
    /** The next larger frame: 2 MiB on 64-bit kernels, 64 KiB on aarch32, 4 MiB on riscv32, 4 KiB on the MPU profile. */
    LARGE_PAGE("large page"),
    /** A frame of 1 GiB on 64-bit kernels, 16 KiB on the MPU profile. */
    HUGE_PAGE("huge page"),
    /** aarch32: a frame of 1 MiB. */
    SECTION("section"),
    /** aarch32: a frame of 16 MiB. */
    SUPER_SECTION("super section"),
    /** The lowest level of paging structure, the only one on aarch64 and riscv. */
    PAGE_TABLE("page table"),
    /** The level above a page table on x86_64; the root on aarch32. */
    PAGE_DIRECTORY("page directory"),
    /** x86_64: the level above a page directory. */
    PDPT("PDPT"),
    /** The root of an address space: x86_64's PML4, aarch64's VSpace, the MPU profile's region set. */
    VSPACE("VSpace");

    private final String text;

    ObjectType(String text) {
        this.text = text;
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
     * Whether objects of this kind are memory that can be mapped.
     *
     * @return true for the page and section types
     */
    public boolean isFrame() {
        return switch (this) {
            case SMALL_PAGE, LARGE_PAGE, HUGE_PAGE, SECTION, SUPER_SECTION -> true;
            default -> false;
        };
    }

    /**
     * Whether the caller chooses the size.
     *
     * @return true for untypeds and CNodes
     */
    public boolean isSizedByCaller() {
        return this == UNTYPED || this == CNODE;
    }
}
