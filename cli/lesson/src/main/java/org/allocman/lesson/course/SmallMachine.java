package org.allocman.lesson.course;

import java.util.function.UnaryOperator;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.manager.Allocman;
import org.allocman.qual.Bytes;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.Kernel;
import org.allocman.xous.process.XousSystem;

/** The machines of lessons and worksheets, as they are when they have just booted. */
public final class SmallMachine {
    /** The board that most of them are. */
    public static final String BOARD = "tiny";

    private static final long WINDOW = 1 << 20;

    private SmallMachine() {}

    /**
     * The small board with its usual image.
     *
     * @return a machine that has just booted
     */
    public static Machine boot() {
        try {
            return ManagedMachine.bootBare(Boards.byName(BOARD));
        } catch (BootFailure impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The small board with another static pool in the root task's image.
     *
     * @param staticPoolBytes the pool's size in bytes
     * @return a machine that has just booted
     */
    public static Machine boot(@Bytes long staticPoolBytes) {
        Board board = Boards.byName(BOARD);
        return boot(board, BootConfig.defaults(board).withStaticPool(staticPoolBytes));
    }

    private static Machine boot(Board board, BootConfig config) {
        try {
            return Machine.boot(board, config);
        } catch (BootFailure impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * A manager on the small board.
     *
     * @param kind which
     * @return the manager, with nothing allocated
     */
    public static Allocman managed(UntypedDesign kind) {
        return managed(kind, kernel -> kernel).allocman();
    }

    /** A small machine with a manager. */
    static ManagedMachine managed(UntypedDesign kind, UnaryOperator<Kernel> wrapper) {
        return ManagedMachine.start(Boards.byName(BOARD), new Pools(-1, WINDOW, kind), wrapper);
    }

    /**
     * Xous on Precursor.
     *
     * @return the system, without processes
     */
    public static XousSystem xous() {
        return XousLesson.boot(kernel -> kernel).system();
    }
}
