package org.allocman.uvisor;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.sim.mpu.MpuShape;
import org.allocman.sim.mpu.SimMpu;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.vka.Memory;
import org.allocman.vka.Mpu;

/** A small system: 128 KiB of RAM, two boxes beside box 0, blocks of 8 KiB. */
record Rig(PhysicalMemory physical, SimMpu mpu, Memory behindMpu, Uvisor uvisor) {
    static final long RAM = 0x20000000L;
    static final long RAM_BYTES = 128 << 10;
    static final long BLOCK = 8 << 10;
    static final long DEVICE = 0x40001000L;
    static final List<AddressRange> DEVICES = List.of(new AddressRange(DEVICE, DEVICE + 4096));
    private static final long BOOKS = 1L << 32;

    static Rig of(MpuKind kind, long quota) {
        return of(kind, boxes(quota), BlockSource.ALWAYS_THERE);
    }

    static List<BoxSetup> boxes(long quota) {
        return List.of(
                new BoxSetup(new BoxConfig("main", BoxSizes.of(0, 0)), BlockPool.NO_QUOTA, List.of()),
                box("one", quota, List.of(new BoxAcl(DEVICE, 1024, true))),
                box("two", quota, List.of(new BoxAcl(DEVICE + 1024, 1024, false))));
    }

    static BoxSetup box(String name, long quota, List<BoxAcl> acls) {
        return new BoxSetup(new BoxConfig(name, new BoxSizes(1024, 16, 200, 64, 0, 0, 3000)), quota, acls);
    }

    static UvisorPlan plan(MpuKind kind, List<BoxSetup> boxes) {
        BlockGeometry.Range range = new BlockGeometry.Range(RAM, RAM + RAM_BYTES, RAM, RAM + RAM_BYTES);
        return UvisorPlan.of(kind, boxes, range, BLOCK, DEVICES)
                .getOrElseThrow(halt -> new AssertionError(halt.message()));
    }

    static Rig of(MpuKind kind, List<BoxSetup> boxes, BlockSource source) {
        return of(kind, kind.usualRegions(), boxes, source);
    }

    static Rig of(MpuKind kind, int regions, List<BoxSetup> boxes, BlockSource source) {
        UvisorPlan plan = plan(kind, boxes);
        List<PhysicalMemory.Extent> extents = new ArrayList<>();
        extents.add(new PhysicalMemory.Extent(RAM, RAM + RAM_BYTES - 1));
        extents.add(new PhysicalMemory.Extent(DEVICE, DEVICE + 4095));
        extents.add(new PhysicalMemory.Extent(SimMpu.REGISTERS, SimMpu.REGISTERS + SimMpu.REGISTER_BYTES - 1));
        extents.add(new PhysicalMemory.Extent(BOOKS, BOOKS + (1 << 20)));
        PhysicalMemory physical = new PhysicalMemory(extents);
        SimMpu mpu = new SimMpu(
                physical.words(), SimMpu.REGISTERS, new MpuShape(kind.hasEighths(), kind.smallest(), regions));
        Memory behind = physical.window(mpu);
        Uvisor uvisor = new Uvisor(
                plan, new Uvisor.Hardware(mpu, physical.words(), behind), source, UvisorMetadata.at(plan, mpu, BOOKS));
        uvisor.start();
        return new Rig(physical, mpu, behind, uvisor);
    }

    /** The same machine without an MPU, and without boxes. */
    static Rig withoutUvisor() {
        UvisorPlan plan = plan(MpuKind.ARMV7M, boxes(BlockPool.NO_QUOTA).subList(0, 1));
        PhysicalMemory physical = new PhysicalMemory(List.of(
                new PhysicalMemory.Extent(RAM, RAM + RAM_BYTES - 1),
                new PhysicalMemory.Extent(BOOKS, BOOKS + (1 << 20))));
        Memory words = physical.words();
        Uvisor uvisor = new Uvisor(
                plan,
                new Uvisor.Hardware(Mpu.NONE, words, words),
                BlockSource.ALWAYS_THERE,
                UvisorMetadata.at(plan, Mpu.NONE, BOOKS));
        uvisor.start();
        return new Rig(physical, new SimMpu(physical.words(), RAM, MpuShape.ARMV7M), words, uvisor);
    }

    Memory words() {
        return physical.words();
    }

    long free() {
        return uvisor.pool().available();
    }

    int blockAt(long address) {
        return uvisor.plan().geometry().blockAt(address);
    }
}
