package org.allocman.lab.measure;

/** Answers of the native interface that a measured work cannot go on without. */
final class NativeAnswers {
    private NativeAnswers() {}

    static long handle(long answer) {
        if (answer <= 0) {
            throw new IllegalStateException("an allocation was refused: " + answer);
        }
        return answer;
    }

    static void good(long answer) {
        if (answer != 0) {
            throw new IllegalStateException("a free was refused: " + answer);
        }
    }
}
