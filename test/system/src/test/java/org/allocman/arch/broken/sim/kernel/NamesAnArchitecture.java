package org.allocman.arch.broken.sim.kernel;

import org.allocman.vka.Architecture;

/** Asks which architecture it is. */
final class NamesAnArchitecture {
    private NamesAnArchitecture() {}

    static boolean isArm(Architecture architecture) {
        return architecture == Architecture.AARCH64;
    }
}
