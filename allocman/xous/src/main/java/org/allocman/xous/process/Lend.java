package org.allocman.xous.process;

/**
 * Memory that was lent.
 *
 * @param number what it is returned by
 * @param range where the borrower sees it
 */
public record Lend(long number, MemoryRange range) {}
