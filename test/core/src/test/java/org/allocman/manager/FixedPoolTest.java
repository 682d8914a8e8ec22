package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.lab.workload.MixedWorkload;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.Architecture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FixedPoolTest {
    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void mixedWorkLeavesEverythingWhole(Architecture architecture) {
        PlainMachine machine = PlainMachine.of(architecture, 13, 1 << 20)
                .untyped(0x1000_0000, 28, false)
                .untyped(0x2000_0000, 20, false)
                .untyped(0x3000_0000, 16, true)
                .build();
        Allocman allocman = Bootstrap.inCurrentCSpace(
                        machine.kernel(),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .getOrElseThrow(failure -> new AssertionError(failure.toString()));
        ManagerInvariants invariants =
                new ManagerInvariants(allocman, new Slots(machine.memory().words(), architecture), machine.cnode());
        assertEquals(List.of(), invariants.check());
        MixedWorkload work = new MixedWorkload(
                new AllocmanVka(allocman), 42, machine.bootInfo().untypeds(), 2000);
        work.run(10_000, made -> {
            if (made % 500 == 0) {
                assertEquals(List.of(), invariants.check(), "after " + made);
            }
        });
        assertEquals(10_000, work.summary().madeInAll(), work.summary().toString());
        work.freeAll();
        allocman.trim();
        assertEquals(List.of(), invariants.check());
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            assertTrue(allocman.untypeds().roots().isWhole(i), "untyped " + i + " is whole again");
        }
    }
}
