package org.allocman.lab.machine;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.qual.Bytes;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.VkaBlocks;
import org.allocman.uvisor.block.VkaPieces;
import org.allocman.uvisor.rules.Halt;
import org.allocman.vka.Rounding;
import org.allocman.vka.Vka;

/**
 * How large CSpace and pool must be so that what ends the blocks of a board is its memory, and nothing that a manager beneath
 * needs for them.
 */
final class BlockRoom {
    private static final long OTHER_SLOTS = 256;
    private static final long KEPT_FOR_OTHERS = 8L << 10;
    /** A slot's bits, an entry of an arena, its share of the arena's record. */
    private static final @Bytes long BOOK_KEEPING_OF_PIECE = 40;
    /** So many blocks are taken to see whether they can be. */
    private static final long FEW_PIECES = 600;

    private static final int MOST_PAGES = 6;

    private final Board board;
    private final long pieces;
    private final BootSizes wanted;

    /** Where everything would lie on a machine. */
    @FunctionalInterface
    interface Layouts {
        Either<Halt, UvisorLayout> on(Machine machine);
    }

    /** A machine that has booted, what its manager is to be like, and where everything is to lie. */
    record Booted(Machine machine, Pools pools, UvisorLayout layout) {}

    /**
     * Room for the blocks of a board.
     *
     * @param board the board
     * @param blockBytes their size
     * @param wanted what is said of kernel, root task, root CNode and boot info
     */
    BlockRoom(Board board, @Bytes long blockBytes, BootSizes wanted) {
        this.board = board;
        this.wanted = wanted;
        long memory = Stretches.bytes(Stretches.longest(Stretches.ram(board)));
        this.pieces = memory / Math.max(1, Long.lowestOneBit(blockBytes));
    }

    /** Boots the board with as little beneath as serves; a small one with that CNode that leaves more blocks. */
    Either<Halt, Booted> boot(Layouts layouts) throws BootFailure {
        BootSizes sizes = sizes();
        Either<Halt, Booted> usual = boot(layouts, sizes);
        if (wanted.rootCNodeBits() != 0 || sizes.rootCNodeBits() != 0 || pieces >= FEW_PIECES) {
            return usual;
        }
        try {
            int bits = BootConfig.defaults(board).rootCNodeBits() - 1;
            Either<Halt, Booted> smaller = boot(layouts, sizes.withRootCNodeBits(bits));
            return blocks(smaller) > blocks(usual) && serves(smaller.get()) ? smaller.map(BlockRoom::again) : usual;
        } catch (BootFailure tooFewSlots) {
            return usual;
        }
    }

    private static int blocks(Either<Halt, Booted> booted) {
        return booted.isLeft() ? -1 : booted.get().layout.plan().geometry().count();
    }

    private Either<Halt, Booted> boot(Layouts layouts, BootSizes sizes) throws BootFailure {
        long least = ManagedMachine.boot(board, new Pools(-1, 0), sizes).staticPoolBytes();
        for (int pages = 1; pieces < FEW_PIECES && pages < MOST_PAGES; pages++) {
            Either<Halt, Booted> booted = boot(layouts, sizes, least + pages * PAGE);
            if (booted.isLeft() || serves(booted.get())) {
                return booted.map(BlockRoom::again);
            }
        }
        long bytes = KEPT_FOR_OTHERS + pieces * BOOK_KEEPING_OF_PIECE;
        return boot(layouts, sizes, least + Rounding.up(bytes, PAGE));
    }

    private Either<Halt, Booted> boot(Layouts layouts, BootSizes sizes, long poolBytes) throws BootFailure {
        Pools pools = new Pools(poolBytes, 0);
        Machine machine = ManagedMachine.boot(board, pools, sizes);
        return layouts.on(machine).map(layout -> new Booted(machine, pools, layout));
    }

    /** Nothing has been done on this one. */
    private static Booted again(Booted used) {
        try {
            Machine machine = Machine.boot(used.machine.board(), used.machine.config());
            return new Booted(machine, used.pools, used.layout);
        } catch (BootFailure never) {
            throw new IllegalStateException("it booted before", never);
        }
    }

    /** Slots for all blocks, and for the memory that is cut to have them at their addresses. */
    private BootSizes sizes() {
        long slots = 2 * pieces + OTHER_SLOTS;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(slots - 1);
        boolean isEnough = wanted.rootCNodeBits() != 0
                || bits <= BootConfig.defaults(board).rootCNodeBits();
        return isEnough ? wanted : wanted.withRootCNodeBits(bits);
    }

    /** Whether every block can be had at once; tried on the machine itself. */
    private static boolean serves(Booted booted) {
        ManagedMachine managed = ManagedMachine.manage(
                        booted.machine, booted.pools, kernel -> kernel, GrowthListener.NONE)
                .getOrNull();
        if (managed == null) {
            return false;
        }
        UvisorPlan plan = booted.layout.plan();
        PagedMemory words = booted.machine.memory().words();
        Vka vka = new AllocmanVka(managed.allocman());
        long records = managed.allocman().memory().allocate((int) HeldMemory.recordBytes(booted.layout));
        if (records <= 0) {
            return false;
        }
        for (HeldMemory held : HeldMemory.of(booted.layout, records)) {
            if (new VkaPieces(vka, words)
                    .obtain(held.start(), held.bytes(), held.records())
                    .isLeft()) {
                return false;
            }
        }
        BlockGeometry geometry = plan.geometry();
        VkaBlocks blocks =
                new VkaBlocks(vka, words, geometry, booted.layout.fields(words).capabilities());
        for (int block = 0; block < geometry.count(); block++) {
            if (!blocks.obtain(block)) {
                return false;
            }
        }
        return true;
    }
}
