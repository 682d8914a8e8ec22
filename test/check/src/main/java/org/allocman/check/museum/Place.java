package org.allocman.check.museum;

import org.allocman.untyped.MemoryKind;

/**
 * Memory of a machine.
 *
 * @param paddr its physical address
 * @param bits its size in bits
 * @param kind what it is
 * @param isPlaced whether objects can be asked for by its addresses
 */
record Place(long paddr, int bits, MemoryKind kind, boolean isPlaced) {}
