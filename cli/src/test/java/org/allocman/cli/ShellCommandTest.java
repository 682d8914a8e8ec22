package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellCommandTest {
    private static final Path DOCUMENTATION = Path.of("../docs/shell.md");
    private static final String PROMPT = "allocman> ";

    @TempDir
    private Path directory;

    private Run shell(List<String> lines, String... options) throws IOException {
        Path script = Files.write(directory.resolve("script"), lines);
        List<String> arguments = new ArrayList<>(List.of("shell", "--script", script.toString()));
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray(new String[0]));
    }

    @Test
    void theSessionInTheDocumentationIsTrue() throws IOException {
        String page = Files.readString(DOCUMENTATION);
        List<String> session = page.substring(page.indexOf("```console\n") + 11, page.indexOf("```\n\nA command"))
                .lines()
                .toList();
        List<String> commands = session.stream()
                .filter(line -> line.startsWith(PROMPT))
                .map(line -> line.substring(PROMPT.length()))
                .toList();
        List<String> answers =
                session.stream().filter(line -> !line.startsWith(PROMPT)).toList();
        Run run = shell(commands, "--board", "tiny");
        assertEquals(answers, run.outLines());
        assertEquals(0, run.code());
        assertTrue(commands.size() > 10);
    }

    /** Slots 19 to 24 have the frames of the root task's image; the manager's static pool is among them. */
    @Test
    void aManagerWithoutItsMemoryIsToldAndNoErrorOfOurs() throws IOException {
        List<String> commands = new ArrayList<>();
        for (int slot = 19; slot < 25; slot++) {
            commands.add("unmap " + slot);
        }
        commands.addAll(List.of("check", "show pools", "alloc tcb", "undo 6", "check", "show pools"));
        Run run = shell(commands, "--board", "tiny");
        assertEquals(0, run.code(), () -> run.out() + run.err());
        assertTrue(run.out().contains("the manager's memory: "), run::out);
        assertTrue(run.out().contains("the machine is too broken to be shown: "), run::out);
        assertTrue(run.out().contains("every invariant of the kernel and of the manager holds"), run::out);
    }

    @Test
    void everythingCanBeShown() throws IOException {
        Run run = shell(
                List.of(
                        "# a remark",
                        "cn = alloc cnode 4",
                        "ut = alloc untyped 10",
                        "retype ut tcb -> cn/2 # too large",
                        "retype ut notification -> cn/3 count 4",
                        "x = 0x40",
                        "show slots",
                        "show slots cn",
                        "show tree",
                        "show untypeds",
                        "show memory",
                        "show pools",
                        "show names",
                        "show history",
                        "show slots ut",
                        "show object 5000",
                        "show object",
                        "show everything",
                        "help",
                        "help show",
                        "help mint",
                        "help nothing",
                        "undo x",
                        "undo 99",
                        "undo",
                        "redo 99",
                        "redo",
                        "save",
                        "load /no/such/file",
                        "quit",
                        "this is not read"),
                "--board",
                "qemu-riscv-virt",
                "--manager",
                "split",
                "--cspace",
                "1:13",
                "--strict");
        assertEquals(1, run.code());
        assertFalse(run.showsAStackTrace(), run.out());
        for (String text : List.of(
                "refused: NotEnoughMemory (1024 bytes left)",
                "  4 x notification",
                "  device  ",
                "static pool",
                "reserve       full",
                "untyped0 to untyped",
                "ut: this is no CNode and no TCB",
                "5000: the slot is empty",
                "which one? show object PLACE",
                "there is no 'everything' to show; there are slots, tree",
                "mint PLACE -> PLACE [rights RIGHTS]",
                "there is no command 'nothing'",
                "'x' is no number of commands",
                "undone: x = 64",
                "nothing is left to undo",
                "again: x = 64",
                "nothing was undone that could be done again",
                "where to? save FILE",
                "/no/such/file: no such file")) {
            assertTrue(run.out().contains(text), () -> text + " is missing in\n" + run.out());
        }
        assertFalse(run.out().contains("this is not read"));
    }

    @Test
    void aMachineIsSavedAndGoesOn() throws IOException {
        String image = directory.resolve("machine").toString();
        Run first = shell(
                List.of("ep = alloc endpoint", "s = slot", "c = copy ep -> s", "n = 5", "save " + image), "--strict");
        assertEquals(0, first.code(), first.out());
        Run second = shell(
                List.of(
                        "load " + image,
                        "check",
                        "show object c",
                        "delete c",
                        "free s",
                        "free ep",
                        "check",
                        "show names",
                        "undo 9"),
                "--board",
                "tiny",
                "--strict");
        assertEquals(0, second.code(), second.out());
        assertTrue(second.out().contains("this is qemu-arm-virt, manager arena, CSpace current, with 4 names"));
        assertTrue(second.out().contains("undone: delete c"));
    }

    @Test
    void aBareMachineTakesInvocationsFromTheInput() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("""
                    cn = retype untyped30 cnode 4 -> empty
                    show pools
                    check
                    """.getBytes(StandardCharsets.UTF_8)));
            Run run = Run.of("shell", "--bare");
            assertEquals(0, run.code());
            assertTrue(run.out().contains("CNode of 2^9 bytes"), run.out());
            assertTrue(run.out().contains("the machine is bare"));
            assertTrue(run.lastLine().contains("every invariant of the kernel holds"));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whatCannotBeLoadedIsToldInALine() throws IOException {
        Path nonsense = Files.writeString(directory.resolve("nonsense"), "no image");
        Run run = shell(List.of("load " + nonsense, "load " + directory, "save /no/such/place/file"), "--strict");
        assertEquals(1, run.code());
        assertEquals(3, run.outLines().size(), run.out());
        assertEquals(2, shell(List.of(), "--board", "tny").code());
        assertEquals(2, Run.of("shell", "--script", "/no/such/file").code());
    }

    @Test
    void aLessonIsWorkedOnInTheShell() throws Exception {
        Path script = directory.resolve("derivation.script");
        Files.writeString(
                script,
                "task\nrevoke 111\ndelete 111\nmint 110 -> 113 rights w badge 9\ntask\nhint 1\nundo\ntask\nhint 4\nload x\n");
        Run run = Run.of("shell", "--lesson", "derivation", "--script", script.toString());
        assertEquals(Exit.GOOD, run.code(), run::err);
        String text = run.out();
        int right = text.indexOf("Right: the machine is as the task asks for.");
        assertTrue(text.indexOf("Client 7 still has 18 capabilities") < right, text);
        assertTrue(right > 0 && text.lastIndexOf("Not yet.") > right, text);
        assertTrue(text.contains("The tree knows."), text);
        assertTrue(text.contains("which hint? There are 1 to 3"), text);
        assertTrue(text.contains("a lesson keeps its machine"), text);
    }

    @Test
    void lessonShellAndBareMachineHaveTheSameSlots() throws Exception {
        Path script = Files.writeString(directory.resolve("look.script"), "show untypeds\n");
        assertEquals(
                Run.of("shell", "--board", "tiny", "--bare", "--script", script.toString())
                        .out(),
                Run.of("shell", "--lesson", "untyped", "--script", script.toString())
                        .out());
    }

    @Test
    void whatIsNoLessonForTheShellIsRefused() {
        for (Run run : List.of(
                Run.of("shell", "--lesson", "nothing"),
                Run.of("shell", "--lesson", "circle"),
                Run.of("shell", "--lesson", "untyped", "--board", "tiny"),
                Run.of("shell", "--lesson", "untyped", "--bare"))) {
            assertEquals(Exit.BAD_INPUT, run.code());
            assertTrue(run.err().startsWith("allocman: ") && !run.showsAStackTrace(), run::err);
        }
    }
}
