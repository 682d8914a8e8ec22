package org.allocman.lab.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.InvocationKind;

/** churn and churn-sizes, counted. */
final class ChurnCosts {
    private static final int TURNS = 10;
    private static final int LEAST_STEPS = 20_000;
    private static final int SETTLING = 2;

    private ChurnCosts() {}

    /** 1,000, ten times as many, and so on; the last one is the greatest wanted. */
    static List<Integer> sizesUpTo(int most) {
        List<Integer> sizes = new ArrayList<>();
        for (int size = 1000; size < most; size *= 10) {
            sizes.add(size);
        }
        sizes.add(most);
        return sizes;
    }

    static List<Row> rows(UntypedDesign manager, List<Integer> sizes, WorkProgress progress) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            int before = i * TURNS;
            long total = (long) sizes.size() * TURNS;
            rows.add(row(manager, sizes.get(i), (done, all) -> progress.at(before + done, total)));
        }
        return rows;
    }

    private static Row row(UntypedDesign manager, int live, WorkProgress progress) {
        PlainMachine machine = MeasuredMachine.roomFor(live)
                .untyped(1L << Churn.UNTYPED_BITS, Churn.UNTYPED_BITS, false)
                .build();
        CountingKernel kernel = new CountingKernel(machine.kernel());
        MeasuredMachine measured = MeasuredMachine.start(machine, manager, itself -> kernel);
        long slots = measured.allocman().slots().cspace().freeSlots();
        double bytes = MeasuredMachine.bookKeeping(measured.allocman());
        Churn churn = new Churn(measured.allocman(), live);
        churn.fill();
        churn.steps(Math.max(LEAST_STEPS, SETTLING * live));
        int steps = Math.max(LEAST_STEPS, live / TURNS);
        Meter meter = Meter.ofTurns(kernel, TURNS, progress, () -> churn.steps(steps));
        slots -= measured.allocman().slots().cspace().freeSlots();
        bytes = MeasuredMachine.bookKeeping(measured.allocman()) - bytes;
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.RETYPES_PER_ALLOCATION, meter.count(InvocationKind.RETYPE) / steps);
        figures.put(Figure.REVOKES_PER_FREE, meter.count(InvocationKind.REVOKE) / steps);
        figures.put(Figure.INVOCATIONS_PER_PAIR, meter.total() / steps);
        figures.put(Figure.SLOTS_PER_OBJECT, (double) slots / live);
        figures.put(Figure.BYTES_PER_OBJECT, bytes / live);
        figures.put(Figure.GARBAGE_BYTES_PER_OPERATION, meter.garbage() / (2 * steps));
        figures.put(Figure.NANOS_PER_OPERATION, meter.nanos() / (2 * steps));
        return new Row("churn", live, figures, meter.perOperation(2.0 * steps), null);
    }
}
