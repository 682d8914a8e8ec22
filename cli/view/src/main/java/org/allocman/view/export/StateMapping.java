package org.allocman.view.export;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An entry of an address space: an ASID pool's, or a page table's.
 *
 * @param kind {@code root}, {@code table} or {@code frame}
 * @param asid the address space's ASID
 * @param table physical address of the table, or ASID pool, that has the entry
 * @param index which entry
 * @param vaddr the first address that the entry is for
 * @param address physical address of what it leads to
 * @param sizeBits how many addresses the entry is for, in bits; of a root 0
 * @param level 0 for roots, 1 for what a root has entries of, and so on
 * @param object number of the object that it leads to; null if no capability is left to it
 */
public record StateMapping(
        String kind,
        int asid,
        @PhysAddr long table,
        int index,
        @VirtAddr long vaddr,
        @PhysAddr long address,
        @SizeBits int sizeBits,
        int level,
        @Nullable Integer object) {
    static final String ROOT = "root";
    static final String TABLE = "table";
    static final String FRAME = "frame";

    StateMapping leadingTo(@Nullable Integer number) {
        return new StateMapping(kind, asid, table, index, vaddr, address, sizeBits, level, number);
    }
}
