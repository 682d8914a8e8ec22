package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type of object of every kernel, options included: allocated, copied where it can be, a virtual CPU bound to a thread,
 * deleted, given back, with the n-th invocation refused for every n. Afterwards every untyped is whole.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EveryObjectRefusedTest {
    private static final long BASE = 0x8000_0000L;
    private static final int RADIX = 9;
    private static final int LARGEST = 24;

    private PlainMachine machine;
    private FaultyKernel kernel;
    private Allocman allocman;
    private Vka vka;
    private final List<CapPath> slots = new ArrayList<>();

    static Stream<Architecture> kernels() {
        return Stream.concat(Stream.of(Architecture.values()), Stream.of(Architecture.configured()));
    }

    private void boot(Architecture architecture) {
        machine = PlainMachine.of(architecture, RADIX, 1 << 16)
                .untyped(BASE, LARGEST + 1, false)
                .build();
        kernel = new FaultyKernel(machine.kernel());
        allocman = Bootstrap.inCurrentCSpace(
                        kernel,
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .get();
        allocman.trim();
        vka = new AllocmanVka(allocman);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void eachIsWholeAgain(Architecture architecture) {
        boot(architecture);
        int start = machine.memory().startJournal();
        for (ObjectType type : architecture.types()) {
            int size = architecture.leastSize(type);
            if (architecture.sizeBits(type, size) > LARGEST) {
                continue;
            }
            for (boolean andAllAfter : new boolean[] {false, true}) {
                int n = 0;
                boolean failed = true;
                while (failed) {
                    machine.memory().rewind(start);
                    String when = architecture + ", " + type + ", refused at " + ++n;
                    kernel.failAt(n, andAllAfter);
                    List<VkaObject> live = work(type, size);
                    failed = kernel.hasFailed();
                    kernel.heal();
                    isWholeAgain(architecture, live, when);
                }
                assertTrue(n > 2, architecture + ", " + type + ": " + (n - 1) + " invocations");
            }
        }
    }

    /** What is still live, if the kernel refused something; slots that are not given back are in {@code slots}. */
    private List<VkaObject> work(ObjectType type, int size) {
        List<VkaObject> live = new ArrayList<>();
        slots.clear();
        made(vka.allocate(type, size), live);
        if (type == ObjectType.VCPU) {
            made(vka.tcb(), live);
        }
        if (live.size() == 2) {
            kernel.vcpus().setTcb(live.get(0).cptr(), live.get(1).cptr());
        }
        for (CapPath slot : vka.allocateSlot()) {
            if (!live.isEmpty()) {
                CapPath place = vka.path(live.get(0).cptr());
                KernelError copied = kernel.copy(slot, place, CapRights.ALL);
                if (!copied.failed()) {
                    kernel.delete(slot);
                }
            }
            if (vka.freeSlot(slot).isDefined()) {
                slots.add(slot);
            }
        }
        live.removeIf(object -> vka.free(object).isEmpty());
        return live;
    }

    private static void made(Either<VkaError, VkaObject> object, List<VkaObject> live) {
        object.peek(live::add);
        object.peekLeft(error -> assertEquals(Reason.KERNEL_REFUSED, error.reason()));
    }

    private void isWholeAgain(Architecture architecture, List<VkaObject> live, String when) {
        keepsTheLaws(architecture, when);
        for (CapPath slot : slots) {
            assertEquals(Option.none(), vka.freeSlot(slot), when);
        }
        for (int i = live.size() - 1; i >= 0; i--) {
            assertEquals(Option.none(), vka.free(live.get(i)), when);
        }
        allocman.trim();
        keepsTheLaws(architecture, when);
        assertEquals(0, allocman.statistics().liveObjects(), when);
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            assertTrue(allocman.untypeds().roots().isWhole(i), when);
        }
    }

    private void keepsTheLaws(Architecture architecture, String when) {
        KernelView view = new KernelView(machine.memory(), architecture, machine.kernelState());
        assertEquals(List.of(), KernelInvariants.check(view), when);
    }
}
