package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Systems of a jar are explored, and what breaks a rule of them is saved and taken again. */
class OwnSystemTest {
    private static final String SUBJECT = "org.example.bitmap.BitmapSubject";

    @TempDir
    private static Path folder;

    private static JarMaker maker;
    private static String example;

    @BeforeAll
    static void compile() throws Exception {
        maker = new JarMaker(folder);
        example = maker.example(false).toString();
    }

    private static Run run(int code, String... arguments) {
        Run run = Run.of(arguments);
        assertEquals(code, run.code(), () -> run.err() + run.out());
        assertFalse(run.showsAStackTrace());
        assertFalse(run.err().contains("internal error"), run::err);
        return run;
    }

    /** A jar with a subject whose class body is given. */
    private static String subject(String name, String body) throws Exception {
        return maker.plain(name, """
                        package mine;
                        import java.util.List;
                        import org.allocman.check.action.*;
                        public class NAME extends OwnSubject {
                            BODY
                        }
                        """.replace("NAME", name).replace("BODY", body))
                .toString();
    }

    @ParameterizedTest
    @CsvSource({"bitmap, 4 numbers", SUBJECT + ", ", "org.example.bitmap.BitmapDesign, 4 numbers"})
    void aSystemIsFoundByItsNameOrItsClass(String system, String size) {
        Run run = run(Exit.GOOD, "explore", "--with", example, "--system", system);
        assertTrue(run.out().contains("which are all there are"), run::out);
        assertTrue(run.out().contains(size == null ? SUBJECT + " on tiny\n" : size), run::out);
    }

    @Test
    void whatBreaksARuleIsSavedAndTakenAgain() throws Exception {
        Path chain = folder.resolve("forgetful.txt");
        Run found = run(
                Exit.FOUND_WRONG,
                "explore",
                "--with",
                example,
                "--system",
                "bitmap-forgetful",
                "--size",
                "3",
                "--chain",
                chain.toString());
        assertTrue(found.lastLine().endsWith("allocman replay chain --with " + example + " " + chain), found::out);
        List<String> lines = Files.readAllLines(chain);
        assertTrue(lines.containsAll(List.of("system bitmap-forgetful", "board tiny", "size 3")), lines::toString);
        Run again = run(Exit.FOUND_WRONG, "replay", "chain", "--with", example, chain.toString());
        assertTrue(again.out().contains("refusals are true: a number is free"), again::out);
        assertEquals("a rule is broken after 5 steps", again.lastLine());
        Path page = folder.resolve("forgetful.html");
        run(Exit.FOUND_WRONG, "replay", "chain", "--with", example, chain.toString(), "--html", page.toString());
        assertTrue(Files.size(page) > 0);
        Run without = run(Exit.BAD_INPUT, "replay", "chain", chain.toString());
        assertTrue(without.err().contains("line 2: there is no system 'bitmap-forgetful'"), without::err);
        Files.writeString(chain, Files.readString(chain).replace("bitmap-forgetful", "bitmap"));
        run(Exit.GOOD, "replay", "chain", "--with", example, chain.toString());
    }

    @Test
    void withoutChainItIsSaidHowToHaveIt() {
        Run run = run(Exit.FOUND_WRONG, "explore", "--with", example, "--system", "bitmap-forgetful");
        assertEquals("with --chain FILE the history is saved, to be taken again", run.lastLine());
    }

    @Test
    void ourOwnCounterexampleSaysWhatItsSystemIsLike() throws Exception {
        Path chain = folder.resolve("none.txt");
        Run run = run(Exit.GOOD, "explore", "--system", "allocman", "--depth", "1", "--chain", chain.toString());
        assertTrue(run.err().contains("no rule is broken, so there is no history"), run::err);
        assertFalse(Files.exists(chain));
        Files.writeString(chain, """
                system resource
                board tiny
                size 2
                resource mailbox
                cspace 1:8
                cspace-design flat
                """);
        run(Exit.GOOD, "replay", "chain", "--with", example, chain.toString());
        Run other = run(Exit.BAD_INPUT, "replay", "chain", chain.toString());
        assertTrue(other.err().contains("there is no resource type 'mailbox'"), other::err);
    }

    @ParameterizedTest
    @CsvSource({
        "--system org.example.bitmap.Bitmap, is no Subject and no SubjectDesign",
        "--system org.example.Nobody, there is no system 'org.example.Nobody'; there are kernel",
        "--system bitmap --size 99, --size takes a number of numbers from 1 to 64 for bitmap",
        "--system org.example.bitmap.BitmapSubject --size 3, --size is for systems of several sizes",
        "--system bitmap --faults 1, --faults is for subjects that say what refuses invocations (Subject.faults); bitmap does not",
        "--system bitmap --manager split, --manager",
        "--system toy --chain x.txt, --chain is for what breaks a rule; toy has none",
        "--system bitmap --chain /nowhere/at/all.txt, there is no folder /nowhere/at"
    })
    void whatCannotBeIsToldInASentence(String options, String message) {
        String[] typed = ("explore --with " + example + " " + options).split(" ");
        Run run = run(Exit.BAD_INPUT, typed);
        assertTrue(run.err().contains(message), run::err);
    }

