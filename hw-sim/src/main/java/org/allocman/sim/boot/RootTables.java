package org.allocman.sim.boot;

import org.allocman.vka.Architecture;

/** The paging structures below the root of the root task's address space. */
final class RootTables {
    private RootTables() {}

    /**
     * What one structure of each level below the root covers, the highest level first.
     *
     * @param architecture the kernel's
     * @return size bits of the range, for each level; empty where there is no paging
     */
    static int[] levels(Architecture architecture) {
        return switch (architecture) {
            case AARCH64, X86_64 -> new int[] {39, 30, 21};
            case RISCV64 -> new int[] {30, 21};
            case AARCH32 -> new int[] {20};
            case RISCV32 -> new int[] {22};
            case MPU -> new int[0];
        };
    }
}
