package org.allocman.cli.lesson.grade;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.allocman.cli.frame.BadInputException;
import org.checkerframework.checker.nullness.qual.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Grades in a file, a line each, written as they come, so that a run that was ended goes on where it was. */
final class GradeJournal {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final @Nullable Path file;
    private final Map<String, Grade> grades = new ConcurrentHashMap<>();

    private GradeJournal(@Nullable Path file) {
        this.file = file;
    }

    /**
     * Opens a journal.
     *
     * @param file where it is or is to be; null for none
     * @return the journal, with what is in the file
     * @throws BadInputException if the file is something else
     * @throws IOException if it cannot be read
     */
    static GradeJournal open(@Nullable Path file) throws BadInputException, IOException {
        GradeJournal journal = new GradeJournal(file);
        if (file != null && Files.exists(file)) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            String[] lines = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).split("\n");
            for (int i = 0; i < lines.length; i++) {
                journal.read(file, lines[i], i + 1, i == lines.length - 1);
            }
        }
        return journal;
    }

    private void read(Path path, String line, int number, boolean isLast) throws BadInputException {
        if (line.isBlank()) {
            return;
        }
        try {
            Grade grade = JSON.readValue(line, Grade.class);
            grades.put(grade.digest(), grade);
        } catch (JacksonException | NullPointerException broken) {
            // the last line may be half of one: the run was ended while it was written
            if (!isLast) {
                throw new BadInputException(path + ":" + number + ": this is no grade; is it a file of --resume?");
            }
        }
    }

    @Nullable
    Grade find(String digest) {
        return grades.get(digest);
    }

    synchronized void add(Grade grade) throws IOException {
        grades.put(grade.digest(), grade);
        if (file != null) {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(grade) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
