package org.allocman.cli.lesson;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.allocman.cli.frame.BadInputException;
import org.allocman.lesson.Lesson;

/** Files to begin a lesson with. */
final class LessonFiles {
    private final Lesson<?> lesson;

    LessonFiles(Lesson<?> lesson) {
        this.lesson = lesson;
    }

    /** Writes the files into a folder of the lesson's name, none if one of them is there already. */
    List<Path> putInto(String directory) throws BadInputException, IOException {
        Path place;
        try {
            place = Path.of(directory).resolve(lesson.name());
        } catch (InvalidPathException invalid) {
            throw new BadInputException(directory + ": this is not the name of a directory");
        }
        for (Path folder : new Path[] {Path.of(directory), place}) {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new BadInputException(folder + ": this is a file, not a directory");
            }
        }
        List<Path> files = new ArrayList<>();
        for (Lesson.Form form : lesson.forms()) {
            Path file = place.resolve(fileName(form));
            if (Files.exists(file)) {
                throw new BadInputException(file + ": it is there already, and stays as it is");
            }
            files.add(file);
        }
        Files.createDirectories(place);
        for (Lesson.Form form : lesson.forms()) {
            byte[] text = (form == Lesson.Form.JAVA ? java() : script()).getBytes(StandardCharsets.UTF_8);
            Files.write(place.resolve(fileName(form)), text, StandardOpenOption.CREATE_NEW);
        }
        return files;
    }

    /** The usual name of an answer. */
    String fileName(Lesson.Form form) {
        return form == Lesson.Form.JAVA ? "Answer.java" : lesson.name() + ".script";
    }

    private String java() {
        String desk = lesson.desk().getSimpleName();
        return """
                import org.allocman.lesson.%1$s;
                import org.allocman.lesson.Solution;
                import org.allocman.vka.*;

                // Lesson %2$s. Check it with: allocman lesson %2$s --check Answer.java
                public final class Answer implements Solution<%1$s> {
                    @Override
                    public void solve(%1$s %3$s) {
                        // your answer
                    }
                }
                """.formatted(desk, lesson.name(), lastWord(desk));
    }

    /** What texts call the thing on the desk: of {@code RootTask} it is {@code task}. */
    private static String lastWord(String type) {
        return type.replaceAll(".*(?=[A-Z])", "").toLowerCase(Locale.ROOT);
    }

    private String script() {
        return """
                # Lesson %1$s. Check it with: allocman lesson %1$s --check %1$s.script
                # A line is an invocation; anything after a # is a comment.
                """.formatted(lesson.name());
    }
}
