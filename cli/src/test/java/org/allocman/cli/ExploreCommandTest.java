package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExploreCommandTest {
    @TempDir
    private Path directory;

    @Test
    void theToyIsExploredToTheEnd() {
        Run run = Run.of("explore", "--system", "toy", "--size", "3");
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertEquals("114,249 states, which are all there are; toy has no rule that could be broken", run.lastLine());
        assertTrue(run.out().contains("2,399,229 states"), run::out);
    }

    @Test
    void jsonHasTheFigures() {
        Run run = Run.of("explore", "--board", "tiny", "--system", "kernel", "--depth", "3", "--json");
        assertEquals(Exit.GOOD, run.code(), run::err);
        JsonNode found = JsonMapper.builder().build().readTree(run.out());
        assertEquals(1120, found.get("generated").asLong());
        assertEquals(431, found.get("distinct").asLong());
        assertEquals(3, found.get("depth").asInt());
        assertTrue(found.get("statesPerSecond").asLong() > 0);
        assertTrue(found.get("bytesPerState").asDouble() <= 40, run::out);
        assertTrue(found.get("violation").isNull());
    }

    @Test
    void faultsAreExplored() {
        Run none = Run.of("explore", "--system", "allocman", "--size", "2", "--depth", "2", "-q");
        Run one = Run.of("explore", "--system", "allocman", "--size", "2", "--depth", "2", "--faults", "1", "-q");
        assertEquals(Exit.GOOD, one.code(), one::out);
        assertFalse(none.out().equals(one.out()), one::out);
    }

    @Test
    void limitsEndIt() {
        Run run = Run.of("explore", "--max-states", "100");
        assertTrue(run.out().contains("ended by the greatest number of states"), run::out);
        assertEquals(
                Exit.GOOD,
                Run.of("explore", "--depth", "2", "--time", "60", "--max-memory", "1M")
                        .code());
    }

    @ParameterizedTest
    @CsvSource({
        "--system, cow, there is no system 'cow'",
        "--size, 99, --size takes a number of slots from 2 to 16",
        "--depth, -1, not negative",
        "--faults, 1, a manager can be refused; kernel is none of them",
        "--board, nowhere, there is no board 'nowhere'",
        "--max-states, 0, at least one state"
    })
    void badOptionsAreNamed(String option, String value, String message) {
        Run run = Run.of("explore", option, value);
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains(message), run::err);
        assertFalse(run.showsAStackTrace());
    }

    /** What is left aside by one way to look at a system is not typed in vain. */
    @ParameterizedTest
    @CsvSource({
        "--simulate 5 --depth 3, --depth is for seeing all states",
        "--simulate 5 --max-states 3, --max-states is for seeing all states",
        "--simulate 5 --workers 2, --workers is for seeing all states; --simulate walks at random",
        "--simulate 5 --resume x, --checkpoint and --resume are for seeing all states; --simulate walks at random",
        "--dot - --workers 2, --workers is for seeing all states; --dot draws",
        "--dot - --json, --json and --dot exclude one another",
        "--dot - --time 3, --time and --dot exclude one another",
        "--dot - --actions, --actions and --dot exclude one another",
        "--dot - --max-memory 3M, --max-memory and --dot exclude one another",
        "--dot - --max-states 3, --max-states is for seeing all states; --dot draws",
        "--dot - --chain target/x.txt, --chain and --dot exclude one another",
        "--dot - --html target/x.html, --html and --dot exclude one another",
        "--system toy --actions, those of toy are not",
        "--system toy --chain target/x.txt, --chain is for what breaks a rule; toy has none"
    })
    void optionsThatMakeNoSenseTogetherAreRefused(String options, String message) {
        List<String> typed = new ArrayList<>(List.of("explore", "--size", "2"));
        typed.addAll(List.of(options.split(" ")));
        Run run = Run.of(typed.toArray(new String[0]));
        assertEquals(Exit.BAD_INPUT, run.code(), run::out);
        assertTrue(run.err().contains(message), run::err);
        assertEquals("", run.out());
    }

    @Test
    void walksHaveTheTableOfActions() {
        String[] walks = {"explore", "--simulate", "3", "--length", "20"};
        Run few = Run.of(walks);
        assertTrue(few.out().contains("--actions tells of each"), few::out);
        List<String> typed = new ArrayList<>(List.of(walks));
        typed.add("--actions");
        Run all = Run.of(typed.toArray(new String[0]));
        assertTrue(all.out().contains("enabled in"), all::out);
        assertTrue(Run.of("explore", "--system", "toy", "--simulate", "2", "-q")
                .out()
                .startsWith("there is no rule"));
    }

    /** The usual board has room for a large page, whichever the kernel. */
    @ParameterizedTest
    @CsvSource({"riscv32", "riscv64", "ia32", "x86_64", "aarch64", "riscv64+mcs"})
    void pagingHasABoardWithRoom(String architecture) {
        Run run = Run.of("explore", "--system", "paging", "--arch", architecture, "--depth", "2", "-q");
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.out().startsWith("no rule is broken in any state up to depth 2"), run::out);
    }

    @Test
    void rulesWithNothingToLookAtAreNamed() {
        Run run = Run.of("explore", "--depth", "2");
        assertTrue(run.out().contains("never had anything to look at:"), run::out);
        assertTrue(run.out().contains("zombies_final"), run::out);
        JsonNode found = JsonMapper.builder()
                .build()
                .readTree(Run.of("explore", "--depth", "2", "--json").out());
        assertTrue(found.get("rules").size() > 30);
        assertTrue(found.get("rules").toString().contains("{\"name\":\"zombies_final\",\"used\":false}"), run::out);
    }

    @Test
    void whetherEverythingComesBackIsTold() {
        Run run = Run.of("explore", "--system", "xous", "--size", "2", "--reset");
        assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
        assertTrue(run.out().contains("giving back alone leads there"), run::out);
        assertTrue(
                run.lastLine().endsWith("from each of them giving back leads to where everything is free and whole"));
        JsonNode found = JsonMapper.builder()
                .build()
                .readTree(Run.of("explore", "--system", "xous", "--size", "2", "--reset", "--json")
                        .out());
        assertTrue(found.get("reset").get("complete").asBoolean(), found::toString);
        Run early = Run.of("explore", "--system", "xous", "--size", "2", "--reset", "--depth", "2");
        assertEquals(Exit.ENDED_EARLY, early.code());
        assertTrue(early.err().contains("--reset needs all states"), early::err);
        Run none = Run.of("explore", "--system", "toy", "--reset");
        assertEquals(Exit.BAD_INPUT, none.code());
        assertTrue(none.err().contains("toy does not"), none::err);
    }

    @Test
    void aCheckpointIsGoneOnWith() {
        String folder = directory.resolve("checkpoint").toString();
        Run first = Run.of("explore", "--depth", "3", "--checkpoint", folder, "-q");
        assertEquals(Exit.GOOD, first.code(), first::err);
        Run other = Run.of("explore", "--system", "paging", "--resume", folder);
        assertEquals(Exit.BAD_INPUT, other.code());
        assertTrue(other.err().contains("is of another exploration: kernel on tiny"), other::err);
        Run less = Run.of("explore", "--depth", "2", "--resume", folder);
        assertEquals(Exit.BAD_INPUT, less.code());
        assertTrue(
                less.err().contains("went to depth 3; it goes on to that depth or a greater one, not to 2"), less::err);
        Run fewer = Run.of("explore", "--max-states", "426", "--resume", folder);
        assertEquals(Exit.BAD_INPUT, fewer.code());
        assertTrue(fewer.err().contains("has 431 states; it goes on to more of them, not to 426"), fewer::err);
        Run both = Run.of("explore", "--checkpoint", folder, "--resume", folder);
        assertTrue(both.err().contains("leave --checkpoint out"), both::err);
        Run wide = Run.of("explore", "--depth", "4", "--resume", folder, "--workers", "2", "-q");
        assertEquals(Run.of("explore", "--depth", "4", "-q").out(), wide.out(), wide::err);
        Run none = Run.of("explore", "--resume", directory.resolve("none").toString());
        assertTrue(none.err().contains("there is no checkpoint in"), none::err);
    }

    @ParameterizedTest
    @CsvSource({
        "allocman,split,current,one-level",
        "vka,split,1:8,one-level",
        "vka,arena,2:7:7,two-level",
        "resource,arena,2:4:4,two-level"
    })
    void managersAndCSpacesCanBeChosen(String system, String manager, String cspace, String design) {
        Run run = Run.of(
                "explore",
                "--system",
                system,
                "--depth",
                "2",
                "--faults",
                "1",
                "--manager",
                manager,
                "--cspace",
                cspace,
                "--cspace-design",
                design);
        assertEquals(0, run.code(), () -> run.err() + run.out());
        assertTrue(run.out().contains(", manager " + manager + ", CSpace " + cspace + ","), run.out());
    }

    @ParameterizedTest
    @CsvSource({
        "kernel,--manager split,are for systems with a manager; in kernel there is none",
        "uvisor,--cspace 1:8,are for systems with a manager; in uvisor there is none",
        "toy,--cspace-design one-level,are for systems with a manager; in toy there is none",
        "resource,--manager split,the manager split did not reserve the memory of its units",
        "vka,--manager twinkle,--manager twinkle gives nothing back",
        "allocman,--cspace-design bump,--cspace-design bump gives nothing back",
        "allocman,--manager nobody,there is no manager 'nobody'",
        "allocman,--cspace 2:8,is no CSpace"
    })
    void aManagerThatCannotBeExploredIsRefused(String system, String options, String message) {
        String[] typed = options.split(" ");
        Run run = Run.of("explore", "--system", system, typed[0], typed[1]);
        assertEquals(2, run.code(), run.out());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void aChainIsTakenAgain() throws Exception {
        Run run = replay("""
                # with a fault
                system allocman
                size 2
                faults 1
                step allocate an endpoint
                step allocate a frame [refused: 1]
                step free object 0
                """);
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(
                run.out().contains("allocate a frame [refused: 1]  the kernel refused: NOT_ENOUGH_MEMORY"), run::out);
        assertEquals("no rule is broken in 3 steps", run.lastLine());
    }

    @ParameterizedTest
    @CsvSource({
        "system cow, line 1: there is no system 'cow'",
        "step trim, no line says which system",
        "system kernel;size many, line 2: 'many' is not a number",
        "system kernel;faults 1, nothing of kernel can be made to fail",
        "system kernel;moo, line 2: 'moo' is not a word of a chain",
        "system kernel;step dance, step 1: there is no action 'dance'",
        "system kernel;step delete slot 3, step 1: 'delete slot 3' is not possible there",
        "system allocman;step trim [refused: 1], there is no action"
    })
    void aBadChainIsNamedWithThePlace(String lines, String message) throws Exception {
        Run run = replay(lines.replace(";", "\n"));
        assertEquals(Exit.BAD_INPUT, run.code(), run::out);
        assertTrue(run.err().contains("chain.txt: "), run::err);
        assertTrue(run.err().contains(message), run::err);
        assertFalse(run.showsAStackTrace());
    }

    private Run replay(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("chain.txt"), text);
        return Run.of("replay", "chain", file.toString());
    }
}
