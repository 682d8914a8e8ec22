package org.allocman.cli.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.checkerframework.checker.mustcall.qual.NotOwning;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/** Lines typed at a terminal, with history and completion. */
final class LineReaderInput implements Input {
    private static final String PROMPT = "allocman> ";

    private final LineReader reader;

    LineReaderInput(@NotOwning Terminal terminal, Interpreter interpreter, @Nullable Path history) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("allocman")
                .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
                .completer((line, parsed, candidates) -> complete(interpreter, parsed, candidates))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        this.reader = builder.build();
    }

    private static void complete(Interpreter interpreter, ParsedLine parsed, List<Candidate> candidates) {
        List<String> before = parsed.words().subList(0, parsed.wordIndex());
        interpreter.candidates(before).forEach(word -> candidates.add(new Candidate(word)));
    }

    @Override
    public @Nullable String next() {
        String line = null;
        boolean again = true;
        // a line that the user gives up is asked for again
        while (again) {
            again = false;
            try {
                line = reader.readLine(PROMPT);
            } catch (UserInterruptException interrupted) {
                again = true;
            } catch (EndOfFileException end) {
                line = null;
            }
        }
        return line;
    }

    void saveHistory() throws IOException {
        reader.getHistory().save();
    }
}
