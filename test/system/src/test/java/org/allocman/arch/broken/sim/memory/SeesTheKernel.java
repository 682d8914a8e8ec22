package org.allocman.arch.broken.sim.memory;

import org.allocman.arch.broken.sim.kernel.Kernel;

/** A memory knows no kernel. */
public final class SeesTheKernel {
    Kernel kernel;
}
