package org.allocman.arch.broken.state;

import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;

/** What is allowed: a memory, an address, a geometry. */
record HasNone(Memory memory, long address, Architecture architecture, String name) {
    static final long[] CONSTANTS = {1, 2};
}
