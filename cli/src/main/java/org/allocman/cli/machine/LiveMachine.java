package org.allocman.cli.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.allocman.check.manager.MachineInvariants;
import org.allocman.cli.frame.BadInputException;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.script.ScriptSession;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.MemoryImage;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A machine that runs, with a manager or without, and the session of commands on it. */
public final class LiveMachine {
    private final MachineSpec spec;
    private final Machine machine;
    private final @Nullable Allocman allocman;
    private final ScriptSession session;

    private LiveMachine(MachineSpec spec, Machine machine, @Nullable Allocman allocman) {
        this.spec = spec.withStaticPool(machine.staticPoolBytes());
        this.machine = machine;
        this.allocman = allocman;
        this.session = allocman == null
                ? ScriptSession.bare(machine)
                : ScriptSession.managed(machine, new AllocmanVka(allocman));
    }

    /**
     * Boots a machine.
     *
     * @param spec which
     * @return the machine
     * @throws BadInputException if there is no such board or no manager can be had on it
     * @throws BoardFormatException if the board's file describes no board
     * @throws BootFailure if the board is too small
     */
    public static LiveMachine boot(MachineSpec spec) throws BadInputException, BoardFormatException, BootFailure {
        Machine machine = bootMachine(spec);
        return new LiveMachine(spec, machine, manage(spec, machine));
    }

    /**
     * A bare machine that somebody else has set up.
     *
     * @param board the board that it was booted from, as {@code shell --bare} would
     * @param machine the machine
     * @return the machine
     */
    public static LiveMachine of(String board, Machine machine) {
        return new LiveMachine(new MachineSpec(board, null, "arena", "current", true, -1), machine, null);
    }

    /**
     * Goes on with a machine that was saved.
     *
     * @param file the image
     * @return the machine as it was
     * @throws IOException if the file cannot be read, or is no image of a machine
     * @throws BadInputException if the image was made by something else
     * @throws BoardFormatException if the board's file describes no board any more
     * @throws BootFailure if the board has become too small
     */
    public static LiveMachine load(Path file) throws IOException, BadInputException, BoardFormatException, BootFailure {
        SavedMachine saved = SavedMachine.parse(file, MemoryImage.readHeader(file));
        MachineSpec spec = saved.machine();
        Machine machine = bootMachine(spec);
        Allocman allocman = manage(spec, machine);
        MemoryImage.load(file, machine.memory());
        LiveMachine live = new LiveMachine(spec, machine, allocman);
        saved.restoreNames(live.session, machine.board().architecture());
        return live;
    }

    private static Machine bootMachine(MachineSpec spec) throws BadInputException, BoardFormatException, BootFailure {
        return spec.bare() && spec.staticPoolBytes() < 0
                ? ManagedMachine.bootBare(spec.findBoard())
                : ManagedMachine.boot(spec.findBoard(), spec.pools());
    }

    private static @Nullable Allocman manage(MachineSpec spec, Machine machine) throws BadInputException {
        if (spec.bare()) {
            return null;
        }
        return ManagedMachine.manage(machine, spec.pools(), kernel -> kernel, GrowthListener.NONE)
                .getOrElseThrow(failure -> new BadInputException(spec.board() + ": " + failure.message()))
                .allocman();
    }

    /**
     * Saves the machine and the names.
     *
     * @param file where to; replaced if it is there
     * @throws IOException if it cannot be written
     */
    public void save(Path file) throws IOException {
        MemoryImage.save(file, SavedMachine.of(spec, session).text(), machine.memory());
    }

    /**
     * Checks every invariant of kernel and manager.
     *
     * @return what is broken, each with the invariant's name in front; empty if all is well
     */
    public List<String> broken() {
        return MachineInvariants.check(machine, allocman);
    }

    /**
     * How it was booted.
     *
     * @return the options, with the size that the static pool got
     */
    public MachineSpec spec() {
        return spec;
    }

    /**
     * The machine.
     *
     * @return board, memory and kernel
     */
    public Machine machine() {
        return machine;
    }

    /**
     * The manager.
     *
     * @return the manager, or null on a bare machine
     */
    public @Nullable Allocman allocman() {
        return allocman;
    }

    /**
     * The session of commands.
     *
     * @return the one session on this machine
     */
    public ScriptSession session() {
        return session;
    }
}
