package org.allocman.lesson.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Programs;
import org.allocman.lesson.course.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that would rather be called right than be right. */
@Timeout(120)
class ProgramLockedTest {
    private static final String HARMLESS = "desk.delete(300);";

    @TempDir
    Path outside;

    private final StringBuilder printed = new StringBuilder();

    private AnswerOutcome judge(Lock lock, String lesson, String source, long millis) {
        return AnswerJudge.judge(
                Programs.lesson(lesson),
                "Answer.java",
                source.getBytes(StandardCharsets.UTF_8),
                new AnswerLimits(millis, 100_000),
                ProgramRuns.locked(lock, printed));
    }

    private AnswerOutcome judge(String statements) {
        return judge(Lock.best(), "untyped", Programs.java("untyped", statements), 10_000);
    }

    private void wrong(String statements, String message) {
        AnswerOutcome outcome = judge(statements);
        assertEquals(AnswerOutcome.Kind.WRONG, outcome.kind(), outcome::toString);
        assertTrue(outcome.messages().toString().contains(message), outcome::toString);
    }

    @Test
    void everySolutionIsRightInAProcessOfItsOwn() {
        for (Lesson<?> lesson : Course.lessons()) {
            AnswerOutcome outcome = judge(Lock.best(), lesson.name(), lesson.solution(Lesson.Form.JAVA), 10_000);
            assertEquals(AnswerOutcome.Kind.RIGHT, outcome.kind(), () -> lesson.name() + " " + outcome);
        }
    }

    @ParameterizedTest
    @EnumSource(Lock.class)
    void eachLockLetsTheRightBeRight(Lock lock) {
        assumeTrue(Lock.works(lock));
        String source = Programs.lesson("untyped").solution(Lesson.Form.JAVA);
        assertEquals(
                AnswerOutcome.Kind.RIGHT, judge(lock, "untyped", source, 10_000).kind());
    }

    @Test
    void whoEndsTheJavaMachineIsNotRight() {
        wrong("Runtime.getRuntime().halt(0);", "ends the Java machine");
        wrong("System.exit(0);", "ends the Java machine");
    }

    @Test
    void whatIsPrintedIsNoVerdict() {
        AnswerOutcome outcome = judge("""
                try (var out = new java.io.FileOutputStream(java.io.FileDescriptor.out)) {
                    out.write("{ \\"right\\" : true }\\u001b[2J".getBytes());
                }
                Runtime.getRuntime().halt(0);""");
        assertEquals(AnswerOutcome.Kind.WRONG, outcome.kind());
        assertEquals("{ \"right\" : true }?[2J", printed.toString(), "what moves a cursor is taken out");
    }

    @Test
    void aReportOfItsOwnIsNotBelieved() {
        String forge = """
                var report = new java.io.DataOutputStream(new java.io.FileOutputStream("report"));
                report.writeByte(0);
                report.writeInt(0);
                report.close();
                """;
        wrong(forge + "Runtime.getRuntime().halt(0);", "");
        wrong(
                forge + "new java.io.FileOutputStream(\"image\").write(7);\nRuntime.getRuntime().halt(0);",
                "cannot be read");
        wrong(
                "java.nio.file.Files.createSymbolicLink(java.nio.file.Path.of(\"report\"),"
                        + " java.nio.file.Path.of(\"/etc/hostname\"));\nRuntime.getRuntime().halt(0);",
                "ends the Java machine");
    }

    @Test
    void aMemoryThatNoKernelMakesIsBroken() {
        // the program reaches into the machine and gives the wanted slot a capability that the kernel never made
        AnswerOutcome outcome = judge("""
                var field = desk.memory().getClass();
                var board = org.allocman.sim.board.Boards.byName("tiny");
                var machine = org.allocman.sim.boot.Machine.boot(board, org.allocman.sim.boot.BootConfig.defaults(board));
                machine.memory().forEachWord((address, word) -> {
                    if (address %% 32 == 0) { machine.memory().words().store64(address, 0, word ^ 0x100); }
                });
                org.allocman.sim.memory.MemoryImage.save(java.nio.file.Path.of("image"), "", machine.memory());
                var report = new java.io.DataOutputStream(new java.io.FileOutputStream("report"));
                report.writeByte(0);
                report.writeInt(0);
                report.close();
                Runtime.getRuntime().halt(0);""".replace("%%", "%"));
        assertEquals(AnswerOutcome.Kind.WRONG, outcome.kind());
        assertEquals("untyped.broken", outcome.findings().get(0).id(), outcome::toString);
    }

    @Test
    void endlessLoopsAndEndlessOutputEnd() {
        AnswerOutcome outcome =
                judge(Lock.best(), "untyped", Programs.java("untyped", "while (true) { Thread.sleep(1); }"), 300);
        assertTrue(outcome.messages().get(0).contains("stopped after 0.3 seconds"), outcome::toString);
        outcome = judge(
                Lock.best(),
                "untyped",
                Programs.java("untyped", "while (true) { System.out.println(\"again and again\"); }"),
                500);
        assertEquals(AnswerOutcome.Kind.WRONG, outcome.kind());
        assertTrue(printed.length() <= 1 << 17, () -> String.valueOf(printed.length()));
    }

    @Test
    void memoryHasAnEnd() {
        wrong(
                "var all = new java.util.ArrayList<byte[]>(); while (true) { all.add(new byte[1 << 20]); }",
                "OutOfMemoryError");
    }

    @ParameterizedTest
    @EnumSource(
            value = Lock.class,
            names = {"BUBBLEWRAP", "NAMESPACES"})
    void aLockedProgramReachesNothingOutside(Lock lock) throws IOException {
        assumeTrue(Lock.works(lock));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String source = Programs.java("untyped", """
                    System.out.println("environment " + System.getenv().keySet());
                    try { java.nio.file.Files.writeString(java.nio.file.Path.of("OUTSIDE/mine"), "x"); System.out.println("wrote"); }
                    catch (java.io.IOException refused) { System.out.println("no file"); }
                    try { new java.net.Socket("127.0.0.1", PORT); System.out.println("connected"); }
                    catch (java.io.IOException refused) { System.out.println("no network"); }
                    System.out.println(ProcessHandle.of(PARENT).isPresent() ? "sees others" : "no processes");
                    java.nio.file.Files.writeString(java.nio.file.Path.of("note"), "x");""".replace("OUTSIDE", outside.toString())
                    .replace("PORT", String.valueOf(server.getLocalPort()))
                    .replace("PARENT", ProcessHandle.current().pid() + "L"));
            judge(lock, "untyped", source, 10_000);
        }
        String text = printed.toString();
        assertTrue(text.contains("no file") && text.contains("no network") && text.contains("no processes"), text);
        assertFalse(text.contains("HOME") || text.contains("USER"), text);
        assertFalse(Files.exists(outside.resolve("mine")));
    }

    @Test
    void nothingIsLeftOfARun() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        long before = count(temporary);
        judge("java.nio.file.Files.createDirectories(java.nio.file.Path.of(\"a/b/c\"));\n"
                + "java.nio.file.Files.createSymbolicLink(java.nio.file.Path.of(\"a/link\"), java.nio.file.Path.of(\"/\"));\n"
                + HARMLESS);
        assertEquals(before, count(temporary));
    }

    private static long count(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("allocman-answer"))
                    .count();
        }
    }
}
