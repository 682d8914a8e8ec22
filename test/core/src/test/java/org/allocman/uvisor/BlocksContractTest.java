package org.allocman.uvisor;

import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapException;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.lab.machine.CountingMemory;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.testkit.contract.ResourceTypeContract;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockResource;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.block.VkaBlocks;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;

/** The blocks of uVisor as untypeds at their own addresses while somebody owns them. */
class BlocksContractTest extends ResourceTypeContract {
    private static final long RAM = 0x20000000L;
    private static final int RAM_BITS = 17;
    private static final long SIZE = 1024;
    private static final int BOXES = 4;

    private static BlockGeometry geometry(int units) {
        BlockGeometry.Range range = new BlockGeometry.Range(RAM, RAM + (1L << RAM_BITS), RAM, RAM + units * SIZE);
        return BlockGeometry.of(MpuKind.ARMV7M, range, SIZE, units).get();
    }

    /** Whether blocks come from a manager. */
    boolean isManaged() {
        return true;
    }

    @Override
    protected Subject subject(int units, UnaryOperator<Kernel> wrapper) {
        PlainMachine machine = PlainMachine.of(Architecture.MPU, 10, 48 << 10)
                .untyped(RAM, RAM_BITS, false)
                .build();
        Allocman manager = Bootstrap.inCurrentCSpace(
                        wrapper.apply(machine.kernel()),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .getOrElseThrow(BootstrapException::new);
        BlockGeometry geometry = geometry(units);
        long records = manager.memory().allocate((int) VkaBlocks.stateBytes(geometry));
        long state = manager.memory().allocate((int) BlockPool.stateBytes(geometry, BOXES));
        BlockSource source = isManaged()
                ? new VkaBlocks(new AllocmanVka(manager), machine.rootMemory(), geometry, records)
                : BlockSource.ALWAYS_THERE;
        CountingMemory counting = new CountingMemory(machine.rootMemory());
        BlockPool pool = new BlockPool(counting, geometry, source, BOXES, state);
        pool.initialiseEmpty();
        BlockPool twin = new BlockPool(machine.rootMemory(), geometry, source, BOXES, state);
        machine.memory().startJournal();
        return new Subject(
                new BlockResource(pool),
                new BlockResource(twin),
                List.of(1, 2, 3),
                BOXES,
                counting::accesses,
                () -> List.of(
                        machine.memory().fingerprint().high(),
                        machine.memory().fingerprint().low()),
                isManaged(),
                () -> KernelInvariants.check(
                        new KernelView(machine.memory(), Architecture.MPU, machine.kernelState())));
    }
}
