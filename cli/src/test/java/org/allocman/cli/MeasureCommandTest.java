package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MeasureCommandTest {
    private static JsonNode json(String... arguments) {
        Run run = Run.of(arguments);
        assertEquals(Exit.GOOD, run.code(), run::err);
        return JsonMapper.builder().build().readTree(run.out());
    }

    @Test
    void theMainCaseIsInTheObjectAndAllCasesAreInRows() {
        JsonNode object = json("measure", "--work", "frames", "--n", "64", "--json");
        assertEquals("frames", object.get("work").asString());
        assertEquals("arena", object.get("manager").asString());
        assertEquals(64, object.get("n").asInt());
        assertTrue(object.get("revokesPerFree").asDouble() >= 1);
        assertTrue(object.get("retypesPerAllocation").asDouble() >= 1);
        assertTrue(object.get("wholeAgain").asBoolean());
        assertEquals(4, object.get("rows").size());
        assertEquals("random", object.get("rows").get(2).get("row").asString());
        assertFalse(object.has("zeroedBytesPerPair"));
    }

    @Test
    void oneCaseNeedsNoRows() {
        JsonNode object = json("measure", "--work", "Thrash", "--n", "100", "--manager", "split", "--json");
        assertEquals("thrash", object.get("work").asString());
        assertFalse(object.has("rows"));
        assertEquals(18, object.get("invocationsPerPair").asDouble());
        assertEquals(8.5, object.get("invocationsPerOperation").get("retype").asDouble());
    }

    @Test
    void theTableHasAColumnForEachCase() {
        Run run = Run.of("measure", "--work", "addresses", "--n", "10");
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.out().contains("0 % taken"), run::out);
        assertTrue(run.out().contains("50 % taken"), run::out);
        assertTrue(run.out().contains("invocations per pair"), run::out);
        Run quiet = Run.of("measure", "--work", "addresses", "--n", "10", "--quiet");
        assertFalse(quiet.out().contains("50 % taken"), quiet::out);
    }

    @ParameterizedTest
    @CsvSource({
        "churn, 1000, twinkle, twinkle gives nothing back",
        "frames, 1000, arena, 'n of frames is a power of two from 2 to 1,048,576'",
        "B9, 1000, arena, 'there is no work ''B9'''",
        "churn, 0, arena, 'n of churn is a number from 1 to 1,000,000'"
    })
    void whatCannotBeMeasuredIsSaid(String work, String n, String manager, String message) {
        Run run = Run.of("measure", "--work", work, "--n", n, "--manager", manager);
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains(message), run::err);
        assertFalse(run.showsAStackTrace());
    }
}
