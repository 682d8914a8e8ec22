package org.allocman.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.lab.measure.BootstrapWork;
import org.allocman.lab.measure.Churn;
import org.allocman.lab.measure.FillAndDrain;
import org.allocman.lab.measure.FramesAtAddresses;
import org.allocman.lab.measure.MeasuredMachine;
import org.allocman.lab.measure.SlotPairs;
import org.allocman.lab.measure.Thrash;
import org.allocman.manager.Allocman;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;

/**
 * A row of the {@link Table}.
 *
 * @param name what it is called, work first
 * @param operations how many operations a turn has
 * @param prepared makes what is timed
 */
record TableRow(String name, double operations, Supplier<Turn> prepared) {
    private static final int PAIRS = 100_000;
    private static final int UNTYPEDS = 1000;
    private static final int FRAMES = 1 << 16;
    private static final int SLOT_BITS = 20;
    private static final int BOOTSTRAPS = 200;
    private static final int TEN_THOUSAND = 10_000;

    /** What is timed, turn after turn. */
    interface Turn {
        /** What goes before a turn and is not timed. */
        default void prepare() {}

        /** The turn. */
        void run();
    }

    static List<TableRow> all() {
        List<TableRow> rows = new ArrayList<>();
        for (SideBySide.KernelKind kernel : List.of(SideBySide.KernelKind.IDLE, SideBySide.KernelKind.SIMULATED)) {
            String end = " " + kernel.name().toLowerCase(Locale.ROOT);
            for (int live : new int[] {1000, TEN_THOUSAND, 100_000, 1_000_000}) {
                rows.add(new TableRow("churn " + live + end, 2 * PAIRS, () -> churn(kernel, live)));
            }
            rows.add(new TableRow("frames made" + end, FRAMES, () -> fill(kernel)));
            for (FillAndDrain.Order order : FillAndDrain.Order.values()) {
                rows.add(new TableRow("frames freed " + order.text() + end, FRAMES, () -> drain(kernel, order)));
            }
            for (int taken : new int[] {0, 50}) {
                rows.add(new TableRow("addresses " + taken + "%" + end, PAIRS, () -> addresses(kernel, taken)));
            }
            rows.add(new TableRow("thrash" + end, PAIRS, () -> thrash(kernel)));
        }
        for (int free : new int[] {5000, 1000, 100, 10, 1}) {
            String full = String.format(Locale.ROOT, "%.2f", 100 - free / 100.0);
            rows.add(new TableRow("slots " + full + "%", PAIRS, () -> slots(free)));
        }
        for (int untypeds : new int[] {100, UNTYPEDS}) {
            rows.add(new TableRow("bootstrap " + untypeds, BOOTSTRAPS, () -> bootstrap(untypeds)));
        }
        return rows;
    }

    private static Allocman manager(SideBySide.KernelKind kernel, PlainMachine machine) {
        return MeasuredMachine.start(machine, UntypedDesigns.ARENA, kernel.wrapper())
                .allocman();
    }

    private static Turn churn(SideBySide.KernelKind kernel, int live) {
        PlainMachine machine = MeasuredMachine.roomFor(live)
                .untyped(1L << Churn.UNTYPED_BITS, Churn.UNTYPED_BITS, false)
                .build();
        Churn churn = new Churn(manager(kernel, machine), live);
        churn.fill();
        return () -> churn.steps(PAIRS);
    }

    private static FillAndDrain frames(SideBySide.KernelKind kernel) {
        PlainMachine machine =
                MeasuredMachine.roomFor(FRAMES).untyped(1L << 32, 28, false).build();
        return new FillAndDrain(manager(kernel, machine), FRAMES);
    }

    private static Turn fill(SideBySide.KernelKind kernel) {
        FillAndDrain frames = frames(kernel);
        return new Turn() {
            @Override
            public void prepare() {
                frames.drain(FillAndDrain.Order.SAME);
            }

            @Override
            public void run() {
                frames.fill();
            }
        };
    }

    private static Turn drain(SideBySide.KernelKind kernel, FillAndDrain.Order order) {
        FillAndDrain frames = frames(kernel);
        return new Turn() {
            @Override
            public void prepare() {
                frames.fill();
            }

            @Override
            public void run() {
                frames.drain(order);
            }
        };
    }

    private static Turn addresses(SideBySide.KernelKind kernel, int taken) {
        FramesAtAddresses work =
                new FramesAtAddresses(manager(kernel, FramesAtAddresses.machine(UNTYPEDS)), UNTYPEDS, taken);
        return () -> work.pairs(PAIRS);
    }

    private static Turn thrash(SideBySide.KernelKind kernel) {
        PlainMachine machine =
                MeasuredMachine.roomFor(1).untyped(1L << 32, 28, false).build();
        Thrash work = new Thrash(manager(kernel, machine));
        return () -> work.pairs(PAIRS);
    }

    private static Turn slots(int freeOfTenThousand) {
        long slots = 1L << SLOT_BITS;
        PlainMachine machine = PlainMachine.of(Architecture.X86_64, SLOT_BITS, 2 * slots)
                .untyped(1L << 32, SLOT_BITS, false)
                .build();
        long occupied = slots - slots * freeOfTenThousand / TEN_THOUSAND;
        SlotPairs work = new SlotPairs(
                manager(SideBySide.KernelKind.SIMULATED, machine).slots().cspace(), slots, occupied);
        return () -> work.pairs(PAIRS);
    }

    private static Turn bootstrap(int untypeds) {
        BootstrapWork work = BootstrapWork.inPlace(untypeds, UntypedDesigns.ARENA);
        return () -> {
            for (int i = 0; i < BOOTSTRAPS; i++) {
                work.start(work.kernel());
                work.forget();
            }
        };
    }
}
