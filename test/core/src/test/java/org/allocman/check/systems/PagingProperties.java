package org.allocman.check.systems;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.vka.Architecture;

/** Longer histories of address spaces than can be explored: nothing stale is remembered, and all laws hold. */
class PagingProperties {
    private static final int FRAMES = 4;

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void nothingStaleIsRemembered(
            @ForAll @IntRange(max = 4) int which,
            @ForAll @Size(min = 20, max = 100) List<@IntRange(max = 10_000) Integer> history)
            throws Exception {
        Architecture architecture = Arrays.stream(Architecture.values())
                .filter(Architecture::hasPaging)
                .toList()
                .get(which);
        PagingSubject subject = new PagingSubject(PagingExplorationTest.board(architecture), real -> real, FRAMES);
        for (int choice : history) {
            List<Action> enabled =
                    subject.actions().stream().filter(Action::isEnabled).toList();
            Action action = enabled.get(choice % enabled.size());
            Outcome outcome = action.perform();
            if (outcome.wrong() != null) {
                throw new AssertionError(action.name() + ": " + outcome.wrong());
            }
        }
        if (!subject.broken().isEmpty()) {
            throw new AssertionError(String.join("\n", subject.broken()));
        }
    }
}
