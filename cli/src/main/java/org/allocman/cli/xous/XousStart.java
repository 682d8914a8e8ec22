package org.allocman.cli.xous;

import io.vavr.control.Either;
import java.util.List;
import java.util.function.Consumer;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.page.Recording;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.XousMachine;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Kernel;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.FrameTable;
import org.allocman.xous.TableForm;
import org.allocman.xous.Whitelist;
import org.allocman.xous.XousRules;

/**
 * Boots a board and starts Xous on it.
 *
 * @param board the board
 * @param form which owners' table
 * @param rules which kernel's
 * @param recording what is recorded, and which invocation fails
 * @param notes is told, in a sentence, what came of the invocation that fails
 */
record XousStart(Board board, TableForm form, XousRules rules, Recording recording, Consumer<String> notes) {
    /** Does it. */
    XousMachine start() throws BadInputException {
        if (!FrameTable.canServe(board.architecture())) {
            throw new BadInputException("on " + board.architecture().text()
                    + " page tables are not pages of 4 KiB, and Xous needs them to be; boards with riscv32, riscv64,"
                    + " aarch64 and x86_64 will do");
        }
        List<NamedRange> ranges = XousMachine.ranges(board);
        try {
            Whitelist whitelist = XousMachine.whitelist(board, ranges);
            ManagedMachine.Pools pools = XousMachine.pools(board);
            Machine booted = ManagedMachine.boot(board, pools);
            Kernel kernel = recording.start(booted, ManagedMachine.options(booted, pools));
            ManagedMachine managed = ManagedMachine.manage(
                            booted, pools, any -> kernel, recording.growth(GrowthListener.NONE))
                    .getOrElseThrow(failure -> new IllegalStateException(failure.message()));
            return started(managed, whitelist);
        } catch (ArgumentsException wrong) {
            throw new BadInputException(board.name() + ": " + wrong.text());
        } catch (BootFailure tooSmall) {
            throw new BadInputException(String.valueOf(tooSmall.getMessage()));
        }
    }

    /** Starts Xous; what the one fault undid is tried again. */
    private XousMachine started(ManagedMachine managed, Whitelist whitelist) throws BadInputException {
        Vka vka = recording.vka(new AllocmanVka(managed.allocman()));
        Either<VkaError, XousMachine> started = XousMachine.on(managed, vka, whitelist, form, rules);
        String refused = recording.refused();
        if (started.isLeft() && refused != null) {
            notes.accept(refused + " was refused while Xous started: "
                    + started.getLeft().message() + "; what had been done was taken back, and it is started again");
            started = XousMachine.on(managed, vka, whitelist, form, rules);
        }
        return started.getOrElseThrow(
                error -> new BadInputException(board.name() + " is too small for Xous: " + error.message()));
    }
}
