package org.example.buddy;

import java.util.function.UnaryOperator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.sim.kernel.Slots;
import org.allocman.testkit.contract.VkaContract;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.example.flat.FlatDesign;

/** The contract of all allocators, kept by the resource manager on our untyped manager and our CSpace manager. */
class BuddyVkaTest extends VkaContract {
    @Override
    protected Subject subject(UnaryOperator<Kernel> wrapper) {
        PlainMachine machine = PlainMachine.of(Architecture.AARCH64, 12, 1 << 17)
                .untyped(0x100_0000, 17, false)
                .untyped(0x200_0000, 14, true)
                .build();
        Allocman allocman = Bootstrap.inCurrentCSpace(
                        wrapper.apply(machine.kernel()),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes())
                                .withManager(new BuddyDesign())
                                .withCSpace(CSpaceGeometry.CURRENT.withDesign(new FlatDesign())))
                .get();
        ManagerInvariants laws = new ManagerInvariants(
                allocman, new Slots(machine.memory().words(), Architecture.AARCH64), machine.cnode());
        return new Subject(
                new AllocmanVka(allocman),
                machine.bootInfo().untypeds(),
                true,
                laws::check,
                machine.memory()::fingerprint);
    }
}
