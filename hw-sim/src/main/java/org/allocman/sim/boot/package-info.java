/**
 * Boot: a board and its memory become a running kernel with a root task, in the way seL4 does it.
 * {@link org.allocman.sim.boot.BootInfoReplay} judges that by recordings of real kernels.
 */
@NullMarked
package org.allocman.sim.boot;

import org.jspecify.annotations.NullMarked;
