package org.allocman.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Sets the little Markdown that lessons use in lines of a width: paragraphs, lists, and code that is indented by four. */
public final class Markdown {
    private static final String CODE = "    ";

    private final int width;
    private final UnaryOperator<String> strong;

    /**
     * Chooses how to set texts.
     *
     * @param width most characters in a line; a word that is longer has a line of its own
     * @param strong makes a word stand out, where the text has it between two pairs of asterisks
     */
    public Markdown(int width, UnaryOperator<String> strong) {
        this.width = width;
        this.strong = strong;
    }

    /**
     * Sets a text.
     *
     * @param markdown the text
     * @return its lines; empty ones between paragraphs
     */
    public List<String> lines(String markdown) {
        List<String> lines = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        for (String line : markdown.lines().toList()) {
            boolean isItem = line.matches("(- |\\d+\\. ).*");
            if (line.isBlank() || line.startsWith(CODE) || isItem) {
                end(paragraph, lines);
            }
            if (line.isBlank()) {
                lines.add("");
            } else if (line.startsWith(CODE)) {
                lines.add(line);
            } else {
                paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
            }
        }
        end(paragraph, lines);
        return lines;
    }

    private void end(StringBuilder paragraph, List<String> lines) {
        if (paragraph.isEmpty()) {
            return;
        }
        String text = paragraph.toString();
        paragraph.setLength(0);
        int mark = text.startsWith("- ") ? 2 : text.matches("\\d+\\. .*") ? text.indexOf(' ') + 1 : 0;
        String hanging = " ".repeat(mark);
        StringBuilder line = new StringBuilder(text.substring(0, mark));
        int length = mark;
        boolean isFirst = true;
        for (String word : text.substring(mark).split(" +")) {
            int wordLength = word.replace("**", "").length();
            if (!isFirst && length + 1 + wordLength > width) {
                lines.add(styled(line.toString()));
                line = new StringBuilder(hanging);
                length = mark;
                isFirst = true;
            }
            line.append(isFirst ? "" : " ").append(word);
            length += wordLength + (isFirst ? 0 : 1);
            isFirst = false;
        }
        lines.add(styled(line.toString()));
    }

    /** What stands between two pairs of asterisks in one line stands out; pairs that a line's end parts are dropped. */
    private String styled(String line) {
        StringBuilder text = new StringBuilder();
        String[] parts = line.split("\\*\\*", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean isStrong = i % 2 == 1 && i < parts.length - 1;
            text.append(isStrong ? strong.apply(parts[i]) : parts[i]);
        }
        return text.toString();
    }
}
