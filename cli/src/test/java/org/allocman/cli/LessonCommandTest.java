package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.allocman.cli.frame.Exit;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.LessonText;
import org.allocman.lesson.course.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LessonCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path directory;

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    void listsTheLessonsInOrder() {
        Run run = Run.of("lesson");
        assertEquals(Exit.GOOD, run.code());
        JsonNode list = JSON.readTree(Run.of("lesson", "--json").out());
        assertEquals(Course.lessons().size(), list.size());
        for (int i = 0; i < list.size(); i++) {
            String name = Course.lessons().get(i).name();
            assertEquals(name, list.get(i).get("name").asString());
            assertTrue(run.out().contains(name + ": " + list.get(i).get("title").asString()), run::out);
        }
    }

    @Test
    void showsALessonButNotWhatHappens() {
        for (Lesson<?> lesson : Course.lessons()) {
            Run run = Run.of("lesson", lesson.name());
            assertEquals(Exit.GOOD, run.code());
            for (String heading : List.of("Predict", "The machine", "Task", "Where to begin")) {
                assertTrue(run.outLines().contains(heading), run::out);
            }
            String reveal = Run.of("lesson", lesson.name(), "--reveal").out();
            String told = reveal.lines().findFirst().orElseThrow();
            assertFalse(run.out().contains(told), () -> "it is told before it is asked for: " + told);
            run.outLines()
                    .forEach(line ->
                            assertTrue(line.length() <= 80 || line.startsWith("    "), () -> "too long: " + line));
            assertEquals(run.out(), Run.of("lesson", number(lesson)).out());
        }
    }

    private static String number(Lesson<?> lesson) {
        return String.valueOf(Course.lessons().indexOf(lesson) + 1);
    }

    @Test
    void textsGetAsWideAsIsWanted() {
        int wide = Run.of("lesson", "untyped", "--width", "120").outLines().size();
        int narrow = Run.of("lesson", "untyped", "--width", "50").outLines().size();
        assertTrue(wide < narrow);
        assertEquals(Exit.BAD_INPUT, Run.of("lesson", "untyped", "--width", "5").code());
    }

    @Test
    void aLessonAsJsonHasItsParts() {
        JsonNode lesson = JSON.readTree(Run.of("lesson", "watermark", "--json").out());
        assertEquals("watermark", lesson.get("summary").get("name").asString());
        assertEquals("slot 44", lesson.get("machine").get(1).get("place").asString());
        assertEquals(3, lesson.get("hints").asInt());
    }

    @Test
    void checksAnAnswer() throws Exception {
        String right = write("a.script", Course.lessons().get(0).solution(Lesson.Form.SCRIPT));
        Run run = Run.of("lesson", "untyped", "--check", right);
        assertEquals(Exit.GOOD, run.code());
        assertTrue(run.out().startsWith("Right"), run::out);
        assertTrue(run.out().contains("allocman lesson cspace"), run::out);
        String wrong = write("b.script", "retype 22 tcb -> 100\n");
        run = Run.of("lesson", "untyped", "--check", wrong);
        assertEquals(Exit.FOUND_WRONG, run.code());
        assertTrue(run.out().contains("b.script:1: refused: InvalidArgument (argument 1)"), run::out);
        assertTrue(run.out().contains("Slot 100 holds nothing; wanted is a TCB."), run::out);
        assertTrue(run.out().contains("Look again: "), run::out);
        JsonNode judged = JSON.readTree(
                Run.of("lesson", "untyped", "--check", wrong, "--json").out());
        assertFalse(judged.get("right").asBoolean());
        assertEquals("untyped.tcb", judged.get("findings").get(0).get("id").asString());
    }

    @Test
    void aProgramMayPrintAndTheJsonStaysJson() throws Exception {
        String file = write(
                "Answer.java",
                "import org.allocman.lesson.*;\npublic final class Answer implements Solution<RootTask> {\n"
                        + "public void solve(RootTask task) { System.out.println(\"hello\"); } }\n");
        Run run = Run.of("lesson", "untyped", "--check", file, "--json");
        assertEquals(Exit.FOUND_WRONG, run.code());
        assertFalse(JSON.readTree(run.out()).get("right").asBoolean());
    }

    @Test
    void whatIsNoAnswerIsBadInput() throws Exception {
        for (String file : List.of(
                write("empty.script", ""),
                write("bad.script", "retyp 47 tcb -> 100"),
                write("Answer.java", "class Answer {"),
                directory.resolve("missing.script").toString(),
                directory.toString())) {
            Run run = Run.of("lesson", "untyped", "--check", file);
            assertEquals(Exit.BAD_INPUT, run.code(), file);
            assertTrue(run.out().isEmpty() && run.err().startsWith("allocman: "), run::err);
            assertFalse(run.showsAStackTrace(), run::err);
        }
    }

    @Test
    void whatIsNoAnswerIsJsonTooIfThatIsAsked() throws Exception {
        for (String file : List.of(write("bad.script", "retyp 47\ncopy"), write("Answer.java", "class Answer {"))) {
            Run run = Run.of("lesson", "untyped", "--check", file, "--json");
            assertEquals(Exit.BAD_INPUT, run.code(), file);
            JsonNode judged = JSON.readTree(run.out());
            assertFalse(judged.get("answer").asBoolean() || judged.get("right").asBoolean(), run::out);
            assertFalse(judged.get("messages").isEmpty(), run::out);
        }
    }

    @Test
    void hintsAreCounted() {
        Run run = Run.of("lesson", "untyped", "--hint", "1");
        assertEquals(Exit.GOOD, run.code());
        assertTrue(run.out().startsWith("Sizes of untypeds are told in bits."), run::out);
        run = Run.of("lesson", "untyped", "--hint", "4");
        assertEquals(Exit.BAD_INPUT, run.code());
        assertEquals(
                "allocman: lesson untyped has hints 1 to 3, not 4", run.err().strip());
    }

    @Test
    void theSolutionIsOneThatPasses() throws Exception {
        Run run = Run.of("lesson", "circle", "--solution");
        assertTrue(run.out().contains("One solution; there are others."), run::out);
        JsonNode solutions = JSON.readTree(
                        Run.of("lesson", "circle", "--solution", "--json").out())
                .get("solutions");
        String file = write(
                solutions.get(0).get("file").asString(),
                solutions.get(0).get("text").asString());
        assertEquals(Exit.GOOD, Run.of("lesson", "circle", "--check", file).code());
    }

    @Test
    void filesToBeginWithAreNeverOverwritten() throws Exception {
        Path place = directory.resolve("work");
        Run run = Run.of("lesson", "cspace", "--start", place.toString());
        assertEquals(Exit.GOOD, run.code());
        assertEquals(2, run.outLines().size());
        Path java = place.resolve("cspace").resolve("Answer.java");
        assertEquals(
                Exit.FOUND_WRONG,
                Run.of("lesson", "cspace", "--check", java.toString()).code());
        Files.writeString(java, "mine");
        Files.delete(place.resolve("cspace").resolve("cspace.script"));
        run = Run.of("lesson", "cspace", "--start", place.toString());
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().contains("it is there already, and stays as it is"), run::err);
        assertEquals("mine", Files.readString(java));
        assertFalse(Files.exists(place.resolve("cspace").resolve("cspace.script")), "nothing is done by halves");
        assertEquals(
                Exit.GOOD,
                Run.of("lesson", "untyped", "--start", place.toString()).code(),
                "beside another");
        assertEquals(
                Exit.BAD_INPUT,
                Run.of("lesson", "cspace", "--start", java.toString()).code());
    }

    @Test
    void worksheetsHaveBlanksAndAnswers() {
        Run blank = Run.of("lesson", "watermark", "--worksheet", "5");
        assertEquals(Exit.GOOD, blank.code());
        assertEquals(
                blank.out(), Run.of("lesson", "watermark", "--worksheet", "5").out());
        assertFalse(blank.out().contains("done"), blank::out);
        assertTrue(Run.of("lesson", "watermark", "--worksheet", "5", "--answers")
                .out()
                .contains("| done"));
        JsonNode sheet = JSON.readTree(
                Run.of("lesson", "watermark", "--worksheet", "5", "--json").out());
        assertEquals(0, sheet.get("rows").get(0).get("answers").size());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertEquals(
                "allocman: there is no lesson 'watermarks'; did you mean watermark?",
                Run.of("lesson", "watermarks").err().strip());
        assertTrue(Run.of("lesson", "q").err().contains("there are untyped, cspace"));
        for (String[] arguments : new String[][] {
            {"lesson", "q"},
            {"lesson", "11"},
            {"lesson", "--hint", "1"},
            {"lesson", "untyped", "--answers"},
            {"lesson", "untyped", "--hint", "1", "--reveal"},
            {"lesson", "untyped", "--worksheet", "x"}
        }) {
            Run run = Run.of(arguments);
            assertEquals(Exit.BAD_INPUT, run.code(), () -> String.join(" ", arguments));
            assertFalse(run.showsAStackTrace());
        }
    }

    @Test
    void revealIsWhatTheTextSays() {
        String told = JSON.readTree(
                        Run.of("lesson", "circle", "--reveal", "--json").out())
                .get("text")
                .asString();
        assertEquals(Course.lessons().get(4).text().section(LessonText.REVEAL), told);
    }
}
