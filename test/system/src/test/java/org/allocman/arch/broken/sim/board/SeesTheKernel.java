package org.allocman.arch.broken.sim.board;

import org.allocman.arch.broken.sim.kernel.Kernel;

/** A board knows no kernel. */
public final class SeesTheKernel {
    Kernel kernel;
}
