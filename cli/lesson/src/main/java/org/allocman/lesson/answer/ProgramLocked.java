package org.allocman.lesson.answer;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Stage;
import org.allocman.sim.memory.MemoryImage;

/**
 * Runs each program in a Java machine of its own. What comes back is the memory that it left, which is put into a machine of this
 * process and looked at here: the program's process cannot say that it is right, it can only have made it right.
 */
final class ProgramLocked implements ProgramRun {
    // to start a Java machine, to compile, to write the image, on a busy computer
    private static final long ROUND_IT_MILLIS = 30_000;
    private static final int MOST_OUTPUT = 1 << 16;
    private static final long MOST_IMAGE = 64 << 20;
    private static final int EXIT_SIGNAL = 128;

    private final Lock lock;
    private final Appendable output;

    ProgramLocked(Lock lock, Appendable output) {
        this.lock = lock;
        this.output = output;
    }

    @Override
    public <D> Ran<D> run(Lesson<D> lesson, String fileName, String text, AnswerLimits limits) {
        try (OwnFolder outer = OwnFolder.make()) {
            Path folder = Files.createDirectory(outer.path().resolve("answer"));
            Path printed = outer.path().resolve("output");
            Files.writeString(folder.resolve(LockedMain.SOURCE), text, StandardCharsets.UTF_8);
            Process process = start(folder, printed, lesson.name(), fileName, limits);
            try {
                boolean isOver = process.waitFor(limits.milliseconds() + ROUND_IT_MILLIS, TimeUnit.MILLISECONDS);
                if (!isOver) {
                    return Ran.stopped(JavaRun.stoppedAfter(limits));
                }
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                show(printed);
            }
            return read(lesson, folder, process.exitValue());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Ran.stopped("the check was interrupted");
        }
    }

    private Process start(Path folder, Path printed, String lesson, String fileName, AnswerLimits limits)
            throws IOException {
        List<String> command = new ArrayList<>(lock.before(folder));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xss2m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+DisableAttachMechanism",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=/dev/null",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                classPath(),
                LockedMain.class.getName(),
                lesson,
                fileName,
                String.valueOf(limits.milliseconds()),
                String.valueOf(limits.invocations())));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        // what finds the lock's own tools, and no more; the program's environment is the lock's
        String path = builder.environment().get("PATH");
        builder.environment().clear();
        if (path != null) {
            builder.environment().put("PATH", path);
        }
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Where this program's own classes are, for a process that stands elsewhere. */
    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(property -> System.getProperty(property, ""))
                .flatMap(paths -> Stream.of(paths.split(File.pathSeparator)))
                .filter(path -> !path.isEmpty())
                .map(path -> Path.of(path).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static <D> Ran<D> read(Lesson<D> lesson, Path folder, int exitCode) {
        Path file = folder.resolve(LockedMain.REPORT);
        if (!isFile(file)) {
            return Ran.stopped(
                    exitCode >= EXIT_SIGNAL
                            ? "the program's Java machine was killed, so nothing could be checked"
                            : "the program ends the Java machine, so nothing could be checked");
        }
        try {
            Report report = Report.read(file);
            if (report.end() == Ran.End.UNUSABLE) {
                return Ran.unusable(report.messages());
            }
            Path image = folder.resolve(LockedMain.IMAGE);
            if (!isFile(image)) {
                return new Ran<>(Ran.End.FAILED, report.messages(), null);
            }
            if (Files.size(image) > MOST_IMAGE) {
                throw new IOException("the image is too large");
            }
            Stage<D> stage = lesson.start(kernel -> kernel);
            stage.takeNotes(MemoryImage.load(image, stage.memory()));
            return new Ran<>(report.end(), report.messages(), stage);
        } catch (IOException | IllegalArgumentException spoiled) {
            return Ran.stopped("what the program's Java machine left cannot be read: " + spoiled.getMessage());
        }
    }

    /** The beginning of what it printed. */
    private void show(Path file) throws IOException {
        if (isFile(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                output.append(
                        Report.plain(new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8), MOST_OUTPUT));
            }
        }
    }

    /** Whether it is a file; a link that the program has put there is none. */
    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }
}
