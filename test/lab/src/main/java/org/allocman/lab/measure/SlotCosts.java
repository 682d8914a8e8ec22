package org.allocman.lab.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.Architecture;

/** slots, counted. */
final class SlotCosts {
    private static final String[] LABELS = {"50 %", "90 %", "99 %", "99.9 %", "99.99 %"};
    private static final double[] OCCUPIED = {0.5, 0.9, 0.99, 0.999, 0.9999};
    private static final int TURNS = 10;
    private static final int PAIRS = 50_000;
    private static final int UNTYPED_BITS = 20;

    private SlotCosts() {}

    static List<Row> rows(UntypedDesign manager, int slots, WorkProgress progress) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < OCCUPIED.length; i++) {
            int before = i * TURNS;
            rows.add(row(manager, slots, i, (done, all) -> progress.at(before + done, (long) OCCUPIED.length * TURNS)));
        }
        return rows;
    }

    private static Row row(UntypedDesign manager, int slots, int which, WorkProgress progress) {
        int radix = Integer.numberOfTrailingZeros(slots);
        PlainMachine machine = PlainMachine.of(Architecture.X86_64, radix, slots + (1L << UNTYPED_BITS))
                .untyped(1L << 32, UNTYPED_BITS, false)
                .build();
        CountingKernel kernel = new CountingKernel(machine.kernel());
        MeasuredMachine measured = MeasuredMachine.start(machine, manager, itself -> kernel);
        SlotPairs work = new SlotPairs(measured.allocman().slots().cspace(), slots, (long) (slots * OCCUPIED[which]));
        work.pairs(PAIRS);
        Meter meter = Meter.ofTurns(kernel, TURNS, progress, () -> work.pairs(PAIRS));
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.INVOCATIONS_PER_PAIR, meter.total() / PAIRS);
        figures.put(Figure.GARBAGE_BYTES_PER_OPERATION, meter.garbage() / (2 * PAIRS));
        figures.put(Figure.NANOS_PER_OPERATION, meter.nanos() / (2 * PAIRS));
        return new Row(LABELS[which], slots, figures, meter.perOperation(2.0 * PAIRS), null);
    }
}
