package org.allocman.sim.board;

import org.allocman.vka.Architecture;

/** What a board's description leaves to the kernel that it is for; a kernel of one's own leaves nothing. */
final class KnownKernels {
    private KnownKernels() {}

    /** Whether user addresses end where the platform says. */
    static boolean hasPlatformUserTop(Architecture architecture) {
        return architecture.base() == Architecture.AARCH32;
    }

    /** Whether firmware stays in RAM that answers the kernel's calls. */
    static boolean hasFirmwareInRam(Architecture architecture) {
        return architecture.base() == Architecture.RISCV64 || architecture.base() == Architecture.RISCV32;
    }

    /** Whether the kernel maps devices by large pages and keeps whatever lies in them. */
    static boolean mapsDevicesByLargePages(Architecture architecture) {
        return hasFirmwareInRam(architecture);
    }
}
