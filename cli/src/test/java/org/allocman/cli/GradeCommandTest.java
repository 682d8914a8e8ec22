package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.allocman.cli.frame.Exit;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.course.Course;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class GradeCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CHEAT = "import org.allocman.lesson.*;\n"
            + "public final class Answer implements Solution<RootTask> {\n"
            + "public void solve(RootTask task) { Runtime.getRuntime().halt(0); } }\n";

    @TempDir
    Path directory;

    private Path students;

    @BeforeEach
    void aClass() throws IOException {
        students = Files.createDirectory(directory.resolve("students"));
        write("ada/untyped.script", solution("untyped"));
        write("ada/derivation/mine.script", solution("derivation"));
        write("bob/untyped.script", "retype 22 tcb -> 100\n");
        write("bob/untyped/again.script", solution("untyped"));
        write("cy/untyped/Answer.java", CHEAT);
        write("dan.script", "# Lesson untyped. Check it\nretyp");
        write("eve.script", solution("untyped"));
        write("readme.txt", "x");
        Files.createDirectory(students.resolve("fred"));
        Files.createSymbolicLink(students.resolve("gus.script"), students.resolve("readme.txt"));
        Files.write(students.resolve("hal.script"), new byte[] {(byte) 0xff, 0, 7});
    }

    private static String solution(String lesson) {
        return Course.lessons().stream()
                .filter(each -> each.name().equals(lesson))
                .findFirst()
                .orElseThrow()
                .solution(Lesson.Form.SCRIPT);
    }

    private void write(String name, String text) throws IOException {
        Path file = students.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Run grade(String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = "lesson";
        arguments[1] = "grade";
        arguments[2] = students.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Run.of(arguments);
    }

    private static JsonNode answer(JsonNode report, String file) {
        for (JsonNode student : report.get("students")) {
            for (JsonNode answer : student.get("answers")) {
                if (answer.get("file").asString().equals(file)) {
                    return answer;
                }
            }
        }
        throw new AssertionError(file);
    }

    @Test
    void aClassIsGradedAndNobodyStopsIt() {
        Run run = grade("--json", "--points", "derivation=3");
        assertEquals(Exit.GOOD, run.code(), run::err);
        JsonNode report = JSON.readTree(run.out());
        assertEquals(3, report.get("right").asInt(), run::out);
        assertEquals(2, report.get("wrong").asInt(), run::out);
        assertEquals(3, report.get("unusable").asInt(), run::out);
        assertEquals(
                "derivation",
                answer(report, "ada/derivation/mine.script").get("lesson").asString());
        assertEquals(4, report.get("students").get(0).get("points").asInt(), "ada has 1 and 3");
        assertEquals(1, report.get("students").get(1).get("points").asInt(), "the best of bob's two counts");
        JsonNode wrong = answer(report, "bob/untyped.script");
        assertEquals("untyped.tcb", wrong.get("finding").asString());
        assertFalse(wrong.get("hint").asString().isEmpty());
        assertEquals(
                "wrong", answer(report, "cy/untyped/Answer.java").get("verdict").asString());
        assertTrue(
                answer(report, "dan.script").get("messages").get(0).asString().contains("line 2"), run::out);
        assertTrue(
                answer(report, "eve.script").get("messages").get(0).asString().contains("--lesson"),
                "a solution says no lesson");
        assertEquals(List.of("gus.script", "readme.txt"), JSON.convertValue(report.get("passedOver"), List.class));
    }

    @Test
    void aLessonCanBeSaidForAll() {
        JsonNode report = JSON.readTree(grade("--json", "--lesson", "untyped").out());
        assertEquals("right", answer(report, "eve.script").get("verdict").asString());
        assertEquals("unusable", answer(report, "hal.script").get("verdict").asString());
        assertEquals(
                "wrong",
                answer(report, "ada/derivation/mine.script").get("verdict").asString());
    }

    @Test
    void tablesAndReportsAreWritten() throws Exception {
        Path csv = directory.resolve("grades.csv");
        Path junit = directory.resolve("grades.xml");
        write("=1+1.script", "# Lesson untyped.\ncopy \u0001, \"x\"");
        Run run = grade("--csv", csv.toString(), "--junit", junit.toString());
        assertEquals(Exit.GOOD, run.code(), run::err);
        assertTrue(run.outLines().get(0).matches("student +untyped +derivation +\\? +points"), run::out);
        assertTrue(run.out().contains("\nfred "), "who has handed in nothing is in the table");
        String table = Files.readString(csv);
        assertTrue(table.startsWith("student,lesson,file,verdict,points,"), table);
        assertTrue(
                table.contains("\r\n'=1+1,untyped,'=1+1.script,unusable,0,"), "no spreadsheet takes it for a formula");
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(junit.toFile());
        assertEquals(9, document.getElementsByTagName("testcase").getLength());
        assertEquals(2, document.getElementsByTagName("failure").getLength());
        assertEquals(4, document.getElementsByTagName("error").getLength());
    }

    @Test
    void whatWasCheckedIsNotCheckedAgain() throws Exception {
        Path journal = directory.resolve("grades.jsonl");
        String first = grade("--json", "--resume", journal.toString()).out();
        List<String> lines = Files.readAllLines(journal);
        // a grade that no check would give shows that it was read, not made again
        Files.write(
                journal,
                lines.stream()
                        .map(line -> line.contains("cy/untyped")
                                ? line.replace("\"verdict\":\"wrong\"", "\"verdict\":\"right\"")
                                : line)
                        .toList());
        Files.writeString(
                journal, "{\"student\":\"half", StandardCharsets.UTF_8, java.nio.file.StandardOpenOption.APPEND);
        JsonNode second =
                JSON.readTree(grade("--json", "--resume", journal.toString()).out());
        assertEquals(
                "right", answer(second, "cy/untyped/Answer.java").get("verdict").asString());
        assertEquals(
                "wrong",
                answer(JSON.readTree(first), "cy/untyped/Answer.java")
                        .get("verdict")
                        .asString());
        write("cy/untyped/Answer.java", CHEAT + "\n");
        Files.write(journal, lines);
        JsonNode third =
                JSON.readTree(grade("--json", "--resume", journal.toString()).out());
        assertEquals(
                "wrong", answer(third, "cy/untyped/Answer.java").get("verdict").asString());
        assertEquals(lines.size() + 1, Files.readAllLines(journal).size(), "what has changed is checked again");
    }

    @Test
    void badWishesAreRefusedBeforeAnythingRuns() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "no grades\nat all\n");
        for (Run run : List.of(
                Run.of("lesson", "grade", directory.resolve("nowhere").toString()),
                Run.of("lesson", "grade", other.toString()),
                Run.of("lesson", "grade"),
                grade("--lesson", "nolesson"),
                grade("--points", "nolesson=1"),
                grade("--points", "untyped=-1"),
                grade("--jobs", "0"),
                grade("--csv", directory.toString()),
                grade("--resume", other.toString()))) {
            assertEquals(Exit.BAD_INPUT, run.code(), run::err);
            assertTrue(run.out().isEmpty() && !run.showsAStackTrace(), run::err);
        }
    }
}
