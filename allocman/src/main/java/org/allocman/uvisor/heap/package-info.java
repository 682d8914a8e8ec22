/** The second tier: memory of any size for programs. {@link org.allocman.uvisor.heap.PoolQueue} is uVisor's queue of slots. */
package org.allocman.uvisor.heap;
