/**
 * The one memory that everything lives in, {@link org.allocman.sim.memory.PhysicalMemory}, and the journal at its single
 * store: checkpoints, rewind, fingerprints, machine images. A {@link org.allocman.sim.memory.PagedMemory} is a view of
 * it: by physical address, or through somebody's page tables.
 */
@NullMarked
package org.allocman.sim.memory;

import org.jspecify.annotations.NullMarked;
