package org.allocman.cli.machine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardLookup;
import org.allocman.cli.frame.HintOptions;
import org.allocman.cli.provider.CSpaceOption;
import org.allocman.cli.provider.Designs;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.qual.Bytes;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.ProfileFile;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A machine as options name it. The same one can be booted from it again.
 *
 * @param board a built-in board's name, or a file's
 * @param architecture the kernel's, if it is not the board's own
 * @param manager which untyped manager
 * @param cspace the CSpace to work in
 * @param bare whether there is no manager at all
 * @param staticPoolBytes size of the static pool; negative for what is needed
 * @param hints what is said of the board beside its description; null for nothing
 * @param profile the text of the kernel's profile, if it is one of the user's own
 * @param cspaceDesign which CSpace manager, if it is not the usual one
 * @param with jars with managers that are not built in; null for none
 */
public record MachineSpec(
        String board,
        @Nullable String architecture,
        String manager,
        String cspace,
        boolean bare,
        @Bytes long staticPoolBytes,
        HintOptions.@Nullable Typed hints,
        @Nullable String profile,
        @Nullable String cspaceDesign,
        @Nullable List<String> with) {
    /**
     * A machine of which nothing is said beside the board's description.
     *
     * @param board a built-in board's name, or a file's
     * @param architecture the kernel's, if it is not the board's own
     * @param manager which untyped manager
     * @param cspace the CSpace to work in
     * @param bare whether there is no manager at all
     * @param staticPoolBytes size of the static pool; negative for what is needed
     */
    public MachineSpec(
            String board,
            @Nullable String architecture,
            String manager,
            String cspace,
            boolean bare,
            @Bytes long staticPoolBytes) {
        this(board, architecture, manager, cspace, bare, staticPoolBytes, null, null, null, null);
    }

    /**
     * Looks the board up.
     *
     * @return the board
     * @throws BadInputException if there is none of that name
     * @throws BoardFormatException if its file describes no board
     */
    public Board findBoard() throws BadInputException, BoardFormatException {
        Architecture kernel = profile != null
                ? ProfileFile.read("profile", profile.getBytes(StandardCharsets.UTF_8))
                : architecture == null ? null : Architecture.named(architecture);
        HintOptions.Typed said = hints == null ? HintOptions.Typed.NONE : hints;
        List<String> names = new ArrayList<>(List.of(board));
        names.addAll(said.also() == null ? List.of() : said.also());
        return BoardLookup.reading(names, said.hints(kernel)).board();
    }

    /**
     * What a manager on the machine is given.
     *
     * @return the pools
     * @throws BadInputException if there is no such manager or CSpace
     */
    public ManagedMachine.Pools pools() throws BadInputException {
        Designs designs = Designs.with(with == null ? List.of() : with);
        CSpaceGeometry geometry = CSpaceGeometry.parse(cspace);
        if (geometry == null) {
            throw new BadInputException("there is no CSpace '" + cspace + "'");
        }
        return new ManagedMachine.Pools(
                staticPoolBytes,
                ManagedMachine.DEFAULT_VIRTUAL_POOL,
                designs.manager(manager),
                CSpaceOption.withDesign(geometry, cspaceDesign, designs));
    }

    /** The same, if there is such a manager. */
    MachineSpec checked() throws BadInputException {
        pools();
        return this;
    }

    MachineSpec withStaticPool(@Bytes long bytes) {
        return new MachineSpec(board, architecture, manager, cspace, bare, bytes, hints, profile, cspaceDesign, with);
    }

    /**
     * The machine in a few words.
     *
     * @return for instance {@code qemu-arm-virt, arena, current CSpace}
     */
    public String text() {
        String kernel = architecture == null ? board : board + " as " + architecture;
        return kernel + (bare ? ", bare" : ", manager " + manager + ", CSpace " + cspace);
    }
}
