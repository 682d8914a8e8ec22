package org.allocman.cli.machine;

import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardOption;
import org.allocman.cli.provider.CSpaceOption;
import org.allocman.cli.provider.ManagerOption;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.vka.Architecture;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --board}, {@code --arch}, {@code --profile}, {@code --cspace}, {@code --manager}, {@code --with} and {@code --bare}, to be mixed in. */
public final class MachineOptions {
    @Mixin
    private final BoardOption board = new BoardOption();

    @Mixin
    private final CSpaceOption cspace = new CSpaceOption();

    @Mixin
    private final ManagerOption manager = new ManagerOption();

    @Option(names = "--bare", description = "No manager: the machine as the boot leaves it, and invocations only.")
    private boolean bare;

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
}
