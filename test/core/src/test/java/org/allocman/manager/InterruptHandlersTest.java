package org.allocman.manager;

import static org.allocman.vka.VkaException.orThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.InterruptHandlers;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelInterrupts.IoApicPin;
import org.allocman.vka.KernelInterrupts.MsiSource;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever invocation the kernel refuses, an interrupt is taken and given back whole or not at all. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class InterruptHandlersTest {
    private static final int LINE = 5;
    private static final int MOST_FAULTS = 20;

    private Machine machine;
    private FaultyKernel kernel;
    private AllocmanVka vka;
    private InterruptHandlers handlers;

    private void boot(String architecture) throws Exception {
        Board tiny = Boards.byName("tiny");
        Architecture named = Architecture.named(architecture);
        assertNotNull(tiny);
        assertNotNull(named);
        ManagedMachine.Pools pools = ManagedMachine.Pools.DEFAULT;
        machine = ManagedMachine.boot(new Board(tiny.name(), named, tiny.regions(), tiny.mirrors()), pools);
        kernel = new FaultyKernel(machine.kernel());
        vka = new AllocmanVka(ManagedMachine.manage(machine, pools, any -> kernel, GrowthListener.NONE)
                .get()
                .allocman());
        handlers = new InterruptHandlers(vka, kernel, BootSlots.IRQ_CONTROL);
    }

    /** Takes an interrupt in the form that the kernel has. */
    private Either<VkaError, CapPath> take(int line, long notification) {
        return Behaviours.of(kernel.architecture()).interrupts().isPc()
                ? handlers.takePin(line, new IoApicPin(0, line, false, false), notification)
                : handlers.take(line, notification);
    }

    private Fingerprint now() {
        assertEquals(
                List.of(),
                KernelInvariants.check(
                        new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState())));
        return machine.memory().fingerprint();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"aarch64", "aarch32", "riscv64", "riscv32+mcs", "aarch64+mcs", "x86_64", "x86_64+mcs", "ia32"})
    void takenAndGivenBackWhole(String architecture) throws Exception {
        boot(architecture);
        VkaObject notification = orThrow(vka.notification());
        orThrow(handlers.giveBack(orThrow(take(LINE, notification.cptr()))));
        Fingerprint before = now();
        CapPath handler = orThrow(take(LINE, notification.cptr()));
        Fingerprint taken = now();
        Either<VkaError, CapPath> again = take(LINE, notification.cptr());
        assertEquals(KernelError.revokeFirst(), again.getLeft().kernel());
        assertEquals(taken, now());
        Either<VkaError, CapPath> noNotification = take(LINE + 1, BootSlots.CNODE);
        assertEquals(KernelError.invalidCapability(0), noNotification.getLeft().kernel());
        assertEquals(taken, now());
        orThrow(handlers.giveBack(handler));
        assertEquals(before, now());
        orThrow(vka.free(notification));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aarch64", "riscv32+mcs", "x86_64"})
    void eachInvocationIsRefusedInTurn(String architecture) throws Exception {
        boot(architecture);
        VkaObject notification = orThrow(vka.notification());
        orThrow(handlers.giveBack(orThrow(take(LINE, notification.cptr()))));
        Fingerprint before = now();
        int refusedTakes = 0;
        int refusedGifts = 0;
        boolean hasFailed = true;
        for (int n = 1; hasFailed && n < MOST_FAULTS; n++) {
            kernel.failAt(n, false);
            Either<VkaError, CapPath> answer = take(LINE, notification.cptr());
            hasFailed = kernel.hasFailed();
            kernel.heal();
            assertEquals(hasFailed, answer.isLeft(), "fault " + n);
            if (hasFailed) {
                refusedTakes++;
                assertEquals(before, now(), "fault " + n);
                continue;
            }
            Fingerprint taken = now();
            kernel.failAt(1, false);
            Option<VkaError> kept = handlers.giveBack(answer.get());
            kernel.heal();
            assertEquals(VkaError.Reason.KERNEL_REFUSED, kept.get().reason());
            assertEquals(taken, now());
            refusedGifts++;
            orThrow(handlers.giveBack(answer.get()));
            assertEquals(before, now());
        }
        assertEquals(2, refusedTakes, "get and set the notification");
        assertEquals(1, refusedGifts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "x86_64+mcs"})
    void aMessageIsTakenAsAPinIs(String architecture) throws Exception {
        boot(architecture);
        VkaObject notification = orThrow(vka.notification());
        orThrow(handlers.giveBack(orThrow(take(LINE, notification.cptr()))));
        Fingerprint before = now();
        MsiSource source = new MsiSource(1, 2, 3, 4);
        CapPath handler = orThrow(handlers.takeMessage(LINE, source, notification.cptr()));
        assertEquals(
                KernelError.revokeFirst(),
                take(LINE, notification.cptr()).getLeft().kernel());
        assertEquals(
                KernelError.rangeError(0, 31),
                handlers.takeMessage(LINE + 1, new MsiSource(0, 32, 0, 0), notification.cptr())
                        .getLeft()
                        .kernel());
        orThrow(handlers.giveBack(handler));
        assertEquals(before, now());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aarch64"})
    void whatCannotBeUndoneIsTold(String architecture) throws Exception {
        boot(architecture);
        VkaObject notification = orThrow(vka.notification());
        kernel.failAt(2, true);
        VkaError error = take(LINE, notification.cptr()).getLeft();
        kernel.heal();
        assertTrue(error.message().contains("could not be given back either"), error::message);
        assertEquals(
                List.of(),
                KernelInvariants.check(
                        new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState())));
    }
}
