package org.allocman.cli.play;

import java.util.List;
import java.util.stream.Stream;

/** The words that lines can begin with whatever the system is. */
final class CommonWords {
    static final String CHECK = "check";
    static final String MAP = "map";
    static final String UNDO = "undo";
    static final String HELP = "help";
    static final String QUIT = "quit";

    private static final List<CallWord> ALL = List.of(
            CallWord.of(CHECK, "check every law of the system"),
            CallWord.of(MAP, "draw whose the memory is"),
            CallWord.of(UNDO + " [N]", "undo the last N calls; 1 if it is not said"),
            CallWord.of(HELP + " [WORD]", "what words there are, or how one is written"),
            CallWord.of(QUIT, "leave; lines behind it are not read"));

    private CommonWords() {}

    /** A system's words and those that all have. */
    static List<CallWord> with(List<CallWord> calls) {
        return Stream.concat(calls.stream(), ALL.stream()).toList();
    }

    /** Whether a line is for the player and not for the system: its word is one of these, and of the same length. */
    static boolean isOne(PlayLine line) {
        return ALL.stream()
                .anyMatch(one -> one.word().equals(line.word())
                        && one.takes(line.arguments().size()));
    }
}
