package org.allocman.lesson.answer;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Stage;
import org.allocman.script.Script;
import org.allocman.script.ScriptException;
import org.allocman.script.ScriptSession;
import org.allocman.script.Statement;

/** An answer that is a script. */
final class ScriptAnswer {
    private static final int MOST_MISTAKES = 10;

    private ScriptAnswer() {}

    static <D> AnswerOutcome judge(Lesson<D> lesson, String fileName, String text) {
        Script script;
        try {
            script = Script.parse(text);
        } catch (ScriptException first) {
            return AnswerOutcome.unusable(mistakes(fileName, text));
        }
        if (script.statements().isEmpty()) {
            return AnswerOutcome.unusable(List.of(fileName + ": there is no command in the script"));
        }
        Stage<D> stage = lesson.start(kernel -> kernel);
        ScriptSession session = stage.session();
        List<String> messages = new ArrayList<>();
        for (Statement statement : script.statements()) {
            org.allocman.script.LineOutcome outcome = session.execute(statement);
            if (!outcome.isDone()) {
                messages.add(fileName + ":" + statement.line() + ": " + outcome.message());
            }
        }
        List<Finding> findings = StageCheck.findings(lesson, stage);
        return new AnswerOutcome(
                findings.isEmpty() ? AnswerOutcome.Kind.RIGHT : AnswerOutcome.Kind.WRONG, messages, findings);
    }

    private static List<String> mistakes(String fileName, String text) {
        List<ScriptException> mistakes = Script.mistakes(text);
        List<String> messages = new ArrayList<>();
        mistakes.stream().limit(MOST_MISTAKES).forEach(mistake -> messages.add(fileName + ": " + mistake.getMessage()));
        if (mistakes.size() > MOST_MISTAKES) {
            messages.add("and " + (mistakes.size() - MOST_MISTAKES) + " more");
        }
        return messages;
    }
}
