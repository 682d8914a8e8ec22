package org.allocman.check.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.check.action.Action;
import org.allocman.check.action.Subject;
import org.allocman.lab.workload.XorShift;
import org.allocman.sim.board.Boards;
import org.junit.jupiter.api.Test;

/** States that differ in generations only are one, go on alike, and no others are. */
class GenerationsTest {
    private static AllocmanSubject subject() throws Exception {
        AllocmanSubject subject = new AllocmanSubject(Boards.byName("tiny"), kernel -> kernel, 3);
        subject.memory().startJournal();
        return subject;
    }

    private static List<Long> name(Subject subject) {
        Subject.StateReduction reduction = subject.reduction();
        assertNotNull(reduction);
        reduction.compute();
        return List.of(reduction.high(), reduction.low());
    }

    private static String take(Subject subject, String name) {
        Action action = subject.actions().stream()
                .filter(some -> some.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertTrue(action.isEnabled());
        return action.perform().toString();
    }

    @Test
    void statesThatAreOneGoOnAlike() throws Exception {
        AllocmanSubject once = subject();
        AllocmanSubject often = subject();
        take(once, "allocate an endpoint");
        take(often, "allocate an endpoint");
        for (int i = 0; i < 3; i++) {
            take(often, "allocate an endpoint");
            take(often, "free object 1");
        }
        take(once, "allocate an endpoint");
        take(often, "allocate an endpoint");
        assertNotEquals(once.memory().fingerprint(), often.memory().fingerprint());
        int start = once.memory().checkpoint();
        int other = often.memory().checkpoint();
        for (int seed = 1; seed <= 12; seed++) {
            XorShift random = new XorShift(seed);
            for (int step = 0; step < 15; step++) {
                assertEquals(name(once), name(often), "seed " + seed + ", step " + step);
                List<String> enabled = once.actions().stream()
                        .filter(Action::isEnabled)
                        .map(Action::name)
                        .toList();
                String action = enabled.get(random.below(enabled.size()));
                assertEquals(take(once, action), take(often, action), action);
                assertEquals(once.facts(), often.facts());
            }
            once.memory().rewind(start);
            often.memory().rewind(other);
        }
    }

    @Test
    void otherStatesAreNotOne() throws Exception {
        AllocmanSubject subject = subject();
        List<Long> fresh = name(subject);
        take(subject, "allocate an endpoint");
        List<Long> endpoint = name(subject);
        assertNotEquals(fresh, endpoint);
        take(subject, "allocate an endpoint");
        List<Long> both = name(subject);
        take(subject, "free object 0");
        assertNotEquals(endpoint, name(subject), "the second one is left, not the first");
        assertNotEquals(both, name(subject));
    }
}
