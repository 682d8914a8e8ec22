package org.allocman.lesson.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the lines of a learner's program among all the lines that run. */
final class AnswerLines {
    private static final int MOST_SHOWN = 5;
    // this class, the two kernels that stand before the real one, and the desk's own methods
    private static final int NEAR = 6;

    private AnswerLines() {}

    /**
     * The line that invokes the kernel, as {@code file:number}; null if it is not the program that does, but something that
     * the program called.
     */
    static @Nullable String current() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.limit(NEAR)
                        .filter(frame -> frame.getDeclaringClass().getClassLoader() instanceof AnswerLoader)
                        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                        .findFirst()
                        .orElse(null));
    }

    /** What a program died of: the message, and those lines of the way there that are its own. */
    static List<String> of(Throwable failure, Set<String> classes, String source) {
        List<String> lines = new ArrayList<>();
        String message = failure.getMessage();
        lines.add(failure.getClass().getSimpleName() + (message == null ? "" : ": " + message));
        List<String> text = source.lines().toList();
        int shown = 0;
        for (StackTraceElement frame : failure.getStackTrace()) {
            int number = frame.getLineNumber();
            boolean isThere = number >= 1 && number <= text.size();
            String code = isThere ? text.get(number - 1).strip() : "";
            if (classes.contains(frame.getClassName()) && shown < MOST_SHOWN && !isBridge(frame, code)) {
                lines.add("  " + frame.getFileName() + ":" + number + "  " + code);
                shown++;
            }
        }
        Throwable cause = failure.getCause();
        if (cause != null && cause != failure) {
            lines.add("  because of " + cause.getClass().getSimpleName()
                    + (cause.getMessage() == null ? "" : ": " + cause.getMessage()));
        }
        return lines;
    }

    /** The compiler's own method that leads to the one with the desk's type; its line is the class' first. */
    private static boolean isBridge(StackTraceElement frame, String code) {
        return frame.getMethodName().equals("solve") && code.contains("class ");
    }
}
