package org.allocman.xous.process;

import org.allocman.qual.Bytes;

/**
 * What the book-keeping takes.
 *
 * @param ownerTable the table of owners
 * @param freePages finding free pages of RAM, and telling those that are the manager's
 * @param objects handles and cptrs of the objects in owned pages, from the pools
 * @param processes records of processes and lends, interrupts, kernel windows
 * @param mappings what processes have mapped where, from the pools
 */
public record MemoryFootprint(
        @Bytes long ownerTable,
        @Bytes long freePages,
        @Bytes long objects,
        @Bytes long processes,
        @Bytes long mappings) {}
