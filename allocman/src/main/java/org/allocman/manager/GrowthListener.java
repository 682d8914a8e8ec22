package org.allocman.manager;

import org.allocman.qual.VirtAddr;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/** Is told how the pool grows and shrinks; for narrating and measuring. It must not call the manager. */
public interface GrowthListener {
    /** Nobody listens. */
    GrowthListener NONE = new GrowthListener() {};

    /**
     * The reserve is not full, so a page is wanted.
     *
     * @param page the address at which it will be mapped
     */
    default void wanted(@VirtAddr long page) {}

    /**
     * A frame could not be mapped for want of a paging structure.
     *
     * @param page the page's address
     * @param error what the kernel answered
     * @param table the structure that is made now
     */
    default void tableMissing(@VirtAddr long page, KernelError error, ObjectType table) {}

    /**
     * A page is ready for records.
     *
     * @param page its address
     */
    default void grown(@VirtAddr long page) {}

    /**
     * A CNode of the second level was made, and hangs in the root CNode.
     *
     * @param node its index in the root
     * @param slots how many slots it has
     */
    default void secondLevelMade(int node, long slots) {}

    /**
     * A CNode of the second level was given back; none of its slots was used.
     *
     * @param node its index in the root
     */
    default void secondLevelGivenBack(int node) {}

    /**
     * A page was released and its frame freed.
     *
     * @param page its address
     */
    default void shrunk(@VirtAddr long page) {}
}
