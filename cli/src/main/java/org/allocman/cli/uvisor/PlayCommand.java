package org.allocman.cli.uvisor;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.frame.QuietOption;
import org.allocman.cli.frame.WidthOption;
import org.allocman.cli.page.FaultOption;
import org.allocman.cli.page.PageOption;
import org.allocman.cli.page.Recording;
import org.allocman.lab.machine.UvisorMachine;
import org.allocman.view.recording.Cells;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code uvisor play}. */
@Command(
        name = "play",
        description = {
            "Carry out a script of calls on uVisor, and compare what comes of them.",
            "",
            "A line is WORD ARGUMENT..., with NAME = before it to name what is answered and -> OUTCOME behind it for what must come"
                    + " of it. Words: enter, run, malloc, calloc, align, realloc, process, free, block, freeblock, heap, destroy,"
                    + " thread, threadon, end, sbrk, stack, store, load, owner, check, map.",
            ""
        })
final class PlayCommand implements Callable<Integer> {
    private static final int MOST_LINES = 10_000;

    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;

    @Parameters(paramLabel = "SCRIPT", description = "A file of calls.")
    private String script = "";

    @Mixin
    private final UvisorOptions options = new UvisorOptions();

    @Mixin
    private final WidthOption width = new WidthOption();

    @Mixin
    private final PageOption page = new PageOption();

    @Mixin
    private final FaultOption fault = new FaultOption();

    @Mixin
    private final QuietOption quiet = new QuietOption();

    PlayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        List<PlayLine> lines = read();
        Recording recording = new Recording(page.isAsked(), fault.invocation());
        int wrong = 0;
        try {
            UvisorMachine machine = options.start(console, recording);
            recording.owners(Cells.blocks(
                    machine.uvisor().pool(),
                    machine.uvisor().topLevel(),
                    box -> machine.uvisor().plan().boxes().get(box).config().name()));
            recording.ready();
            PlayRun run = new PlayRun(machine, script);
            for (PlayLine line : lines) {
                wrong += isAsExpected(line, outcome(run, line, recording)) ? 0 : 1;
                if (line.word().equals("map") && !quiet.isAsked()) {
                    new SramMap(console, machine, width.columns()).print("", false);
                }
            }
            recording.end();
        } catch (IllegalStateException stuck) {
            throw recording.explain(stuck);
        } finally {
            page.write(console, "uVisor: " + script, recording);
        }
        return wrong == 0 ? Exit.GOOD : Exit.FOUND_WRONG;
    }

    private List<PlayLine> read() throws IOException, BadInputException {
        List<PlayLine> lines = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(InputFile.of(script))) {
            int number = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                if (number > MOST_LINES) {
                    throw new BadInputException(script + ": a script has at most " + MOST_LINES + " lines");
                }
                PlayLine line = PlayLine.of(script, number, text);
                if (line != null) {
                    lines.add(line);
                }
            }
        } catch (CharacterCodingException binary) {
            throw new BadInputException(script + ": this is not text in UTF-8");
        }
        return lines;
    }

    private static String outcome(PlayRun run, PlayLine line, Recording recording) throws BadInputException {
        String[] outcome = {""};
        @Nullable BadInputException[] bad = {null};
        recording.call(line.text(), () -> {
            try {
                outcome[0] = run.play(line);
            } catch (BadInputException problem) {
                bad[0] = problem;
            }
            return outcome[0];
        });
        if (bad[0] != null) {
            throw bad[0];
        }
        return outcome[0];
    }

    private boolean isAsExpected(PlayLine line, String outcome) {
        String expected = line.expected();
        boolean isFailedCheck = line.word().equals("check") && !outcome.equals("ok");
        // an address cannot be foreseen, so a call that answers one is as good as one that answers nothing
        boolean isDone = outcome.startsWith("0x") || outcome.startsWith("thread:");
        boolean isRight =
                !isFailedCheck && (expected == null || expected.equals(outcome) || expected.equals("ok") && isDone);
        if (!quiet.isAsked()) {
            console.out()
                    .println(String.format("%4d  %-40s %s", line.number(), line.text(), outcome)
                            + (isRight
                                    ? ""
                                    : console.wrong(expected == null ? "  WRONG" : "  WRONG, not " + expected)));
        }
        if (!isRight) {
            console.err()
                    .println("allocman: " + script + ": line " + line.number() + ": " + line.text() + " came to "
                            + outcome + (expected == null ? "" : ", not " + expected));
        }
        return isRight;
    }
}
