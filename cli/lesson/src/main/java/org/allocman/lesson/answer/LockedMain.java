package org.allocman.lesson.answer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Stage;
import org.allocman.lesson.course.Course;
import org.allocman.sim.memory.MemoryImage;

/** The Java machine in which one program runs. It leaves a report and an image of the memory, and decides nothing. */
public final class LockedMain {
    static final String SOURCE = "source";
    static final String REPORT = "report";
    static final String IMAGE = "image";

    private LockedMain() {}

    /**
     * Runs the program in the folder that it was started in.
     *
     * @param arguments the lesson, the name of the program's file, the limits: milliseconds and invocations
     * @throws IOException if the report cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Lesson<?> lesson = Course.named(arguments[0]);
        if (lesson != null) {
            AnswerLimits limits = new AnswerLimits(Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
            run(lesson, arguments[1], limits, Path.of("").toAbsolutePath());
        }
        System.out.flush();
        System.err.flush();
        // the program's threads are left behind, and so are its shutdown hooks
        Runtime.getRuntime().halt(0);
    }

    private static <D> void run(Lesson<D> lesson, String fileName, AnswerLimits limits, Path folder)
            throws IOException {
        String text = Files.readString(folder.resolve(SOURCE), StandardCharsets.UTF_8);
        ProgramRun.Ran<D> ran = new ProgramHere().run(lesson, fileName, text, limits);
        Stage<D> stage = ran.stage();
        if (stage != null) {
            MemoryImage.save(folder.resolve(IMAGE), stage.notes(), stage.memory());
        }
        new Report(ran.end(), ran.messages()).write(folder.resolve(REPORT));
    }
}
