package org.allocman.testkit.xous;

import static org.allocman.testkit.xous.Precursor.MAIN;
import static org.allocman.testkit.xous.Precursor.PAGE;
import static org.allocman.testkit.xous.Precursor.UART;
import static org.allocman.testkit.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.testkit.kernel.FaultyKernel;
import org.allocman.testkit.machine.XousMachine;
import org.allocman.xous.Pid;
import org.allocman.xous.TableForm;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.Lend;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.XousSystem;
import org.junit.jupiter.api.Test;

/**
 * Every invocation of every call is refused, once or with all after it: then all is as before the call, and the call can be
 * made again.
 */
class XousFaultsTest {
    private static final int READ_WRITE = Flags.READ | Flags.WRITE;
    private static final int DONE = 0;
    private static final int REFUSED = 1;

    private final AtomicReference<FaultyKernel> faulty = new AtomicReference<>();
    private final XousMachine machine = Precursor.start(Precursor.board(), TableForm.ARRAY, kernel -> {
        FaultyKernel stand = new FaultyKernel(kernel);
        faulty.set(stand);
        return stand;
    });
    private final XousSystem xous = machine.system();
    private final PhysicalMemory memory = machine.managed().machine().memory();
    private final int one = right(xous.spawn());
    private final int two = right(xous.spawn());
    private final MemoryRange own = right(xous.mapMemory(one, 0, 0, 3 * PAGE, READ_WRITE));

    /** Refuses the n-th invocation, n = 1, 2, and so on, until there are not so many. */
    private void refuseEach(ToLongFunction<XousSystem> call, boolean isTwoStep) {
        int start = memory.startJournal();
        refuseEach(call, isTwoStep, false);
        memory.rewind(start);
        refuseEach(call, isTwoStep, true);
    }

    /** The same, but never with all invocations after it: of these calls the undo invokes as well, and has to be let. */
    private void refuseEachOnce(ToLongFunction<XousSystem> call) {
        memory.startJournal();
        refuseEach(call, false, false);
    }

    private void refuseEach(ToLongFunction<XousSystem> call, boolean isTwoStep, boolean forEver) {
        right(xous.touch(one, own.start()));
        machine.memoryOf(one).store64(own.start(), 0, 0x5a5a);
        FaultyKernel kernel = faulty.get();
        assertNotNull(kernel);
        int start = memory.checkpoint();
        boolean more = true;
        for (long n = 1; more; n++) {
            memory.rewind(start);
            Set<String> owned = owned();
            kernel.failAt(n, forEver);
            long answer = call.applyAsLong(xous);
            more = kernel.hasFailed();
            kernel.heal();
            if (answer == REFUSED && !isTwoStep) {
                Set<String> now = owned();
                assertTrue(now.containsAll(owned), "after invocation " + n);
                // a page whose return is refused as well stays with the caller
                assertTrue(forEver || now.size() == owned.size(), "after invocation " + n);
                assertEquals(0x5a5a, machine.memoryOf(one).load64(own.start(), 0), "after invocation " + n);
            }
            if (answer == REFUSED) {
                long again = call.applyAsLong(xous);
                // where the undo was refused as well, what stayed may be in the way
                assertTrue(again == DONE || forEver, "again after invocation " + n);
            }
            checkAll();
            if (forEver || !more) {
                endsWell();
            }
            assertTrue(n < 400, "it comes to an end");
        }
    }

    /** Both processes can be ended and the system closed, and nothing is left. */
    private void endsWell() {
        xous.exit(one);
        xous.exit(two);
        xous.close();
        assertEquals(0, machine.managed().allocman().statistics().liveObjects());
    }

    /** What processes own. What turns out to be the manager's is the kernel's, whatever becomes of the call. */
    private Set<String> owned() {
        Set<String> owned = new HashSet<>();
        for (int pid = Pid.FIRST; pid < Pid.FIRST + 3; pid++) {
            for (long page = xous.book().next(0, pid);
                    page >= 0;
                    page = xous.book().next(page + 1, pid)) {
                owned.add(page + " is " + pid + "'s");
            }
        }
        return owned;
    }

    private void checkAll() {
        for (long page = 0; page < xous.book().whitelist().ramPages(); page++) {
            boolean isOwned = xous.book().owner(page) >= 2;
            assertTrue(!isOwned || xous.frames().isHeld(page));
        }
    }

    private static long answer(boolean isGood) {
        return isGood ? DONE : REFUSED;
    }

    @Test
    void spawn() {
        refuseEachOnce(is -> answer(is.spawn().isRight()));
    }

    @Test
    void mapMemory() {
        refuseEach(
                is -> answer(is.mapMemory(one, MAIN + 0x80_0000, 0, 3 * PAGE, READ_WRITE)
                        .isRight()),
                false);
    }

    @Test
    void mapADevice() {
        refuseEach(
                is -> answer(is.mapMemory(one, UART, 0x7000_0000L, 2 * PAGE, READ_WRITE)
                        .isRight()),
                false);
    }

    @Test
    void mapPagesInARow() {
        refuseEach(
                is -> answer(is.mapMemory(one, 0, 0, 2 * PAGE, READ_WRITE | Flags.DEVICE)
                        .isRight()),
                false);
    }

    @Test
    void touch() {
        refuseEach(is -> answer(is.touch(one, own.start() + PAGE).isRight()), false);
    }

    @Test
    void lend() {
        refuseEachOnce(
                is -> answer(is.lend(one, own.start(), 3 * PAGE, two, true).isRight()));
    }

    @Test
    void move() {
        refuseEachOnce(
                is -> answer(is.moveMemory(one, own.start(), 3 * PAGE, two).isRight()));
    }

    @Test
    void createThread() {
        refuseEachOnce(is -> answer(is.createThread(one, own.start(), PAGE).isRight()));
    }

    @Test
    void updateFlags() {
        refuseEach(
                is -> answer(is.updateMemoryFlags(one, own.start(), PAGE, Flags.READ, 0)
                        .isEmpty()),
                false);
    }

    @Test
    void whatFreesCanBeDoneAgain() {
        refuseEach(
                is -> answer(is.isRunning(one)
                        && is.unmapMemory(one, own.start(), PAGE).isEmpty()),
                true);
    }

    @Test
    void exitGoesOnWhereItWasRefused() {
        Lend lend = right(xous.lend(one, own.start() + PAGE, PAGE, two, true));
        assertEquals(0, lend.number());
        refuseEach(is -> answer(is.exit(two).isEmpty()), true);
    }

    @Test
    void aReturnGoesOnWhereItWasRefused() {
        Lend lend = right(xous.lend(one, own.start() + PAGE, 2 * PAGE, two, true));
        refuseEach(
                is -> answer(is.returnMemory(two, lend.number(), lend.range().start(), 2 * PAGE)
                        .isEmpty()),
                true);
    }
}
