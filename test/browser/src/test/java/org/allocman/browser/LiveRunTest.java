package org.allocman.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.allocman.script.LineOutcome;
import org.allocman.sim.board.Boards;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.web.LiveRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine of the page, on the JVM. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LiveRunTest {
    private static LiveRun boot(boolean bare) throws Exception {
        return LiveRun.boot(Boards.byName("tiny"), bare);
    }

    @Test
    void aLineIsRecordedStepByStep() throws Exception {
        LiveRun live = boot(false);
        LiveRun.Result made = live.take("ep = alloc endpoint", 0, false);
        assertEquals(LineOutcome.Kind.DONE, made.kind());
        assertTrue(made.message().contains("endpoint of 2^4 bytes"), made::message);
        assertTrue(made.tail().contains("\"kind\":\"retype\""), made::tail);
        assertTrue(made.tail().contains("\"what\":\"ep = alloc endpoint\""), made::tail);
        assertTrue(live.broken().isEmpty());
    }

    @Test
    void aMistakeLeavesNothing() throws Exception {
        LiveRun live = boot(false);
        String before = live.soFar("x");
        assertEquals(LineOutcome.Kind.MISTAKE, live.take("nonsense", 0, false).kind());
        assertEquals(
                LineOutcome.Kind.MISTAKE, live.take("free nobody", 0, false).kind());
        assertEquals(before, live.soFar("x"));
        assertEquals(0, live.lines());
    }

    /** Each invocation of a line is refused once, alone and with all that follow: the memory is as before, and that is recorded. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLineThatIsRefusedChangesNothing(boolean andAllAfter) throws Exception {
        LiveRun live = boot(false);
        live.take("ep = alloc endpoint", 0, false);
        Fingerprint before = live.fingerprint();
        int refused = 0;
        for (int fail = 1; fail < 20; fail++) {
            LiveRun.Result result = live.take("x = alloc tcb", fail, andAllAfter);
            if (!result.refused()) {
                assertEquals(LineOutcome.Kind.DONE, result.kind());
                break;
            }
            if (result.kind() == LineOutcome.Kind.REFUSED) {
                assertEquals(before, live.fingerprint(), "invocation " + fail);
                refused++;
            } else {
                live.backTo(live.lines() - 1);
            }
        }
        assertTrue(refused >= 2, "refused " + refused);
        assertTrue(live.broken().isEmpty());
    }

    /** Back behind any line, and on again: the same machine, and the same steps, as by a run that never went back. */
    @Test
    void whoGoesBackComesToTheSame() throws Exception {
        for (int seed = 1; seed <= 40; seed++) {
            List<String> lines = RandomLines.of(seed, 14);
            LiveRun straight = boot(seed % 5 == 0);
            LiveRun winding = boot(seed % 5 == 0);
            List<Fingerprint> after = new ArrayList<>(List.of(straight.fingerprint()));
            List<String> taken = new ArrayList<>();
            for (String line : lines) {
                int before = straight.lines();
                straight.take(line, 0, false);
                if (straight.lines() > before) {
                    taken.add(line);
                    after.add(straight.fingerprint());
                }
            }
            for (String line : taken) {
                winding.take(line, 0, false);
            }
            for (int back = taken.size() - 1; back >= 0; back -= 1 + seed % 3) {
                winding.backTo(back);
                assertEquals(after.get(back), winding.fingerprint(), "seed " + seed + ", back to " + back);
                winding.take("other" + back + " = alloc notification", seed % 2, true);
                winding.backTo(back);
                assertEquals(after.get(back), winding.fingerprint(), "seed " + seed + ", after another way");
                for (String line : taken.subList(back, taken.size())) {
                    winding.take(line, 0, false);
                }
                assertEquals(after.get(taken.size()), winding.fingerprint(), "seed " + seed + ", on again");
            }
            assertEquals(steps(straight.soFar("x")), steps(winding.soFar("x")), "seed " + seed);
        }
    }

    /** How many steps of each kind there are; rows and values are numbered as they were met. */
    private static List<Integer> steps(String run) {
        List<Integer> counts = new ArrayList<>();
        for (String kind : List.of(
                "retype", "revoke", "delete", "copy", "mint", "move", "records", "call", "rewind", "page map")) {
            counts.add(run.split("\\{\"kind\":\"" + kind + "\"", -1).length - 1);
        }
        return counts;
    }

    @Test
    void aLineThatIsNotThereIsNotGoneBackTo() throws Exception {
        LiveRun live = boot(true);
        live.take("retype 47 endpoint -> 200", 0, false);
        Fingerprint before = live.fingerprint();
        live.backTo(1);
        live.backTo(-1);
        assertEquals(before, live.fingerprint());
        live.backTo(0);
        assertNotEquals(before, live.fingerprint());
        assertEquals(0, live.lines());
        assertFalse(live.complete(List.of()).isEmpty());
    }

    /** What the page is told line by line is the whole recording; a refused line's changes cancel each other out. */
    @Test
    void whatIsToldAddsUp() throws Exception {
        int refusals = 0;
        for (int seed = 1; seed <= 30; seed++) {
            LiveRun live = boot(false);
            ToldRun told = new ToldRun(live.soFar("x"));
            List<String> lines = RandomLines.of(seed, 14);
            for (int i = 0; i < lines.size(); i++) {
                ToldRun.State before = told.state();
                LiveRun.Result result = live.take(lines.get(i), i % 3 == 2 ? 1 + seed % 4 : 0, seed % 2 == 0);
                told.add(result.tail(), result.kind() != LineOutcome.Kind.MISTAKE);
                if (result.kind() == LineOutcome.Kind.REFUSED) {
                    assertEquals(before, told.state(), "seed " + seed + ": " + lines.get(i));
                    refusals++;
                }
            }
            told.isWhole(live.soFar("x"));
        }
        assertTrue(refusals > 100, "refused " + refusals);
    }
}
