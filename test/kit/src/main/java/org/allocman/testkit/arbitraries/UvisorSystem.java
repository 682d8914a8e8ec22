package org.allocman.testkit.arbitraries;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.allocman.check.uvisor.UvisorInvariants;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.sim.mpu.MpuShape;
import org.allocman.sim.mpu.SimMpu;
import org.allocman.uvisor.BoxSetup;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.UvisorMetadata;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.rules.Halt;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.vka.Memory;

/**
 * A uVisor system that has just started: boxes in their places, an empty pool, an MPU.
 *
 * @param physical all memory, that of the books and of the MPU's registers too
 * @param behindMpu the memory as the MPU lets unprivileged code see it
 * @param uvisor the system
 */
public record UvisorSystem(PhysicalMemory physical, Memory behindMpu, Uvisor uvisor) {
    private static final @PhysAddr long RAM = 0x2000_0000L;
    private static final @PhysAddr long METADATA = 1L << 32;
    private static final long METADATA_BYTES = 1 << 20;
    private static final int KIB = 1024;
    private static final int MOST_BOXES = 3;
    private static final long MOST_QUOTA = 5;

    /**
     * Systems: no box beside box 0 or some, the smallest there can be or larger; blocks of any size; quotas of nothing up.
     *
     * @return the arbitrary; a system is made anew for every try
     */
    public static Arbitrary<UvisorSystem> arbitrary() {
        Arbitrary<BoxSizes> sizes = Combinators.combine(
                        Arbitraries.of(1024L, 1056L, 2048L), Arbitraries.of(0L, 32L, 1000L, 3000L))
                .as((stack, rest) -> BoxSizes.of(stack, rest));
        Arbitrary<Long> quotas = Arbitraries.longs()
                .between(0, MOST_QUOTA)
                .map(quota -> quota == MOST_QUOTA ? BlockPool.NO_QUOTA : quota);
        Arbitrary<BoxSetup> boxes = Combinators.combine(sizes, quotas)
                .as((wanted, quota) -> new BoxSetup(new BoxConfig("box", wanted), quota, List.of()));
        return Combinators.combine(
                        Arbitraries.of(MpuKind.class),
                        boxes.list().ofMaxSize(MOST_BOXES),
                        Arbitraries.of(BlockGeometry.SMALLEST_BLOCK, 2L * KIB, 8L * KIB),
                        Arbitraries.of(128L * KIB, 64L * KIB))
                .as((kind, setups, blockBytes, bytes) -> plan(kind, setups, blockBytes, bytes))
                .filter(Either::isRight)
                .map(plan -> start(plan.get()));
    }

    private static Either<Halt, UvisorPlan> plan(
            MpuKind kind, List<BoxSetup> boxes, @Bytes long blockBytes, @Bytes long bytes) {
        List<BoxSetup> all = new ArrayList<>();
        all.add(new BoxSetup(new BoxConfig("main", BoxSizes.of(0, 0)), BlockPool.NO_QUOTA, List.of()));
        all.addAll(boxes);
        return UvisorPlan.of(
                kind, all, new BlockGeometry.Range(RAM, RAM + bytes, RAM, RAM + bytes), blockBytes, List.of());
    }

    private static UvisorSystem start(UvisorPlan plan) {
        PhysicalMemory physical = new PhysicalMemory(List.of(
                new PhysicalMemory.Extent(RAM, plan.geometry().end() - 1),
                new PhysicalMemory.Extent(SimMpu.REGISTERS, SimMpu.REGISTERS + SimMpu.REGISTER_BYTES - 1),
                new PhysicalMemory.Extent(METADATA, METADATA + METADATA_BYTES)));
        SimMpu mpu = new SimMpu(
                physical.words(),
                SimMpu.REGISTERS,
                new MpuShape(
                        plan.mpu().hasEighths(),
                        plan.mpu().smallest(),
                        plan.mpu().usualRegions()));
        Memory behind = physical.window(mpu);
        Uvisor uvisor = new Uvisor(
                plan,
                new Uvisor.Hardware(mpu, physical.words(), behind),
                BlockSource.ALWAYS_THERE,
                UvisorMetadata.at(plan, mpu, METADATA));
        uvisor.start();
        return new UvisorSystem(physical, behind, uvisor);
    }

    /**
     * What the laws are about.
     *
     * @return the system and both sides of its MPU, for {@link UvisorInvariants}
     */
    public UvisorInvariants.Subject subject() {
        return new UvisorInvariants.Subject(uvisor, physical.words(), behindMpu);
    }
}
