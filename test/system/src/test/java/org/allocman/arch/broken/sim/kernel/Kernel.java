package org.allocman.arch.broken.sim.kernel;

import org.allocman.arch.broken.sim.memory.SeesTheKernel;

/** Is seen by what may not see it, and closes a cycle. */
public final class Kernel {
    SeesTheKernel memory;
}
