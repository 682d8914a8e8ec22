package org.allocman.check.museum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.allocman.check.action.Subject;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.Violation;
import org.allocman.docs.GeneratedPart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bug of the museum is found, by tools that know none of them, and what is right is not called broken. */
class MuseumTest {
    private static final Map<Integer, String> ROWS = new TreeMap<>();
    private static final RecordedHistories RECORDED = RecordedHistories.read();

    static List<Exhibit> exhibits() {
        return Museum.exhibits();
    }

    @ParameterizedTest
    @MethodSource("exhibits")
    void theBugIsFoundAndTheOriginalIsNot(Exhibit exhibit) {
        Exploration right = Tools.explore(exhibit, exhibit.original());
        assertNull(right.violation(), () -> "the original: " + right.violation());
        assertNull(Tools.random(exhibit, exhibit.original()), "the original");
        Violation found = Tools.explore(exhibit, exhibit.broken()).violation();
        assertNotNull(found, "the explorer finds it");
        List<Tools.Move> random = Tools.random(exhibit, exhibit.broken());
        List<String> history = found.history().stream().map(Step::action).toList();
        List<String> recorded = RECORDED.of(exhibit.id(), history);
        assertEquals(recorded.size(), replay(exhibit.broken(), recorded), "the recorded history breaks it again");
        assertEquals(-1, replay(exhibit.original(), recorded), "and not the original");
        ROWS.put(
                exhibit.number(),
                "| " + exhibit.id() + " | " + exhibit.bug() + " (" + exhibit.where() + ") | `" + exhibit.port() + "` | "
                        + told(history) + " | " + rule(found) + " | " + (random == null ? "no" : "" + random.size())
                        + " | " + contract(exhibit) + " | " + recorded.size() + " |\n");
    }

    private static int replay(Supplier<Subject> made, List<String> history) {
        Subject subject = made.get();
        int start = subject.memory().startJournal();
        return Tools.breaksAfter(subject, start, Tools.moves(subject, history));
    }

    private static String told(List<String> history) {
        return history.isEmpty() ? "0: at the start" : history.size() + ": " + String.join("; ", history);
    }

    private static String rule(Violation violation) {
        String rule = violation.rules().get(0);
        int colon = rule.indexOf(": ");
        return colon < 0 ? rule : rule.substring(0, colon);
    }

    private static String contract(Exhibit exhibit) {
        if (exhibit.originalContract() == null || exhibit.brokenContract() == null) {
            return "";
        }
        assertNull(Tools.firstFailure(ExhibitContracts.of(exhibit.originalContract())), "the original's contract");
        String failure = Tools.firstFailure(ExhibitContracts.of(exhibit.brokenContract()));
        return failure == null ? "no" : "`" + failure + "`";
    }

    @Test
    void allBugsAreThere() {
        List<String> ids = new ArrayList<>();
        exhibits().forEach(exhibit -> ids.add(exhibit.id()));
        assertEquals(24, new HashSet<>(ids).size());
        assertTrue(ids.contains("B1") && ids.contains("B24"));
    }

    @AfterAll
    static void thePageIsUpToDate() {
        if (ROWS.size() == 24) {
            RECORDED.write();
            new GeneratedPart("museum.md", "matrix")
                    .is("| # | bug | behind | explorer: shortest history | rule broken | random | contract | replay |\n"
                            + "|---|---|---|---|---|---|---|---|\n" + String.join("", ROWS.values()));
        }
    }
}
