package org.allocman.lesson.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.allocman.lesson.Programs;
import org.junit.jupiter.api.Test;

class BadAnswersTest {
    private static void unusable(String fileName, String text, String... messages) {
        AnswerOutcome outcome = Programs.run("untyped", fileName, text);
        assertEquals(AnswerOutcome.Kind.UNUSABLE, outcome.kind(), outcome::toString);
        assertEquals(List.of(messages), outcome.messages());
    }

    @Test
    void whatIsNoTextIsRefused() {
        unusable("a.script", "", "a.script: the file is empty");
        unusable("Answer.java", " \n\t", "Answer.java: the file is empty");
        unusable("a.script", "retype\0 47", "a.script: this is not a text");
        unusable("a.script", "# only a remark\n", "a.script: there is no command in the script");
        byte[] binary = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe};
        AnswerOutcome outcome = AnswerJudge.judge(
                Programs.lesson("untyped"), "Answer.java", binary, AnswerLimits.USUAL, ProgramRuns.here());
        assertEquals(List.of("Answer.java: this is not a text"), outcome.messages());
        byte[] huge = "# remark\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        outcome =
                AnswerJudge.judge(Programs.lesson("untyped"), "a.script", huge, AnswerLimits.USUAL, ProgramRuns.here());
        assertEquals(List.of("a.script: this is longer than 1 MiB, which no answer is"), outcome.messages());
    }

    @Test
    void aScriptThatCannotBeReadIsToldWithItsLine() {
        AnswerOutcome outcome = Programs.run("untyped", "a.script", "retype 47 tcb -> 100\nretyp 47 tcb -> 101\n");
        assertEquals(AnswerOutcome.Kind.UNUSABLE, outcome.kind());
        assertTrue(outcome.messages().get(0).startsWith("a.script: line 2, column 1: "), outcome::toString);
    }

    @Test
    void everyMistakeOfAScriptIsTold() {
        AnswerOutcome outcome = Programs.run("untyped", "a.script", "retyp 47 tcb -> 100\nslot\ncopy\n");
        assertEquals(
                List.of("1", "3"),
                outcome.messages().stream()
                        .map(message -> message.replaceAll("a.script: line (\\d+), .*", "$1"))
                        .toList(),
                outcome::toString);
        outcome = Programs.run("untyped", "a.script", "copy\n".repeat(12));
        assertEquals(11, outcome.messages().size());
        assertEquals("and 2 more", outcome.messages().get(10));
    }

    @Test
    void whatTheKernelRefusesIsToldWithItsLine() {
        AnswerOutcome outcome = Programs.run("untyped", "a.script", "\nretype 22 tcb -> 100\n");
        assertEquals(List.of("a.script:2: refused: InvalidArgument (argument 1)"), outcome.messages());
        outcome = Programs.runJava("untyped", "\ndesk.retype(22, ObjectType.TCB, 0, 100);");
        assertEquals(List.of("Answer.java:7: retype was refused: InvalidArgument (argument 1)"), outcome.messages());
    }

    @Test
    void aFormThatTheLessonDoesNotTakeIsRefused() {
        AnswerOutcome outcome = Programs.run("circle", "a.script", "retype 47 tcb -> 100");
        assertEquals(
                List.of("a.script: this lesson is solved by a program in Java, and its file ends in .java"),
                outcome.messages());
    }

    @Test
    void errorsOfTheCompilerHaveLines() {
        unusable(
                "Answer.java",
                Programs.java("untyped", "int x = \"one\";\nboot();"),
                "Answer.java:6: incompatible types: String cannot be converted to int",
                "    int x = \"one\";",
                "Answer.java:7: cannot find symbol",
                "    boot();",
                "    symbol:   method boot()",
                "    location: class Answer");
        unusable(
                "Other.java",
                Programs.java("untyped", ""),
                "Other.java:4: class Answer is public, should be declared in a file named Answer.java",
                "    public final class Answer implements Solution<RootTask> {");
    }

    @Test
    void theClassIsLookedFor() {
        unusable("Answer.java", "public final class Answer {}", "Answer.java: no class implements Solution<RootTask>");
        unusable(
                "Answer.java",
                "import org.allocman.lesson.*;\nclass A implements Solution<RootTask> { public void solve(RootTask t) {} }\n"
                        + "class B implements Solution<RootTask> { public void solve(RootTask t) {} }\n",
                "Answer.java: more than one class implements Solution<RootTask>");
        unusable(
                "Answer.java",
                "import org.allocman.lesson.*;\nclass A implements Solution<TwoBoxes> { public void solve(TwoBoxes t) {} }\n",
                "Answer.java: A implements Solution<TwoBoxes>; this lesson is solved by Solution<RootTask>");
        unusable(
                "Answer.java",
                "import org.allocman.lesson.*;\nclass A implements Solution<RootTask> { A(int i) {}"
                        + " public void solve(RootTask t) {} }\n",
                "Answer.java: A needs a constructor that takes nothing, and must not be an inner class");
    }

    @Test
    void anExceptionIsShownWithTheProgramsOwnLines() {
        AnswerOutcome outcome = Programs.runJava(
                "untyped",
                "fail(3);\n}\nstatic void fail(int i) {\ndeskless(i);\n}\n"
                        + "static void deskless(int i) {\nthrow new IllegalStateException(\"no \" + i);");
        assertEquals(AnswerOutcome.Kind.WRONG, outcome.kind());
        assertEquals(
                List.of(
                        "IllegalStateException: no 3",
                        "  Answer.java:12  throw new IllegalStateException(\"no \" + i);",
                        "  Answer.java:9  deskless(i);",
                        "  Answer.java:6  fail(3);"),
                outcome.messages());
        outcome = Programs.runJava("untyped", "desk.memory().load64(0x12345000L, 0);");
        assertTrue(outcome.messages().get(0).startsWith("MemoryFault: "), outcome::toString);
        assertEquals(2, outcome.messages().size(), outcome::toString);
    }

    @Test
    void aProgramThatFailsAfterItsWorkIsNotRight() {
        String text = Programs.lesson("untyped").solution(org.allocman.lesson.Lesson.Form.JAVA);
        int end = text.lastIndexOf("    }\n}");
        AnswerOutcome outcome = Programs.run(
                "untyped",
                "Answer.java",
                text.substring(0, end) + "throw new IllegalStateException();" + text.substring(end));
        assertEquals(AnswerOutcome.Kind.WRONG, outcome.kind());
        assertTrue(outcome.findings().isEmpty());
    }

    @Test
    void aLoopThatInvokesForEverIsEnded() {
        AnswerOutcome outcome = Programs.runJava("untyped", "while (true) { desk.delete(300); }");
        assertEquals(AnswerOutcome.Kind.WRONG, outcome.kind());
        assertEquals(
                "the program was stopped after 100000 invocations: is there a loop without an end?",
                outcome.messages().get(0));
        assertTrue(outcome.messages().get(1).contains("Answer.java:6  while"), outcome::toString);
    }

    @Test
    void aLoopWithoutAnyInvocationIsEnded() {
        byte[] text =
                Programs.java("untyped", "while (true) { Thread.sleep(1); }").getBytes(StandardCharsets.UTF_8);
        AnswerOutcome outcome = AnswerJudge.judge(
                Programs.lesson("untyped"), "Answer.java", text, new AnswerLimits(300, 1000), ProgramRuns.here());
        assertEquals(
                List.of("the program was stopped after 0.3 seconds: is there a loop without an end?"),
                outcome.messages());
        assertTrue(outcome.findings().isEmpty(), "a machine that may still change is not looked at");
    }

    @Test
    void deepRecursionIsAnErrorOfTheProgram() {
        AnswerOutcome outcome = Programs.runJava("untyped", "solve(desk);");
        assertEquals("StackOverflowError", outcome.messages().get(0));
        assertTrue(outcome.messages().size() <= 6, outcome::toString);
    }

    @Test
    void aMachineThatIsBrokenIsStillJudged() {
        AnswerOutcome outcome = Programs.runJava(
                "circle", "for (long s = 0; s < 512; s++) { desk.delete(s); desk.revoke(s); } desk.delete(2);");
        assertEquals(AnswerOutcome.Kind.WRONG, outcome.kind());
        assertFalse(outcome.findings().isEmpty());
        outcome = Programs.run("derivation", "a.script", "delete 2\nrevoke 47\ndelete 1\ndelete 3");
        assertEquals(AnswerOutcome.Kind.WRONG, outcome.kind());
        outcome = Programs.runJava("xous", "desk.xous().close();");
        assertEquals(AnswerOutcome.Kind.WRONG, outcome.kind());
    }
}
