package org.allocman.lesson.course;

import java.util.List;
import org.allocman.lesson.Lesson;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The lessons in order. */
public final class Course {
    private static final List<Lesson<?>> LESSONS = List.of(
            new UntypedLesson(),
            new CSpaceLesson(),
            new WatermarkLesson(),
            new DerivationLesson(),
            new CircleLesson(),
            new StaticPoolLesson(),
            new VirtualPoolLesson(),
            new FragmentationLesson(),
            new XousLesson(),
            new UvisorLesson());

    private Course() {}

    /**
     * All lessons.
     *
     * @return an unmodifiable list, the first lesson first
     */
    public static List<Lesson<?>> lessons() {
        return LESSONS;
    }

    /**
     * A lesson.
     *
     * @param name its name, or its number from 1
     * @return the lesson, or null if there is none
     */
    public static @Nullable Lesson<?> named(String name) {
        for (int i = 0; i < LESSONS.size(); i++) {
            if (LESSONS.get(i).name().equalsIgnoreCase(name) || name.equals(String.valueOf(i + 1))) {
                return LESSONS.get(i);
            }
        }
        return null;
    }
}
