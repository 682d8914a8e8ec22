package org.allocman.cli.lesson.grade;

import java.nio.file.Path;
import org.allocman.lesson.Lesson;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One file that a student has handed in.
 *
 * @param student whose it is: the name of the folder or file in the folder of submissions
 * @param file where it is
 * @param name the file's path below the folder of submissions
 * @param lesson whose task it is to solve; null if nothing says that
 */
record Submission(
        String student, Path file, String name, @Nullable Lesson<?> lesson) {
    static final String UNKNOWN = "?";

    String lessonName() {
        return lesson == null ? UNKNOWN : lesson.name();
    }
}