    @Test
    void subjectsThatAreNoneAreNamed() throws Exception {
        String rules =
                "public List<String> broken() { return List.of(); } public List<String> facts() { return List.of(); }";
        check("Empty", "public Empty() { super(1, 1); } " + rules, "mine.Empty has 0 actions");
        check(
                "Twice",
                "public Twice() { super(1, 1); action(\"go\", () -> true, () -> Outcome.DONE);"
                        + " action(\"go\", () -> true, () -> Outcome.DONE); } " + rules,
                "two actions are named 'go'");
        check(
                "Bracket",
                "public Bracket() { super(1, 1); action(\"go [far]\", () -> true, () -> Outcome.DONE); } " + rules,
                "an action is named 'go [far]'");
        check(
                "Nothing",
                "public Nothing() { super(1, 1); action(\"go\", () -> true, () -> Outcome.DONE); }"
                        + " public List<String> broken() { return null; }"
                        + " public List<String> facts() { return List.of(); }",
                "mine.Nothing.broken returns null");
        check("Hidden", "Hidden() { super(1, 1); } " + rules, "has to be a public class");
        check(
                "Thrower",
                "public Thrower() { super(1, 1);"
                        + " action(\"go\", () -> true, () -> { throw new UnsupportedOperationException(\"ouch\"); }); } "
                        + rules,
                "it throws UnsupportedOperationException, ouch");
        check("Late", "public Late() { super(9, 1); } " + rules, "it throws IllegalArgumentException");
    }

    private static void check(String name, String body, String message) throws Exception {
        Run run = run(Exit.BAD_INPUT, "explore", "--with", subject(name, body), "--system", "mine." + name);
        assertTrue(run.err().contains(message), run::err);
    }

    @Test
    void aBugOfTheMuseumIsFoundAndTakenAgain() throws Exception {
        Path chain = folder.resolve("b10.txt");
        Run found = run(Exit.FOUND_WRONG, "explore", "--system", "museum:B10", "--chain", chain.toString());
        assertTrue(found.out().contains("museum:B10 on tiny, up to 1 fault"), found::out);
        assertTrue(Files.readAllLines(chain).contains("system museum:B10"));
        assertTrue(Files.readAllLines(chain).contains("faults 1"));
        run(Exit.FOUND_WRONG, "replay", "chain", chain.toString());
        Files.writeString(chain, Files.readString(chain).replace("B10", "B10-right"));
        run(Exit.GOOD, "replay", "chain", chain.toString());
    }

    @Test
    void theMuseumIsListed() {
        Run list = run(Exit.GOOD, "explore", "--system", "museum");
        assertEquals(24, list.out().lines().count(), list::out);
        assertTrue(list.out().contains("museum:B7   two-level CSpace gave back"), list::out);
        Run none = run(Exit.BAD_INPUT, "explore", "--system", "museum:B99");
        assertTrue(none.err().contains("the museum has museum:B1 to museum:B24"), none::err);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void everyBugOfTheMuseumIsFound(int number) {
        Run found = run(Exit.FOUND_WRONG, "explore", "--system", "museum:b" + number);
        assertTrue(found.out().contains("a rule is broken after "), found::out);
    }

    @Test
    void aWalkIsSavedAsWell() {
        Path chain = folder.resolve("walk.txt");
        Run walked = run(
                Exit.FOUND_WRONG,
                "explore",
                "--with",
                example,
                "--system",
                "bitmap-forgetful",
                "--simulate",
                "50",
                "--workers",
                "1",
                "--chain",
                chain.toString());
        assertTrue(walked.lastLine().startsWith("to take the history again: "), walked::out);
        run(Exit.FOUND_WRONG, "replay", "chain", "--with", example, chain.toString());
        Run drawn = run(Exit.BAD_INPUT, "explore", "--system", "museum:B2", "--dot", "-", "--chain", chain.toString());
        assertTrue(drawn.err().contains("--chain and --dot exclude one another"), drawn::err);
    }

    @Test
    void severalWorkersFindTheSame() {
        Run one = run(Exit.FOUND_WRONG, "explore", "--system", "museum:B2", "-q", "--workers", "1");
        Run two = run(Exit.FOUND_WRONG, "explore", "--system", "museum:B2", "-q", "--workers", "2");
        assertEquals(one.out(), two.out());
    }
}
