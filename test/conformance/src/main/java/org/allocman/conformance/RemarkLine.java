package org.allocman.conformance;

/** Lines of a recording that say nothing of the recorded system. */
final class RemarkLine {
    private RemarkLine() {}

    static boolean is(String line) {
        return line.isBlank() || line.startsWith("#") || line.startsWith("!");
    }
}
