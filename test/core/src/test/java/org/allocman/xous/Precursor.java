package org.allocman.xous;

import io.vavr.control.Either;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.lab.machine.XousMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFile;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.boot.BootFailure;
import org.allocman.vka.Kernel;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.NamedRange;

/** Precursor with Xous on it, as its kernel arguments have it. */
final class Precursor {
    static final long PAGE = 4096;
    static final long MAIN = 0x4000_0000L;
    static final long UART = 0xf000_5000L;

    private static final String ARGUMENTS = "MBLK,7,(0x40000000,0x1000000,SrEx)(0x10000000,0x20000,SrIn)"
            + "(0x20000000,0x8000000,SpFl)(0xb0000000,0x5c20,Disp)(0xe0000000,4,Audi)(0xefff0000,0x100,VexD)"
            + "(0xf0000000,0xc000,CSRs)";

    private Precursor() {}

    static Board board() {
        try {
            return BoardFile.read("precursor", ARGUMENTS.getBytes(StandardCharsets.US_ASCII), null);
        } catch (BoardFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    static XousMachine start(TableForm form) {
        return start(board(), form, kernel -> kernel);
    }

    static XousMachine start(TableForm form, XousRules rules) {
        Board board = board();
        try {
            Whitelist whitelist = XousMachine.whitelist(board, XousMachine.ranges(board));
            return right(XousMachine.start(XousMachine.boot(board), whitelist, form, rules, kernel -> kernel));
        } catch (BootFailure | ArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    static XousMachine start(Board board, TableForm form, UnaryOperator<Kernel> wrapper) {
        try {
            List<NamedRange> ranges = XousMachine.ranges(board);
            Whitelist whitelist = XousMachine.whitelist(board, ranges);
            return XousMachine.start(XousMachine.boot(board), whitelist, form, wrapper)
                    .getOrElseThrow(error -> new IllegalStateException(error.message()));
        } catch (BootFailure | ArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T> T right(Either<?, T> answer) {
        return answer.getOrElseThrow(error -> new AssertionError("" + error));
    }
}
