package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.allocman.cli.frame.Exit;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code play} does with lines, whichever system they are for. */
@Timeout(120)
class PlayCommandTest {
    @TempDir
    private Path directory;

    private Run play(String system, String lines, String... options) throws Exception {
        Path script = Files.writeString(directory.resolve("x.play"), lines);
        List<String> line = new ArrayList<>(List.of(system, "play", script.toString()));
        line.addAll(Arrays.asList(options));
        return Run.of(line.toArray(new String[0]));
    }

    private static List<String> answers(Run run) {
        return run.outLines().stream()
                .map(line -> line.replaceFirst("^ *[0-9]+ +", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xous|spwan|line 1: there is no word 'spwan'; did you mean spawn?",
                "xous|zzzzzz|line 1: there is no word 'zzzzzz'; help lists those there are",
                "xous|map 2|map takes PROCESS BYTES [FLAGS] [ADDRESS], or nothing",
                "xous|spawn 2|spawn takes nothing",
                "xous|map a 4K|'a' is neither a number nor a name that a call before has given",
                "xous|map 2 4KX|'4KX' is neither a number nor a name",
                "xous|store 2 0 0x100000000|'0x100000000' is more than 32 bits",
                "xous|store 2 0 -2147483649|'-2147483649' is more than 32 bits",
                "xous|map 2 4K rwq|'rwq' are no flags",
                "xous|map 2 4K rw+|'rw+' are no flags",
                "xous|map 2 4K ''|'''' are no flags",
                "xous|limit 2 heap 1 2|'heap' is neither a number nor a name",
                "xous|spawn -> OutOfMemori|'OutOfMemori' is no outcome: ok, FAULT, a number, a name or a refusal; did you mean OutOfMemory?",
                "xous|spawn -> outofmemory|did you mean OutOfMemory?",
                "xous|spawn ->|behind -> stands one outcome",
                "xous|spawn -> ok ok|behind -> stands one outcome",
                "xous|kernel = spawn|'kernel' has a meaning already",
                "xous|a = check|check answers nothing that could have a name",
                "xous|a =|there is no call",
                "xous|2a = spawn|'2a' is no name",
                "xous|undo|line 1: no call is left to undo",
                "xous|undo 0|no call is left to undo",
                "xous|help spwan|there is no word 'spwan'",
                "uvisor|enter nobody|line 1: there is no box 'nobody'; there are main, sensor, update",
                "uvisor|malloc 8 -> NO_MEMORI|did you mean NO_MEMORY?"
            })
    void aLineThatCannotBeReadIsASentence(String system, String text, String message) throws Exception {
        Run run = play(system, text);
        assertEquals(Exit.BAD_INPUT, run.code(), run::out);
        assertTrue(run.err().contains(message), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xous|spawn\ncheck", "uvisor|enter sensor\ncheck"})
    void whatWindowsPutsInFrontIsNoWord(String lines) throws Exception {
        String[] parts = lines.split("\\|");
        Run run = play(parts[0], "\ufeff" + parts[1].replace("\n", "\r\n") + "\r\n");
        assertEquals(Exit.GOOD, run.code(), run::err);
    }

    @Test
    void aLineThatIsNoneIsToldBeforeAnythingIsDone() throws Exception {
        Run run = play("xous", "spawn\n\n# nothing\nspwan\n");
        assertEquals(Exit.BAD_INPUT, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().contains("x.play: line 4: there is no word 'spwan'"), run::err);
    }

    @Test
    void aNameOfACallThatWasRefusedStandsForNothing() throws Exception {
        Run run = play("xous", "a = spawn\np = map a 4K\np = map a 4095 -> BadAlignment\ntouch a p\n");
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(answers(run).get(3).matches("touch a p +SKIPPED"), run::out);
        assertTrue(run.out().contains("      'p' stands for nothing, because its call was refused"), run::out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "touch a p -> SKIPPED|0|",
                "touch a p+4K -> SKIPPED|0|",
                "q = touch a p; touch a q -> SKIPPED|0|",
                "touch a p -> ok|1|line 3: touch a p came to SKIPPED, not ok",
                "touch a 0 -> p|1|line 3: touch a 0 came to BadAddress, not p",
                "undo p -> SKIPPED|0|",
                "p = map a 4K; touch a p -> ok|0|",
                "p = map a 4K; undo; touch a p -> SKIPPED|0|",
                "undo; touch a p|2|line 4: 'p' is neither a number nor a name",
                "touch a r|2|line 3: 'r' is neither a number nor a name"
            })
    void aRefusedCallIsAResultThatLaterLinesSee(String lines, int code, @Nullable String message) throws Exception {
        Run run = play("xous", "a = spawn\np = map a 4095\n" + lines.replace("; ", "\n") + "\ncheck\n");
        assertEquals(code, run.code(), () -> run.out() + run.err());
        assertTrue(message == null ? run.err().isEmpty() : run.err().contains(message), run::err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uvisor|malloc 18446744073709551615 -> TOO_LARGE|",
                "uvisor|malloc 0xffffffffffffffff -> TOO_LARGE|",
                "uvisor|enter sensor; m = malloc 8; store m 0xffffffffffffffff -> ok; load m -> 18446744073709551615|",
                "uvisor|malloc 18446744073709551616|'18446744073709551616' is more than 2^64 - 1",
                "uvisor|malloc 16777216T|'16777216T' is more than 2^64 - 1",
                "uvisor|malloc 9223372036854775807+9223372036854775807+2|is more than 2^64 - 1",
                "uvisor|sbrk -9223372036854775809|is less than -2^63",
                "xous|a = spawn; map a 9223372036854775808 -> InvalidSyscall|",
                "xous|a = spawn; map a 0xffffffffffffffff -> InvalidSyscall|",
                "xous|a = spawn; p = map a 4K; touch a p+0xffffffffffffffff|is more than 2^64 - 1",
                "xous|a = spawn; touch a 8K+-4K -> BadAddress|",
                "xous|a = spawn; p = map a 4K; store a p 0xffffffffffffffff|is more than 32 bits",
                "xous|exit 0x100000002 -> ProcessNotFound|",
                "xous|exit 18446744073709551615 -> ProcessNotFound|"
            })
    void numbersHave64BitsAndSumsDoNotWrap(String system, String lines, @Nullable String message) throws Exception {
        Run run = play(system, lines.replace("; ", "\n"));
        assertEquals(message == null ? Exit.GOOD : Exit.BAD_INPUT, run.code(), () -> run.out() + run.err());
        assertTrue(message == null ? run.err().isEmpty() : run.err().contains(message), run::err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xous|spawn -> 3|spawn came to process 2, not 3",
                "xous|spawn -> OutOfMemory|spawn came to process 2, not OutOfMemory",
                "xous|exit 9 -> ok|exit 9 came to ProcessNotFound, not ok",
                "xous|load 9 0 -> FAULT|load 9 0 came to ProcessNotFound, not FAULT",
                "xous|owner 0xf0000000 -> kernel|owner 0xf0000000 came to nobody, not kernel",
                "uvisor|owner 0x2001c000 -> main|owner 0x2001c000 came to nobody, not main",
                "uvisor|load 0 -> ok|load 0 came to FAULT, not ok"
            })
    void whatComesInsteadIsToldWithItsLine(String system, String text, String message) throws Exception {
        Run run = play(system, "# first\n" + text + "\ncheck\n");
        assertEquals(Exit.FOUND_WRONG, run.code(), run::out);
        assertTrue(run.err().contains("x.play: line 2: " + message), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
        assertTrue(run.out().contains("WRONG, not "), run::out);
        assertEquals("", play(system, "# first\n" + text + "\n", "-q").out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spawn -> 2",
                "a = spawn; owner 0xf0000000 -> nobody; pages a -> 4",
                "a = spawn; p = map a 8K; q = touch a p+4K; virt_to_phys a p+4097 -> q+1; owner q -> a",
                "a = spawn; map a 4K r 0x10000000 -> 0x10000000; load a 0x10000ffc -> 0; store a 0x10000000 1 -> FAULT",
                "a = spawn; load a 0x10000000 -> FAULT; load a -4 -> FAULT; load a 2 -> FAULT; load a 0x800000000 -> FAULT",
                "a = spawn; map a 4K none 0x10000000; load a 0x10000000 -> FAULT; touch a 0x10000000 -> BadAddress",
                "a = spawn; p = map a 8K; store a p 7; flags a p 4K r -> ok; load a p -> 7; store a p 8 -> FAULT",
                "a = spawn; h = heap a 8K; heap a 0 -> h; shrink a 4K -> ok; size a -> 4096; shrink a 8K -> OutOfMemory",
                "a = spawn; b = spawn; p = map a 4K; store a p 9; q = move a p 4K b; load b q -> 9; load a p -> FAULT",
                "a = spawn; t = thread a 0x7ffe0000 4K -> 3; threads a -> 2; thread a 0x5000 4K -> BadAddress",
                "a = spawn; b = spawn; claim_interrupt a 3; claim_interrupt b 3 -> InterruptInUse;"
                        + "free_interrupt b 3 -> InterruptNotFound; free_interrupt a 3 -> ok; claim_interrupt b 99 -> InterruptNotFound",
                "a = spawn; b = spawn; p = map a 8K; l = lend a p 4K b; return a l 4K -> ServerNotFound; return b l 8K -> BadAddress;"
                        + "return b l+4K 4K -> DoubleFree; unmap b l 4K -> ShareViolation; exit b -> ok; load a p -> 0",
                "a = spawn; claim a -4096 4K -> BadAddress; claim a -1 4K -> BadAlignment; claim a 0x7ffffffffffff000 4K -> BadAddress",
                "a = spawn; b = spawn; map a 4K rw 0x10000000; map b 4K rw 0x10000000; store a 0x10000000 1;"
                        + "store b 0x10000000 2; load a 0x10000000 -> 1; load b 0x10000000 -> 2",
                "a = spawn; b = spawn; c = spawn; p = map a 8K; l = lend a p 4K b; lend a p+4K 4K c -> l;"
                        + "return b l 4K -> ok; return c l 4K -> ok; return a l 4K -> DoubleFree",
                "a = spawn; p = map a 4K; store a p 0xffffffff; load a p -> 0xffffffff; store a p+4 -2; load a p+4 -> 0xfffffffe",
                "a = spawn; exit a; exit a -> ProcessNotFound; map a 4K -> ProcessNotFound; root a -> ProcessNotFound"
            })
    void wordsOfXous(String lines) throws Exception {
        Run run = play("xous", lines.replace(';', '\n') + "\ncheck");
        assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xous", "uvisor"})
    void whatIsUndoneHasNeverBeen(String system) throws Exception {
        String calls = system.equals("xous") ? """
                        a = spawn
                        b = spawn
                        p = map a 64K
                        touch a p 64K
                        store a p 77
                        l = lend_mut a p 8K b
                        store b l+4K 78
                        load b l
                        claim b 0xf0000000 8K
                        heap b 8K
                        thread a 0x7ffe0000 4K
                        map a 4095
                        return b l 8K
                        load a p+4K
                        exit a
                        pages nobody
                        """ : """
                        enter sensor
                        h = heap 6000 512
                        t = threadon h 1K
                        run t
                        m = malloc 100
                        store m 5
                        load m
                        b = block 9000
                        store b+8 6
                        malloc 100000
                        end t
                        owner h
                        """;
        int count = (int) calls.lines().count();
        String twice = calls + "check\nundo " + count + "\ncheck\n" + calls + "undo 3\nundo\ncheck\n";
        Run run = play(system, twice);
        assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
        List<String> answers = answers(run);
        // check, undo and what it undid, check
        int again = 2 * count + 3;
        assertEquals(answers.subList(0, count), answers.subList(again, again + count));
        assertTrue(
                run.out().contains("      undone: " + calls.lines().findFirst().orElseThrow()), run::out);
    }

    @Test
    void namesAreUndoneToo() throws Exception {
        Run run = play("xous", "a = spawn\np = map a 4K\nundo\ntouch a p\n");
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains("line 4: 'p' is neither"), run::err);
        Run renamed = play("xous", "a = spawn\np = map a 4K 0x10000000\np = map a 4K rw 0x11000000\n");
        assertEquals(Exit.BAD_INPUT, renamed.code(), "0x10000000 is no flags");
        Run back = play("xous", """
                a = spawn
                p = map a 4K rw 0x10000000
                p = map a 4K rw 0x11000000
                undo
                touch a p -> ok
                touch a 0x11000000 -> BadAddress
                virt_to_phys a p -> ok
                b = spawn
                l = lend a p 4K b
                undo 2
                exit 3 -> ProcessNotFound
                undo 9
                """);
        assertEquals(Exit.BAD_INPUT, back.code());
        assertTrue(
                back.err().contains("line 12: undo takes the number of calls that are to be undone, 1 to 6, not 9"),
                back::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xous", "uvisor"})
    void aPageShowsWhatIsUndone(String system) throws Exception {
        String call = system.equals("xous") ? "a = spawn\nmap a 4K rw+device\n" : "enter sensor\nblock 9000\n";
        Path page = directory.resolve("page.html");
        Run run = play(system, call + "undo 2\n" + call + "check\nmap\n", "--html", page.toString());
        assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
        String content = PageTest.content(page).toString();
        assertTrue(content.contains("undo 2"), "the step is on the page");
        assertTrue(content.contains(call.lines().findFirst().orElseThrow()));
    }

    private static Run withInput(String input, String... arguments) {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            return Run.of(arguments);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void theStandardInputIsAScript() {
        for (String[] arguments : new String[][] {{"xous", "play", "-"}, {"xous", "play"}}) {
            Run run = withInput("a = spawn\npages a -> 5", arguments);
            assertEquals(Exit.FOUND_WRONG, run.code());
            assertTrue(run.err().contains("standard input: line 2: pages a came to 4, not 5"), run::err);
        }
        Run middle = withInput("a = spawn\nmap a", "xous", "play", "-");
        assertEquals(Exit.BAD_INPUT, middle.code());
        assertTrue(middle.out().contains("process 2"), "what came before is done");
        assertTrue(middle.err().contains("standard input: line 2: map takes PROCESS BYTES"), middle::err);
        Run none = withInput("", "xous", "play", "-");
        assertEquals(Exit.GOOD, none.code());
        assertEquals("", none.out() + none.err());
        Run left = withInput("spawn\nquit\nnonsense\n", "uvisor", "play", "-");
        assertEquals(Exit.BAD_INPUT, left.code(), "uVisor has no spawn");
        assertEquals(
                Exit.GOOD,
                withInput("sbrk 0\nquit\nnonsense\n", "uvisor", "play", "-").code());
    }

    @Test
    void helpAndPicturesAreForScriptsToo() throws Exception {
        Run run = play("xous", "a = spawn\nhelp\nhelp map\nmap\nmap a 4K\nquit\nnonsense\n", "--width", "60");
        assertEquals(Exit.GOOD, run.code(), run::err);
        for (String text :
                List.of("lend_mut PROCESS ADDRESS BYTES TO", "undo [N]", "RAM by owner", "PID 2", "draw whose")) {
            assertTrue(run.out().contains(text), () -> text + " is missing in\n" + run.out());
        }
        assertTrue(run.outLines().stream().filter(line -> line.startsWith("0x")).allMatch(line -> line.length() <= 60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xous", "uvisor"})
    void whatIsRefusedBeneathIsToldWithItsLine(String system) throws Exception {
        String lines = system.equals("xous")
                ? "a = spawn\nb = spawn\np = map a 64K rw+device\nload a p\nexit b\ncheck\n"
                : "enter sensor\nb = block 9000\nstore b 1\nh = heap 6000 512\nfreeblock b 9000\ncheck\n";
        int refused = 0;
        boolean isOver = false;
        for (int i = 1; i < 4000 && !isOver; i += i < 9 ? 1 : 7) {
            Run run = play(system, lines, "--fail", "" + i);
            assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
            isOver = run.err().contains("fewer invocations than --fail says");
            assertEquals(
                    !isOver,
                    run.err()
                            .matches("(?s)allocman: note: .*x.play: line [0-9]+: invocation " + i
                                    + " [(].*was refused in this call\\R"),
                    run::err);
            refused += isOver ? 0 : 1;
        }
        assertTrue(isOver);
        assertTrue(refused > 3, "" + refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xous", "uvisor"})
    void aPageOpensAtTheFirstLineAndCountsFromThere(String system) throws Exception {
        String line = system.equals("xous") ? "spawn" : "block 9000";
        Path page = directory.resolve("page.html");
        Run run = play(system, line + "\n" + line + "\n", "--html", page.toString());
        assertEquals(Exit.GOOD, run.code(), run::err);
        JsonNode content = PageTest.content(page);
        int opening = content.get("opening").intValue();
        JsonNode steps = content.get("steps");
        int firstOfLines = 0;
        while (!of(content, steps.get(firstOfLines)).equals("The calls.")) {
            firstOfLines++;
        }
        assertEquals(firstOfLines, opening);
        assertTrue(opening > 0);
    }

    /** The chapter that a step belongs to. */
    private static String of(JsonNode content, JsonNode step) {
        int operation = step.get("operation").intValue();
        return operation < 0
                ? ""
                : content.get("chapters")
                        .get(content.get("operations")
                                .get(operation)
                                .get("chapter")
                                .intValue())
                        .stringValue();
    }

    @Test
    void whatIsNoScriptIsASentence() throws Exception {
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertTrue(Run.of("xous", "play", binary.toString()).err().contains("this is not text in UTF-8"));
        assertTrue(Run.of("xous", "play", "/no/such/file").err().contains("/no/such/file: no such file"));
        assertTrue(Run.of("xous", "play", directory.toString()).err().contains("this is a directory"));
        Run many = play("xous", "check\n".repeat(10_001));
        assertTrue(many.err().contains("a script has at most 10000 lines"), many::err);
    }
}
