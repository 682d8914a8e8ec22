package org.allocman.testkit.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.testkit.kernel.FaultyKernel;
import org.allocman.testkit.machine.PlainMachine;
import org.allocman.testkit.workload.XorShift;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The n-th invocation fails, for every n until the work succeeds: each failure is clean, and afterwards all is whole. */
class FaultInjectionTest {
    private static final ObjectType[] TYPES = {
        ObjectType.ENDPOINT, ObjectType.SMALL_PAGE, ObjectType.TCB, ObjectType.CNODE, ObjectType.UNTYPED
    };

    private final List<VkaObject> live = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyRefusalIsCleanAndNothingIsLost(boolean andAllAfter) {
        int n = 0;
        boolean failed = true;
        while (failed) {
            failed = runWithFaultAt(++n, andAllAfter);
        }
        assertTrue(n > 50, "the work makes many invocations, not " + n);
    }

    private boolean runWithFaultAt(int n, boolean andAllAfter) {
        PlainMachine machine = PlainMachine.of(Architecture.X86_64, 11, 1 << 16)
                .untyped(0x100_0000, 22, false)
                .untyped(0x200_0000, 14, true)
                .build();
        FaultyKernel kernel = new FaultyKernel(machine.kernel());
        Allocman allocman = Bootstrap.inCurrentCSpace(
                        kernel,
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .get();
        ManagerInvariants invariants = new ManagerInvariants(
                allocman, new Slots(machine.memory().words(), Architecture.X86_64), machine.cnode());
        Vka vka = new AllocmanVka(allocman);
        live.clear();
        kernel.failAt(n, andAllAfter);
        work(vka, machine, invariants);
        boolean failed = kernel.hasFailed();
        kernel.heal();
        assertEquals(List.of(), invariants.check(), "fault at " + n);
        for (VkaObject object : live) {
            assertEquals(Option.none(), vka.free(object), "fault at " + n);
        }
        allocman.trim();
        assertEquals(List.of(), invariants.check(), "fault at " + n);
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            assertTrue(allocman.untypeds().roots().isWhole(i), "untyped " + i + " is whole after a fault at " + n);
        }
        return failed;
    }

    private void work(Vka vka, PlainMachine machine, ManagerInvariants invariants) {
        XorShift random = new XorShift(7);
        for (int step = 0; step < 60; step++) {
            Fingerprint before = machine.memory().fingerprint();
            Option<VkaError> refusal;
            if (step % 3 == 2 && !live.isEmpty()) {
                VkaObject object = live.get(random.below(live.size()));
                refusal = vka.free(object);
                if (refusal.isEmpty()) {
                    live.remove(object);
                } else {
                    assertEquals(before, machine.memory().fingerprint(), "a free that is refused changes nothing");
                }
            } else {
                Either<VkaError, VkaObject> made = step % 7 == 0
                        ? vka.frameAt(12, 0x200_0000 + 0x1000L * random.below(4))
                        : vka.allocate(TYPES[random.below(TYPES.length)], 4 + random.below(5));
                made.peek(live::add);
                refusal = made.isLeft() ? Option.some(made.getLeft()) : Option.none();
            }
            refusal.filter(error -> error.reason() != VkaError.Reason.KERNEL_REFUSED
                            && error.reason() != VkaError.Reason.IN_USE)
                    .peek(error -> {
                        throw new AssertionError(error.toString());
                    });
            assertEquals(List.of(), invariants.check(), "after step " + step);
        }
    }
}
