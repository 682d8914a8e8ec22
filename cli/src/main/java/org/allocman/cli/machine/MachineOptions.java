package org.allocman.cli.machine;

import java.util.Set;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardOption;
import org.allocman.cli.provider.CSpaceOption;
import org.allocman.cli.provider.ManagerOption;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --board}, {@code --arch}, {@code --profile}, {@code --cspace}, {@code --manager}, {@code --with} and {@code --bare}, to be mixed in. */
public final class MachineOptions {
    private static final Set<String> OWN = Set.of(
            "--board",
            "--ram",
            "--memory",
            "--device",
            "--arch",
            "--profile",
            "--cspace",
            "--cspace-design",
            "--manager",
            "--with",
            "--bare");

    @Mixin
    private final BoardOption board = new BoardOption();

    @Mixin
    private final CSpaceOption cspace = new CSpaceOption();

    @Mixin
    private final ManagerOption manager = new ManagerOption();

    @Option(names = "--bare", description = "No manager: the machine as the boot leaves it, and invocations only.")
    private boolean bare;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Makes the options. */
    public MachineOptions() {}

    /**
     * What the user wants.
     *
     * @return the machine to boot
     * @throws BadInputException if there is no such profile of a kernel, or no such manager
     * @throws BoardFormatException if the profile describes no kernel
     */
    public MachineSpec spec() throws BadInputException, BoardFormatException {
        Architecture architecture = board.architecture();
        return new MachineSpec(
                        board.name(),
                        architecture == null ? null : architecture.text(),
                        manager.name(),
                        cspace.geometry().text(),
                        bare,
                        -1,
                        board.hints(),
                        board.profileText(),
                        cspace.design(),
                        manager.with().jars())
                .checked();
    }

    /**
     * Whether the user chose a machine at all.
     *
     * @return true if any of these options was typed
     */
    public boolean isSaid() {
        CommandSpec said = command;
        if (said == null) {
            return false;
        }
        return said.commandLine().getParseResult().matchedOptions().stream()
                .anyMatch(option -> OWN.contains(option.longestName()));
    }
}
