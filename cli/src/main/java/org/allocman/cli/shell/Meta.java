package org.allocman.cli.shell;

import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The shell's own commands, beside those of scripts. */
enum Meta {
    SHOW("show", "TOPIC", "look at the machine; 'help show' lists topics"),
    CHECK("check", "", "check every invariant of kernel and manager"),
    UNDO("undo", "[N]", "undo the last N commands; 1 if it is not said"),
    REDO("redo", "[N]", "do N commands again that were undone"),
    SAVE("save", "FILE", "save the machine and the names"),
    LOAD("load", "FILE", "go on with a machine that was saved; nothing before it can be undone"),
    TASK("task", "", "with --lesson: the task, and what is different from what it asks for"),
    HINT("hint", "N", "with --lesson: a hint; each says more than the one before"),
    HELP("help", "[COMMAND]", "what commands there are, or how one is written"),
    QUIT("quit", "", "leave");

    private final String word;
    private final String operand;
    private final String meaning;

    Meta(String word, String operand, String meaning) {
        this.word = word;
        this.operand = operand;
        this.meaning = meaning;
    }

    String word() {
        return word;
    }

    String form() {
        return operand.isEmpty() ? word : word + " " + operand;
    }

    String meaning() {
        return meaning;
    }

    static @Nullable Meta of(String word) {
        for (Meta meta : values()) {
            if (meta.word.equals(word)) {
                return meta;
            }
        }
        return null;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Meta::word).toList();
    }
}
