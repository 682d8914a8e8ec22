package org.allocman.view.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.workload.MixedWorkload;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.view.page.RunPage;
import org.allocman.vka.Kernel;
import org.allocman.vka.Vka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunRecorderTest {
    private static final int EMPTY = -1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A machine, what was recorded on it, and the two states that it tells of. */
    private record Recorded(Machine machine, ManagedMachine.Pools pools, RecordedRun run) {
        JsonNode json() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            run.writeJson(out);
            return JSON.readTree(out.toByteArray());
        }
    }

    private static Recorded record(String board, int objects, long fail, int most) throws Exception {
        ManagedMachine.Pools pools = ManagedMachine.Pools.DEFAULT;
        Machine machine = ManagedMachine.boot(assertThere(Boards.byName(board)), pools);
        RunRecorder recorder = recorder(machine, pools, most);
        FaultyKernel faulty = new FaultyKernel(machine.kernel());
        if (fail > 0) {
            faulty.failAt(fail, false);
        }
        ManagedMachine managed = ManagedMachine.manage(
                        machine, pools, kernel -> recorder.kernel(faulty), recorder.growth(GrowthListener.NONE))
                .get();
        recorder.ready();
        recorder.chapter("Work.");
        Vka vka = recorder.vka(new AllocmanVka(managed.allocman()));
        MixedWorkload work = new MixedWorkload(vka, 1, machine.bootInfo().untypeds(), 20);
        work.run(objects, made -> {});
        work.freeAll();
        recorder.trim(managed.allocman()::trim);
        return new Recorded(machine, pools, recorder.finish("a run", "bin/allocman boot", null));
    }

    private static <T> T assertThere(T thing) {
        assertNotNull(thing);
        return thing;
    }

    private static RunRecorder recorder(Machine machine, ManagedMachine.Pools pools, int most) {
        var options = ManagedMachine.options(machine, pools);
        RunRecorder recorder = new RunRecorder(most);
        recorder.start(Watched.machine(machine, options.window(), options.windowBytes()));
        recorder.settingUp();
        return recorder;
    }

    /** Slots by address, each as the row's text, so that states of two recordings can be compared. */
    private static Map<Long, String> firstSlots(JsonNode json) {
        Map<Long, String> state = new TreeMap<>();
        json.get("slots")
                .forEach(entry -> state.put(
                        entry.get(0).asLong(),
                        json.get("rows").get(entry.get(1).asInt()).toString()));
        return state;
    }

    private static Map<Long, String> firstWords(JsonNode json) {
        Map<Long, String> state = new TreeMap<>();
        json.get("words")
                .forEach(entry -> state.put(
                        entry.get(0).asLong(),
                        json.get("values").get(entry.get(1).asInt()).asString()));
        return state;
    }

    private static void play(Map<Long, String> state, JsonNode step, String changes, JsonNode texts, String none) {
        if (!step.has(changes)) {
            return;
        }
        for (JsonNode change : step.get(changes)) {
            long address = change.get(0).asLong();
            assertEquals(text(texts, change.get(1).asInt(), none), state.getOrDefault(address, none));
            state.put(address, text(texts, change.get(2).asInt(), none));
        }
    }

    private static String text(JsonNode texts, int index, String none) {
        if (index == EMPTY) {
            return none;
        }
        JsonNode node = texts.get(index);
        return node.isString() ? node.asString() : node.toString();
    }

    private static void assertSame(Map<Long, String> expected, Map<Long, String> actual, String none) {
        actual.values().removeIf(none::equals);
        assertEquals(expected, actual);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "qemu-arm-virt", "pc99", "k64f"})
    void thePlayedStepsEndInTheMachinesOwnState(String board) throws Exception {
        Recorded recorded = record(board, 60, 0, 10_000);
        JsonNode json = recorded.json();
        Map<Long, String> slots = firstSlots(json);
        for (JsonNode step : json.get("steps")) {
            play(slots, step, "slots", json.get("rows"), "empty");
        }
        JsonNode end = new Recorded(
                        recorded.machine(),
                        recorded.pools(),
                        recorder(recorded.machine(), recorded.pools(), 1).finish("the end", "", null))
                .json();
        assertSame(firstSlots(end), slots, "empty");
    }

    @Test
    void theWordsOfThePoolsAreThereToo() throws Exception {
        JsonNode json = record("tiny", 60, 0, 10_000).json();
        Map<Long, String> words = firstWords(json);
        assertTrue(words.isEmpty(), "the static pool is zero at boot");
        long written = 0;
        for (JsonNode step : json.get("steps")) {
            written += step.has("words") ? step.get("words").size() : 0;
            play(words, step, "words", json.get("values"), "0");
        }
        assertTrue(written > 100);
    }

    @Test
    void aRefusedInvocationChangesNoSlotAndIsTold() throws Exception {
        JsonNode json = record("tiny", 60, 20, 10_000).json();
        int refused = 0;
        for (JsonNode step : json.get("steps")) {
            if (step.has("error") && step.get("error").asString().startsWith("NotEnoughMemory")) {
                refused++;
                assertFalse(step.has("slots"));
            }
        }
        assertEquals(1, refused);
    }

    @Test
    void whatIsTooMuchIsCountedOnly() throws Exception {
        RecordedRun run = record("tiny", 60, 0, 25).run();
        assertEquals(25, run.steps());
        assertTrue(run.cut() > 50);
    }

    @Test
    void everyStepBelongsToAnOperationAndEachOperationToAChapter() throws Exception {
        JsonNode json = record("tiny", 60, 0, 10_000).json();
        for (JsonNode step : json.get("steps")) {
            JsonNode operation =
                    json.get("operations").get(step.get("operation").asInt());
            assertTrue(operation.get("chapter").asInt() < json.get("chapters").size());
        }
    }

    @Test
    void thePageCarriesTheRunAndNeedsNothingElse() throws Exception {
        Recorded recorded = record("tiny", 10, 0, 10_000);
        String page = RunPage.of(recorded.run());
        assertFalse(page.contains("https://"));
        assertFalse(page.contains("src="));
        String start = "id=\"run\">";
        int at = page.indexOf(start) + start.length();
        String packed = page.substring(at, page.indexOf('<', at));
        assertEquals(recorded.json(), unpacked(packed));
    }

    @Test
    void whatIsNotRecordedLeavesNoTrace() throws Exception {
        Machine machine = ManagedMachine.boot(assertThere(Boards.byName("tiny")), ManagedMachine.Pools.DEFAULT);
        RunRecorder recorder = recorder(machine, ManagedMachine.Pools.DEFAULT, 100);
        Kernel kernel = recorder.kernel(machine.kernel());
        int checkpoint = machine.memory().checkpoint();
        boolean failed = recorder.aside(() -> kernel.revoke(2, 0, 0).failed());
        machine.memory().rewind(checkpoint);
        assertEquals(0, recorder.finish("nothing", "", null).steps());
        assertTrue(failed);
    }

    @Test
    void aRecorderThatWasNeverStartedLetsEverythingPassAndHasNothing() throws Exception {
        Machine machine = ManagedMachine.boot(assertThere(Boards.byName("tiny")), ManagedMachine.Pools.DEFAULT);
        RunRecorder recorder = new RunRecorder(10);
        Kernel kernel = recorder.kernel(machine.kernel());
        recorder.call("look", () -> kernel.delete(0, 0, 0).toString());
        recorder.wrong(List.of("nothing is"));
        assertFalse(recorder.hasStarted());
        assertThrows(IllegalStateException.class, () -> recorder.finish("nothing", "", null));
    }

    @Test
    void aCallHasAStepWithItsAnswerAndTheOwnersThatChanged() throws Exception {
        Machine machine = ManagedMachine.boot(assertThere(Boards.byName("tiny")), ManagedMachine.Pools.DEFAULT);
        int[] owners = {0, 3, 0};
        RunRecorder recorder = recorder(machine, ManagedMachine.Pools.DEFAULT, 100);
        recorder.owners(new Cells(
                "Pieces",
                "piece",
                16,
                List.of(new Cells.Stretch("all", 0, owners.length)),
                cell -> owners[cell],
                owner -> "owner " + owner));
        recorder.call("give", () -> {
            owners[2] = 4;
            return "given";
        });
        recorder.wrong(List.of("a rule"));
        recorder.endOwners();
        recorder.call("end", () -> "over");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        recorder.finish("cells", "", null).writeJson(out);
        JsonNode json = JSON.readTree(out.toByteArray());
        JsonNode step = json.get("steps").get(0);
        assertEquals("[[1,0,3],[2,0,4]]", step.get("cells").toString());
        assertEquals("[\"a rule\"]", step.get("wrong").toString());
        assertEquals(
                "given",
                json.get("operations")
                        .get(step.get("operation").asInt())
                        .get("answer")
                        .asString());
        assertEquals("[[1,3,0],[2,4,0]]", json.get("steps").get(1).get("cells").toString());
        assertEquals("owner 4", json.get("cells").get("owners").get("4").asString());
    }

    private static JsonNode unpacked(String packed) throws IOException {
        try (var in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            return JSON.readTree(in.readAllBytes());
        }
    }
}
