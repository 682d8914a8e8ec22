/**
 * The second tier: memory of any size for programs, within memory that they may reach. {@link
 * org.allocman.uvisor.heap.Chunks} cuts one stretch of memory, {@link org.allocman.uvisor.heap.SecureHeaps} puts several
 * together, {@link org.allocman.uvisor.heap.PoolQueue} is uVisor's queue of slots.
 *
 * <p>All this is code of the boxes: it works on memory as the caller sees it, and faults where the caller would.
 */
package org.allocman.uvisor.heap;
