package org.allocman.xous;

import static org.allocman.xous.Precursor.PAGE;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.Lend;
import org.allocman.xous.process.MemoryRange;
import org.junit.jupiter.api.Test;

/** What just can be lent and what just cannot, and where the borrower sees it. */
class XousLendEdgesTest extends TwoProcesses {

    @Test
    void theWindowForMessagesIsUsedFromTheBeginningAgain() {
        long most = MESSAGES_BYTES - PAGE;
        MemoryRange memory = right(xous.mapMemory(one, 0, 0, most, RW));
        long own = memory.start();
        Lend page = right(xous.lend(one, own, PAGE, two, false));
        assertEquals(MESSAGES, page.range().start());
        long large = 768 * PAGE;
        Lend middle = right(xous.lend(one, own + PAGE, large, two, false));
        assertEquals(MESSAGES + PAGE, middle.range().start());
        Lend last = right(xous.lend(one, own + PAGE + large, PAGE, two, false));
        assertEquals(MESSAGES + PAGE + large, last.range().start());
        assertEquals(Option.none(), xous.returnMemory(two, middle.number(), MESSAGES + PAGE, large));
        // behind the last there is too little; what fits exactly between the others is taken, one page more is refused
        long more = reserve(2 * PAGE);
        assertEquals(
                Either.left(XousError.BAD_ADDRESS),
                xous.lend(one, own + PAGE, large + PAGE, two, false).mapLeft(is -> is));
        right(xous.touch(one, more));
        middle = right(xous.lend(one, own + PAGE, large, two, false));
        assertEquals(MESSAGES + PAGE, middle.range().start());
    }

    @Test
    void theWindowForMessagesCanBeFilled() {
        long own = reserve(MESSAGES_BYTES + PAGE);
        Lend page = right(xous.lend(one, own, PAGE, two, false));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.lend(one, own + PAGE, MESSAGES_BYTES, two, false));
        Lend rest = right(xous.lend(one, own + PAGE, MESSAGES_BYTES - PAGE, two, false));
        assertEquals(MESSAGES, page.range().start());
        assertEquals(MESSAGES + PAGE, rest.range().start());
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.lend(one, own + MESSAGES_BYTES, PAGE, two, false));
        assertThere(own + MESSAGES_BYTES);
    }

    @Test
    void aLendKeepsItsPagesWhereTheyAre() {
        long own = reserve(2 * PAGE);
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.lend(one, own, 0, two, true));
        assertEquals(Either.left(XousError.BAD_ALIGNMENT), xous.lend(one, own, PAGE - 1, two, true));
        Lend first = right(xous.lend(one, own, PAGE, two, true));
        assertEquals(Option.some(XousError.DOUBLE_FREE), xous.returnMemory(two, -1, 0, PAGE));
        assertEquals(Option.some(XousError.DOUBLE_FREE), xous.returnMemory(two, 1 << 20, 0, PAGE));
        assertEquals(
                Option.some(XousError.BAD_ADDRESS),
                xous.returnMemory(two, first.number(), first.range().start() + PAGE, PAGE));
        // to itself memory is lent without being moved
        Lend self = right(xous.lend(one, own + PAGE, PAGE, one, true));
        assertEquals(own + PAGE, self.range().start());
        assertNotEquals(first.number(), self.number());
        assertThere(own + PAGE);
        assertEquals(Option.none(), xous.returnMemory(one, self.number(), own + PAGE, PAGE));
        assertThere(own + PAGE);
        // the next one is seen behind the first, since it is not back yet
        Lend next = right(xous.lend(one, own + PAGE, PAGE, two, false));
        assertEquals(MESSAGES + PAGE, next.range().start());
        assertEquals(Option.none(), xous.exit(one));
        assertEquals(
                Option.none(),
                xous.returnMemory(two, next.number(), next.range().start(), PAGE));
        assertEquals(
                Either.left(XousError.BAD_ADDRESS), xous.touch(two, next.range().start()));
        right(xous.touch(two, first.range().start()));
    }

    @Test
    void messagesComeBehindTheLast() {
        long own = reserve(4 * PAGE);
        Lend first = right(xous.lend(one, own, PAGE, two, false));
        right(xous.lend(one, own + PAGE, PAGE, two, false));
        assertEquals(Option.none(), xous.returnMemory(two, first.number(), MESSAGES, PAGE));
        assertEquals(
                MESSAGES + 2 * PAGE,
                right(xous.lend(one, own + 2 * PAGE, PAGE, two, false)).range().start());
        assertEquals(
                MESSAGES + 3 * PAGE,
                right(xous.moveMemory(one, own + 3 * PAGE, PAGE, two)).start());
        assertEquals(Option.none(), xous.unmapMemory(two, MESSAGES + 3 * PAGE, PAGE));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.touch(two, MESSAGES + 3 * PAGE), "gone with its copy");
        assertEquals(
                MESSAGES + 3 * PAGE, right(xous.moveMemory(one, own, PAGE, two)).start());
        // where what was moved had been is nothing, and something else can be
        assertNotThere(own + 3 * PAGE);
        assertEquals(Option.none(), xous.unmapMemory(one, own + 3 * PAGE, PAGE));
        right(xous.mapMemory(one, 0, own + 3 * PAGE, PAGE, RW));
        assertThere(own + 3 * PAGE);
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.moveMemory(one, own + 3 * PAGE, 0, two));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.lend(one, 0, PAGE, two, false));
        assertEquals(Either.left(XousError.BAD_ADDRESS), xous.touch(one, 0));
    }

    @Test
    void soManyLendsAreOutstanding() {
        long own = reserve(PAGE);
        int lends = 0;
        Either<XousError, Lend> lend = xous.lend(one, own, PAGE, one, false);
        while (lend.isRight()) {
            assertEquals(lends, lend.get().number());
            lends++;
            lend = xous.lend(one, own, PAGE, one, false);
        }
        assertEquals(Either.left(XousError.SERVER_QUEUE_FULL), lend);
        assertEquals(Option.none(), xous.returnMemory(one, lends / 2, own, PAGE));
        assertEquals(lends / 2, right(xous.lend(one, own, PAGE, one, false)).number());
        assertEquals(Option.none(), xous.returnMemory(one, lends - 1, own, PAGE));
        assertEquals(Option.some(XousError.DOUBLE_FREE), xous.returnMemory(one, lends, own, PAGE));
    }

    @Test
    void whoMayNotWriteLendsNobodyTo() {
        long own = right(xous.mapMemory(one, 0, 0, PAGE, Flags.READ)).start();
        Lend lend = right(xous.lend(one, own, PAGE, two, true));
        assertEquals("VR--U", XousPicture.rights(machine, two, lend.range().start()));
    }
}
