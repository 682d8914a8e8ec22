package org.allocman.cli.lesson.grade;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.answer.AnswerJudge;
import org.allocman.lesson.answer.AnswerLimits;
import org.allocman.lesson.answer.Lock;
import org.allocman.lesson.answer.ProgramRuns;

/** Checks submissions one by one. None of them can stop it. */
final class Grader {
    private static final int LONGEST = 1 << 20;
    private static final Pattern PUBLIC_CLASS =
            Pattern.compile("(?m)^\\s*public\\s+(?:final\\s+)?(?:class|record|enum)\\s+(\\w+)");

    private final Lock lock;
    private final Points points;
    private final GradeJournal journal;

    Grader(Lock lock, Points points, GradeJournal journal) {
        this.lock = lock;
        this.points = points;
        this.journal = journal;
    }

    Grade grade(Submission submission) {
        String digest = "";
        try {
            if (!Files.isRegularFile(submission.file(), LinkOption.NOFOLLOW_LINKS)) {
                return Grade.unusable(submission, "this is not a file any more", digest);
            }
            if (Files.size(submission.file()) > LONGEST) {
                return Grade.unusable(submission, "this is longer than 1 MiB, which no answer is", digest);
            }
            byte[] content = Files.readAllBytes(submission.file());
            digest = digest(submission, content);
            Grade before = journal.find(digest);
            if (before != null) {
                return before.worth(points.of(submission.lessonName()));
            }
            Grade grade = judge(submission, content, digest);
            journal.add(grade);
            return grade;
        } catch (IOException failure) {
            return Grade.unusable(submission, "the file cannot be read", digest);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            return Grade.unusable(submission, "the check itself failed: " + failure, digest);
        }
    }

    private Grade judge(Submission submission, byte[] content, String digest) {
        Lesson<?> lesson = submission.lesson();
        if (lesson == null) {
            return Grade.unusable(
                    submission,
                    "nothing says which lesson this is: name the file or its folder after it, or give --lesson",
                    digest);
        }
        return Grade.of(
                submission,
                AnswerJudge.judge(
                        lesson,
                        fileName(submission, content),
                        content,
                        AnswerLimits.USUAL,
                        ProgramRuns.locked(lock, new StringBuilder())),
                points.of(lesson.name()),
                digest);
    }

    /** The name that the compiler is told: a file that was renamed to its student's name keeps its public class. */
    private static String fileName(Submission submission, byte[] content) {
        String name = String.valueOf(submission.file().getFileName());
        if (name.endsWith(".java")) {
            Matcher type = PUBLIC_CLASS.matcher(new String(content, StandardCharsets.UTF_8));
            return type.find() ? type.group(1) + ".java" : name;
        }
        return name;
    }

    private static String digest(Submission submission, byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {submission.student(), submission.lessonName(), submission.name()}) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
