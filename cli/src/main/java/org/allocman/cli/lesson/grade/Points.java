package org.allocman.cli.lesson.grade;

import java.util.Map;
import java.util.TreeMap;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.OptionRange;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.course.Course;

/**
 * What a right answer earns.
 *
 * @param byLesson by the lesson's name; others earn 1
 */
record Points(Map<String, Integer> byLesson) {
    private static final int MOST = 1000;

    static Points of(Map<String, Integer> typed) throws BadInputException {
        Map<String, Integer> points = new TreeMap<>();
        for (Map.Entry<String, Integer> entry : typed.entrySet()) {
            Lesson<?> lesson = Course.named(entry.getKey());
            if (lesson == null) {
                throw new BadInputException("--points: there is no lesson '" + entry.getKey() + "'");
            }
            OptionRange.check("--points", entry.getValue(), 0, MOST);
            points.put(lesson.name(), entry.getValue());
        }
        return new Points(points);
    }

    int of(String lesson) {
        return byLesson.getOrDefault(lesson, 1);
    }
}
