package org.allocman.cli.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.ExplorationListener;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.Violation;
import org.allocman.check.systems.SystemKind;
import org.allocman.check.systems.SystemOptions;
import org.allocman.sim.board.Boards;
import org.allocman.view.recording.RecordedRun;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HistoryRecordingTest {
    /** Says that it revoked, and did nothing. */
    private static final class LazyKernel extends ForwardingKernel {
        LazyKernel(Kernel kernel) {
            super(kernel);
        }

        @Override
        public KernelError revoke(long root, long index, int depth) {
            return KernelError.NO_ERROR;
        }
    }

    private static JsonNode json(RecordedRun run) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        run.writeJson(out);
        return JsonMapper.builder().build().readTree(out.toByteArray());
    }

    @Test
    void theShortestHistoryOfABrokenKernelEndsWithTheRuleThatIsBroken() throws Exception {
        SystemOptions options = new SystemOptions(Boards.byName("tiny"), 2, 0, false);
        SystemKind kind = SystemKind.ALLOCMAN;
        Violation violation = Explorer.explore(
                        new SubjectSystem(assertThere(kind.subject(options, LazyKernel::new)), 0),
                        Limits.NONE.withDepth(4),
                        ExplorationListener.NONE)
                .violation();
        List<String> steps =
                assertThere(violation).history().stream().map(Step::action).toList();
        RecordedRun run = assertThere(new HistoryRecording(kind, options).take(steps, LazyKernel::new))
                .finish("broken", "", null);
        JsonNode all = json(run).get("steps");
        JsonNode last = all.get(all.size() - 1);
        assertEquals("call", last.get("kind").asString());
        assertEquals(violation.rules().get(0), last.get("wrong").get(0).asString());
        for (int i = 0; i < all.size() - 1; i++) {
            assertEquals(false, all.get(i).has("wrong"));
        }
    }

    @Test
    void checkingTheRulesLeavesNoStepAndNoTrace() throws Exception {
        SystemOptions options = new SystemOptions(Boards.byName("tiny"), 3, 0, false);
        JsonNode run = json(assertThere(new HistoryRecording(SystemKind.ALLOCMAN, options)
                        .take(List.of("allocate a frame", "free object 0")))
                .finish("good", "", null));
        List<String> calls = run.get("steps").findValuesAsString("kind");
        assertEquals(2, calls.stream().filter("call"::equals).count());
        assertTrue(calls.size() < 12, calls.toString());
    }

    private static <T> T assertThere(T thing) {
        assertNotNull(thing);
        return thing;
    }
}
