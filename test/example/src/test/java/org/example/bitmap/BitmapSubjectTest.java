package org.example.bitmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.Violation;
import org.junit.jupiter.api.Test;

/** Every state of the two bitmaps. */
class BitmapSubjectTest {
    private static Exploration explore(Subject subject) {
        return Explorer.explore(new SubjectSystem(subject, 0), Limits.NONE, ExplorationListener.NONE);
    }

    @Test
    void theBitmapKeepsItsRulesInEveryState() {
        Exploration found = explore(new BitmapSubject());
        assertNull(found.violation());
        assertEquals(Exploration.End.COMPLETE, found.end());
    }

    @Test
    void theForgetfulOneIsFoundOut() {
        Violation violation = explore(new BitmapSubject(2, ForgetfulBitmap::new)).violation();
        assertNotNull(violation);
        assertEquals(List.of("refusals are true: a number is free"), violation.rules());
        assertEquals(
                List.of("take a number", "take a number", "give back the number in row 0", "take a number"),
                violation.history().stream().map(Step::action).toList());
    }
}
