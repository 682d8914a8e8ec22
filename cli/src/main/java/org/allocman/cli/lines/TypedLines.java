package org.allocman.cli.lines;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
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
final class TypedLines implements Lines {
    private final LineReader reader;
    private final String prompt;

    TypedLines(
            @NotOwning Terminal terminal,
            String prompt,
            UnaryOperator<List<String>> candidates,
            @Nullable Path history) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("allocman")
                .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
                .completer((line, parsed, found) -> complete(candidates, parsed, found))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        this.prompt = prompt;
        this.reader = builder.build();
    }

    private static void complete(UnaryOperator<List<String>> candidates, ParsedLine parsed, List<Candidate> found) {
        List<String> before = parsed.words().subList(0, parsed.wordIndex());
        candidates.apply(before).forEach(word -> found.add(new Candidate(word)));
    }

    @Override
    public @Nullable String next() {
        String line = null;
        boolean again = true;
        // a line that the user gives up is asked for again
        while (again) {
            again = false;
            try {
                line = reader.readLine(prompt);
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
