package org.allocman.arch.broken.untyped;

import org.allocman.arch.broken.sim.kernel.Kernel;

/** An allocator knows ports, no simulator. */
public final class SeesTheSimulator {
    Kernel kernel;
}
