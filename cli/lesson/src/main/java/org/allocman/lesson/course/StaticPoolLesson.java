package org.allocman.lesson.course;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.bootstrap.BootstrapFailure.Reason;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.PoolTrials;
import org.allocman.lesson.Stage;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.vka.Kernel;

/** The static pool, and how large it has to be. */
final class StaticPoolLesson extends Lesson<PoolTrials> {
    private static final String BOARD = "rpi4";
    private static final String SPLIT = "memory-high";
    private static final int BAD_PAGES = 5;
    private static final long FIRST_BAD = 0x4000_1000L;
    private static final long APART = 0x1000_0000L;

    StaticPoolLesson() {
        super("static-pool", PoolTrials.class);
    }

    @Override
    public List<Form> forms() {
        return List.of(Form.JAVA);
    }

    @Override
    public Stage<PoolTrials> start(UnaryOperator<Kernel> wrapper) {
        Board board = board();
        List<Long> booted = new ArrayList<>();
        PoolTrials trials = new PoolTrials(bytes -> missing(board, bytes, wrapper), booted);
        return new Stage<>() {
            @Override
            public PoolTrials desk() {
                return trials;
            }

            @Override
            public List<Fact> facts() {
                long ram = board.regions(Region.Kind.RAM).stream()
                        .mapToLong(Region::size)
                        .sum();
                return List.of(
                        new Fact(
                                "board",
                                BOARD + " with " + BAD_PAGES + " bad pages of RAM, "
                                        + board.architecture().text() + ", " + (ram >> 20) + " MiB of RAM"),
                        new Fact("root CNode", "8192 slots"),
                        new Fact("manager", "arenas, with a static pool and no virtual pool"),
                        new Fact("boots", PoolTrials.BOOTS + ", each with the size of pool that you say"));
            }

            @Override
            public String notes() {
                return booted.stream().map(String::valueOf).collect(Collectors.joining(" "));
            }

            @Override
            public void takeNotes(String notes) {
                List<Long> sizes = notes.isEmpty()
                        ? List.of()
                        : Stream.of(notes.split(" ")).map(Long::valueOf).toList();
                if (sizes.size() > PoolTrials.BOOTS) {
                    throw new IllegalArgumentException("the board was booted " + sizes.size() + " times");
                }
                booted.clear();
                booted.addAll(sizes);
            }

            @Override
            public List<Finding> check() {
                return StaticPoolLesson.this.check(board, trials.booted());
            }
        };
    }

    /** A Raspberry Pi 4 whose RAM lacks some pages: what the text tells of the usual one is not the answer to the task. */
    static Board board() {
        Board usual = Boards.byName(BOARD);
        List<Region> regions = new ArrayList<>();
        for (Region region : usual.regions()) {
            if (!region.name().equals(SPLIT)) {
                regions.add(region);
                continue;
            }
            long start = region.start();
            for (int i = 0; i < BAD_PAGES; i++) {
                long bad = FIRST_BAD + i * APART;
                regions.add(new Region(SPLIT + "-" + i, Region.Kind.RAM, start, bad - start));
                start = bad + PAGE;
            }
            regions.add(new Region(SPLIT + "-" + BAD_PAGES, Region.Kind.RAM, start, region.end() - start));
        }
        return new Board(BOARD + "-bad-pages", usual.architecture(), regions, usual.mirrors());
    }

    /** Boots a board with a pool, and starts a manager in it. */
    static long missing(Board board, long bytes, UnaryOperator<Kernel> wrapper) {
        Pools pools = new Pools(bytes, 0);
        try {
            Either<BootstrapFailure, ManagedMachine> start =
                    ManagedMachine.manage(ManagedMachine.boot(board, pools), pools, wrapper, GrowthListener.NONE);
            if (start.isRight()) {
                return 0;
            }
            if (start.getLeft().reason() == Reason.STATIC_POOL_TOO_SMALL) {
                return start.getLeft().missingBytes();
            }
            throw new IllegalArgumentException(start.getLeft().message());
        } catch (BootFailure tooLarge) {
            throw new IllegalArgumentException(tooLarge.getMessage());
        }
    }

    private List<Finding> check(Board board, List<Long> booted) {
        if (booted.isEmpty()) {
            return finding(
                    "none",
                    "The board has not been booted.",
                    "Call boot with a size in bytes. It answers how many bytes are missing, 0 if the manager runs.");
        }
        long bytes = booted.get(booted.size() - 1);
        long missing = missing(board, bytes, kernel -> kernel);
        if (missing > 0) {
            return finding(
                    "small",
                    "With the pool that was booted last, " + bytes + " bytes, the manager does not start: " + missing
                            + " bytes are missing.",
                    "What is missing is what the records and bitmaps need that are there before the first allocation. The"
                            + " pool has to hold all of it.");
        }
        long enough = bytes;
        for (long fewer = (bytes - 1) / PAGE * PAGE; fewer > 0; fewer -= PAGE) {
            if (missing(board, fewer, kernel -> kernel) == 0) {
                enough = fewer;
            }
        }
        if (bytes == enough && missing(board, bytes - 1, kernel -> kernel) > 0) {
            return List.of();
        }
        return finding(
                "large",
                "The manager starts with the pool that was booted last, " + bytes
                        + " bytes, but it starts with less, too.",
                "The pool lies in the root task's image. A smaller pool leaves other memory, in other untypeds, and each untyped"
                        + " takes a record: what is missing with one pool need not be missing with another.");
    }

    private List<Finding> finding(String mistake, String difference, String idea) {
        return List.of(new Finding(name() + "." + mistake, difference, idea));
    }
}
