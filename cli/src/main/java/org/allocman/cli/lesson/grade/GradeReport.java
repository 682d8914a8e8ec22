package org.allocman.cli.lesson.grade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The grades of a class.
 *
 * @param lessons the lessons that there are answers to, in the course's order
 * @param students each with the answers
 * @param right how many answers are right
 * @param wrong how many are wrong
 * @param unusable how many are no answers
 * @param passedOver entries of the folder that are neither a folder nor an answer
 */
record GradeReport(
        List<String> lessons, List<Student> students, long right, long wrong, long unusable, List<String> passedOver) {
    /**
     * A student.
     *
     * @param student the name
     * @param points the sum over lessons, of each the best answer
     * @param answers all answers
     */
    record Student(String student, int points, List<Grade> answers) {
        /** The best answer to a lesson, or none. */
        List<Grade> best(String lesson) {
            return answers.stream()
                    .filter(grade -> grade.lesson().equals(lesson))
                    .max(Comparator.comparingInt(Grade::points).thenComparing(Grade::isRight))
                    .stream()
                    .toList();
        }
    }

    static GradeReport of(Submissions submissions, List<Grade> grades, List<String> course) {
        Map<String, List<Grade>> byStudent = new TreeMap<>();
        submissions.students().forEach(student -> byStudent.put(student, new ArrayList<>()));
        grades.forEach(grade -> byStudent
                .computeIfAbsent(grade.student(), any -> new ArrayList<>())
                .add(grade));
        List<String> lessons = new ArrayList<>(course);
        lessons.add(Submission.UNKNOWN);
        lessons.removeIf(
                lesson -> grades.stream().noneMatch(grade -> grade.lesson().equals(lesson)));
        List<Student> students = new ArrayList<>();
        byStudent.forEach((name, answers) -> {
            Student student = new Student(name, 0, List.copyOf(answers));
            int points = lessons.stream()
                    .flatMap(lesson -> student.best(lesson).stream())
                    .mapToInt(Grade::points)
                    .sum();
            students.add(new Student(name, points, student.answers()));
        });
        return new GradeReport(
                lessons,
                students,
                count(grades, "right"),
                count(grades, "wrong"),
                count(grades, "unusable"),
                submissions.passedOver());
    }

    private static long count(List<Grade> grades, String verdict) {
        return grades.stream().filter(grade -> grade.verdict().equals(verdict)).count();
    }
}
