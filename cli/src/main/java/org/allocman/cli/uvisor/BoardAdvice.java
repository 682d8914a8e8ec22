package org.allocman.cli.uvisor;

import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.LeastRam;
import org.allocman.lab.machine.UvisorStart;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;

/** What would do on a board that is too small for boxes and blocks. */
final class BoardAdvice {
    private BoardAdvice() {}

    /** The end of a sentence; nothing if no size would do, for it is not the memory then. */
    static String advice(Board board, UvisorStart start) {
        if (board.regions(Region.Kind.RAM).isEmpty() || board.architecture().hasPaging()) {
            return "";
        }
        long alone =
                LeastRam.of(board, larger -> start.onBoard(larger).layoutAlone().isRight());
        if (alone == 0) {
            return "";
        }
        long managed =
                LeastRam.of(board, larger -> start.onBoard(larger).managed().isRight());
        String beneath = managed == 0 ? "" : Figures.size(managed) + " with kernel and manager beneath";
        long there = board.largestRam().size();
        String text = "; with these boxes and blocks the least RAM is ";
        if (alone <= there) {
            return beneath.isEmpty() ? "" : text + beneath;
        }
        return text + Figures.size(alone) + (beneath.isEmpty() ? "" : ", or " + beneath) + ", and there are "
                + Figures.size(there);
    }
}
