package org.allocman.testkit.xous;

import static org.allocman.testkit.xous.Precursor.MAIN;
import static org.allocman.testkit.xous.Precursor.PAGE;
import static org.allocman.testkit.xous.Precursor.UART;
import static org.allocman.testkit.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Every invocation of every call is refused once: then all is as before the call, and the call can be made again. */
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
        right(xous.touch(one, own.start()));
        machine.memoryOf(one).store64(own.start(), 0, 0x5a5a);
        FaultyKernel kernel = faulty.get();
        assertNotNull(kernel);
        int start = memory.startJournal();
        boolean more = true;
        for (long n = 1; more; n++) {
            memory.rewind(start);
            String owned = owned();
            kernel.failAt(n, false);
            long answer = call.applyAsLong(xous);
            more = kernel.hasFailed();
            kernel.heal();
            if (answer == REFUSED && !isTwoStep) {
                assertEquals(owned, owned(), "after invocation " + n);
                assertEquals(0x5a5a, machine.memoryOf(one).load64(own.start(), 0), "after invocation " + n);
            }
            if (answer == REFUSED) {
                assertEquals(DONE, call.applyAsLong(xous), "again after invocation " + n);
            }
            checkAll();
            assertTrue(n < 400, "it comes to an end");
        }
        xous.exit(one);
        xous.exit(two);
        xous.close();
        assertEquals(0, machine.managed().allocman().statistics().liveObjects());
    }

    /** What processes own. What turns out to be the manager's is the kernel's, whatever becomes of the call. */
    private String owned() {
        StringBuilder text = new StringBuilder();
        for (int pid = Pid.FIRST; pid < Pid.FIRST + 3; pid++) {
            for (long page = xous.book().next(0, pid);
                    page >= 0;
                    page = xous.book().next(page + 1, pid)) {
                text.append(page).append('=').append(pid).append(' ');
            }
        }
        return text.toString();
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
        refuseEach(is -> answer(is.spawn().isRight()), false);
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
        refuseEach(is -> answer(is.lend(one, own.start(), 3 * PAGE, two, true).isRight()), false);
    }

    @Test
    void move() {
        refuseEach(is -> answer(is.moveMemory(one, own.start(), 3 * PAGE, two).isRight()), false);
    }

    @Test
    void createThread() {
        refuseEach(is -> answer(is.createThread(one, own.start(), PAGE).isRight()), false);
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
