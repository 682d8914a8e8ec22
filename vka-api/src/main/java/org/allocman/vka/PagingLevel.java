package org.allocman.vka;

import org.allocman.qual.SizeBits;

/**
 * One level of an address space's page tables.
 *
 * @param table the type of the paging structures at this level
 * @param entryBits how much of the address space an entry covers, in size bits: 12 for an entry that maps a page of 4 KiB
 * @param indexBits binary logarithm of the number of entries
 */
public record PagingLevel(ObjectType table, @SizeBits int entryBits, int indexBits) {}
