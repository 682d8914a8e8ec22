package org.allocman.cli.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.frame.OutputFile;
import org.allocman.cli.machine.LiveMachine;
import org.allocman.cli.machine.MachineOptions;
import org.allocman.cli.shell.ScriptRun;
import org.allocman.script.Binding;
import org.allocman.view.export.CapdlText;
import org.allocman.view.export.DotText;
import org.allocman.view.export.JsonText;
import org.allocman.view.export.MachineState;
import org.allocman.view.export.SvgPicture;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command. */
@Command(
        name = "export",
        description = {
            "Write a machine's state for other tools: capDL, Graphviz, JSON, or a picture.",
            "",
            "The state after the boot, after a script, or of a machine that the shell has saved."
        })
public final class ExportCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final MachineOptions machine = new MachineOptions();

    private final Console console;

    @Parameters(paramLabel = "FORMAT", description = "One of ${COMPLETION-CANDIDATES}.")
    private Format format = Format.capdl;

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "A machine that the shell has saved, whatever the other options say.")
    private @Nullable String image;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "Carry these commands of the shell out first; - reads them from the standard input.")
    private @Nullable String script;

    @Option(
            names = "--without-root-task",
            description =
                    "Of capDL only what the script made, so that a loader of capDL can make it: no object of the boot,"
                            + " nothing in the root CNode, and of untypeds only those with a name.")
    private boolean withoutRootTask;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to a file instead of the standard output.")
    private @Nullable Path output;

    /** The formats, spelt as the user types them. */
    enum Format {
        capdl,
        dot,
        json,
        svg
    }

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        String from = image;
        LiveMachine live = from == null ? LiveMachine.boot(machine.spec()) : LiveMachine.load(InputFile.of(from));
        MachineState before = MachineState.of(live.machine());
        String commands = script;
        if (commands != null) {
            live = ScriptRun.carryOut(live, commands);
        }
        String text = text(MachineState.of(live.machine()), before, named(live));
        Path file = output;
        if (file == null) {
            console.out().print(text);
        } else {
            OutputFile.write(file, () -> Files.writeString(file, text));
        }
        return Exit.GOOD;
    }

    /** The slots that the script has given names. */
    private static Set<Long> named(LiveMachine live) {
        Set<Long> slots = new HashSet<>();
        for (Binding binding : live.session().ownNames().values()) {
            if (binding instanceof Binding.Allocated allocated) {
                slots.add(allocated.object().cptr());
            } else if (binding instanceof Binding.Place place) {
                slots.add(place.path().index());
            }
        }
        return slots;
    }

    private String text(MachineState state, MachineState before, Set<Long> named) throws BadInputException {
        if (withoutRootTask && format != Format.capdl) {
            throw new BadInputException("--without-root-task is for capdl; the other formats show a whole machine");
        }
        try {
            return switch (format) {
                case capdl -> withoutRootTask ? CapdlText.withoutRootTask(state, before, named) : CapdlText.of(state);
                case dot -> DotText.of(state);
                case json -> JsonText.of(state);
                case svg -> SvgPicture.of(state);
            };
        } catch (CapdlText.NotSayable cannot) {
            throw new BadInputException(String.valueOf(cannot.getMessage()));
        }
    }
}
