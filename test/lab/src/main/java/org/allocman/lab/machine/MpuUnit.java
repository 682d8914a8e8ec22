package org.allocman.lab.machine;

import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.mpu.MpuShape;
import org.allocman.sim.mpu.SimMpu;
import org.allocman.uvisor.rules.MpuKind;

/** The simulated unit of a kind of MPU, at its place in the system control space. */
final class MpuUnit {
    private MpuUnit() {}

    static SimMpu of(PagedMemory words, MpuKind kind, int regions) {
        return new SimMpu(words, SimMpu.REGISTERS, new MpuShape(kind.hasEighths(), kind.smallest(), regions));
    }
}
