package org.allocman.cli.completion;

import java.util.concurrent.Callable;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
        name = "completion",
        description = {
            "Print what a shell needs to complete allocman's words.",
            "  source <(allocman completion bash)",
            "  allocman completion fish > ~/.config/fish/completions/allocman.fish",
            ""
        })
public final class CompletionCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Spec
    private @Nullable CommandSpec spec;

    /** The shells, spelt as the user types them. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            CommandLine all = spec.root().commandLine();
            console.out().print(shell == Shell.fish ? FishCompletion.of(all) : AutoComplete.bash("allocman", all));
        }
        return Exit.GOOD;
    }
}
