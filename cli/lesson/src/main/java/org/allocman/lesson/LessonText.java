package org.allocman.lesson;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a lesson says, read from Markdown: a title, a line with the goal, a line with the minutes, and sections.
 *
 * @param title the first heading
 * @param goal what one learns, half a sentence
 * @param minutes how long it takes, about
 * @param intro what comes before the first section
 * @param sections the sections by their headings, in order
 */
public record LessonText(String title, String goal, int minutes, String intro, Map<String, String> sections) {
    /** The question that is asked before what happens is told. */
    public static final String PREDICT = "Predict";
    /** What happens, told when it is asked for. */
    public static final String REVEAL = "What happens";
    /** What to do. */
    public static final String TASK = "Task";
    /** Where to begin. */
    public static final String BEGIN = "Where to begin";
    /** The hints, a numbered list. */
    public static final String HINTS = "Hints";
    /** What is said beside the solution. */
    public static final String NOTE = "About the solution";

    private static final String GOAL = "Goal:";
    private static final String MINUTES = "Minutes:";
    private static final String TITLE = "# ";
    private static final String HEADING = "## ";

    /**
     * Keeps a copy of the sections.
     *
     * @param title the first heading
     * @param goal what one learns, half a sentence
     * @param minutes how long it takes, about
     * @param intro what comes before the first section
     * @param sections the sections by their headings, in order
     */
    public LessonText {
        sections = Map.copyOf(sections);
    }

    static LessonText read(Class<?> lesson, String name) {
        return parse(resource(lesson, name + ".md"));
    }

    /**
     * Reads a text that lies beside a class.
     *
     * @param beside the class
     * @param name the file
     * @return what is in it
     */
    public static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the text " + name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static LessonText parse(String markdown) {
        String title = "";
        String goal = "";
        int minutes = 0;
        String heading = "";
        Map<String, StringBuilder> parts = new LinkedHashMap<>();
        for (String line : markdown.lines().toList()) {
            if (line.startsWith(HEADING)) {
                heading = line.substring(HEADING.length()).strip();
            } else if (line.startsWith(TITLE)) {
                title = line.substring(TITLE.length()).strip();
            } else if (line.startsWith(GOAL)) {
                goal = line.substring(GOAL.length()).strip();
            } else if (line.startsWith(MINUTES)) {
                minutes = Integer.parseInt(line.substring(MINUTES.length()).strip());
            } else {
                parts.computeIfAbsent(heading, key -> new StringBuilder())
                        .append(line)
                        .append('\n');
            }
        }
        Map<String, String> sections = new LinkedHashMap<>();
        parts.forEach((key, body) -> sections.put(key, body.toString().strip()));
        String intro = sections.remove("");
        return new LessonText(title, goal, minutes, intro == null ? "" : intro, sections);
    }

    /**
     * A section.
     *
     * @param heading its heading
     * @return its Markdown, or nothing if there is no such section
     */
    public String section(String heading) {
        String body = sections.get(heading);
        return body == null ? "" : body;
    }

    /**
     * The hints.
     *
     * @return each as Markdown, without its number
     */
    public List<String> hints() {
        List<String> hints = new ArrayList<>();
        StringBuilder hint = new StringBuilder();
        for (String line : section(HINTS).lines().toList()) {
            if (line.matches("\\d+\\. .*")) {
                add(hints, hint);
                hint = new StringBuilder(line.substring(line.indexOf(' ') + 1));
            } else {
                hint.append('\n').append(line.strip());
            }
        }
        add(hints, hint);
        return hints;
    }

    private static void add(List<String> hints, StringBuilder hint) {
        if (!hint.isEmpty()) {
            hints.add(hint.toString().strip());
        }
    }
}
