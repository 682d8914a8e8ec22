package org.allocman.check.museum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.Violation;
import org.allocman.untyped.MemoryKind;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

/** The code of docs/model-checking.md that looks for a bug. */
class FirstBugTest {
    /** A freed block goes back to the pool of normal memory, whatever kind it came from. */
    static final class ForgetsTheKind extends SmallUntypeds {
        ForgetsTheKind(Home home) {
            super(home);
        }

        @Override
        protected MemoryKind kindOfFreed(MemoryKind kind) {
            return MemoryKind.KERNEL;
        }
    }

    private static @Nullable Violation explore(MuseumMachines.Managing manager) {
        Subject subject = MuseumMachines.manager(
                        MuseumMachines.WIDE, MuseumMachines.USUAL, true, manager, SmallVka::new)
                .get();
        int faults = 0;
        Limits limits = Limits.NONE.withDepth(3).withStates(400);
        return Explorer.explore(new SubjectSystem(subject, faults), limits, (generated, distinct, depth, queue) -> {})
                .violation();
    }

    @Test
    void theShortestHistoryHasThreeSteps() {
        assertNull(explore(SmallUntypeds::new));
        Violation violation = explore(ForgetsTheKind::new);
        assertNotNull(violation);
        assertEquals(
                List.of("allocate a page, of a device or not", "free object 0", "allocate endpoint of 2^4"),
                violation.history().stream().map(Step::action).toList());
    }
}
