package org.allocman.cli.lesson.grade;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.course.Course;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What is in a folder of submissions. An entry is a student: a folder with answers in it, or a file that is one. Links are not
 * followed, for they may lead to what is not the student's.
 *
 * @param students their names, sorted
 * @param answers their answers, by student and name
 * @param passedOver names of entries that are neither a folder nor an answer
 */
record Submissions(List<String> students, List<Submission> answers, List<String> passedOver) {
    private static final int DEPTH = 4;
    private static final int MOST_FILES = 100;
    private static final int HEAD_BYTES = 4096;
    // as in the files that lesson --start writes
    private static final Pattern SAYS_LESSON = Pattern.compile("Lesson ([a-z-]+)\\.");

    /**
     * Looks through a folder.
     *
     * @param folder the folder
     * @param lesson the lesson of all answers; null if each says its own
     * @return what is in it
     * @throws IOException if the folder cannot be read
     */
    static Submissions in(Path folder, @Nullable Lesson<?> lesson) throws IOException {
        List<String> students = new ArrayList<>();
        List<Submission> answers = new ArrayList<>();
        List<String> passedOver = new ArrayList<>();
        for (Path entry : sorted(folder)) {
            String name = nameOf(entry);
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                students.add(name);
                for (Path file : answersIn(entry)) {
                    answers.add(submission(folder, name, file, lesson));
                }
            } else if (isAnswer(entry)) {
                String student = name.substring(0, name.lastIndexOf('.'));
                students.add(student);
                answers.add(submission(folder, student, entry, lesson));
            } else {
                passedOver.add(name);
            }
        }
        return new Submissions(students.stream().distinct().toList(), answers, passedOver);
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !nameOf(entry).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> answersIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            return files.filter(Submissions::isAnswer)
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
        }
    }

    private static boolean isAnswer(Path file) {
        String name = nameOf(file);
        return (name.endsWith(".java") || name.endsWith(".script"))
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static Submission submission(Path folder, String student, Path file, @Nullable Lesson<?> lesson) {
        Path below = folder.relativize(file);
        return new Submission(student, file, below.toString(), lesson == null ? lessonOf(below, file) : lesson);
    }

    /** The lesson that a file is named after, or the folder that it is in, or that its first lines name. */
    private static @Nullable Lesson<?> lessonOf(Path below, Path file) {
        // the first name is the student's, unless it is the file's as well
        int first = below.getNameCount() == 1 ? 0 : 1;
        for (int i = below.getNameCount() - 1; i >= first; i--) {
            String name = below.getName(i).toString();
            int dot = name.lastIndexOf('.');
            Lesson<?> named = byName((dot > 0 ? name.substring(0, dot) : name).toLowerCase(Locale.ROOT));
            if (named != null) {
                return named;
            }
        }
        Matcher said = SAYS_LESSON.matcher(head(file));
        return said.find() ? byName(String.valueOf(said.group(1))) : null;
    }

    private static @Nullable Lesson<?> byName(String name) {
        for (Lesson<?> lesson : Course.lessons()) {
            if (lesson.name().equals(name)) {
                return lesson;
            }
        }
        return null;
    }

    private static String head(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return ""; // whoever reads it whole is told
        }
    }
}
