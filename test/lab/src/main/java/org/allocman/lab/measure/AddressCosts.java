package org.allocman.lab.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.InvocationKind;

/** addresses, counted. */
final class AddressCosts {
    private static final int[] PERCENTS = {0, 50};
    private static final int TURNS = 10;
    private static final int PAIRS = 10_000;

    private AddressCosts() {}

    static List<Row> rows(UntypedDesign manager, int untypeds, WorkProgress progress) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < PERCENTS.length; i++) {
            int before = i * TURNS;
            rows.add(row(
                    manager,
                    untypeds,
                    PERCENTS[i],
                    (done, all) -> progress.at(before + done, (long) PERCENTS.length * TURNS)));
        }
        return rows;
    }

    private static Row row(UntypedDesign manager, int untypeds, int percent, WorkProgress progress) {
        PlainMachine machine = FramesAtAddresses.machine(untypeds);
        CountingKernel kernel = new CountingKernel(machine.kernel());
        MeasuredMachine measured = MeasuredMachine.start(machine, manager, itself -> kernel);
        FramesAtAddresses work = new FramesAtAddresses(measured.allocman(), untypeds, percent);
        work.pairs(PAIRS);
        Meter meter = Meter.ofTurns(kernel, TURNS, progress, () -> work.pairs(PAIRS));
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.RETYPES_PER_ALLOCATION, meter.count(InvocationKind.RETYPE) / PAIRS);
        figures.put(Figure.REVOKES_PER_FREE, meter.count(InvocationKind.REVOKE) / PAIRS);
        figures.put(Figure.INVOCATIONS_PER_PAIR, meter.total() / PAIRS);
        figures.put(Figure.GARBAGE_BYTES_PER_OPERATION, meter.garbage() / (2 * PAIRS));
        figures.put(Figure.NANOS_PER_OPERATION, meter.nanos() / (2 * PAIRS));
        return new Row(percent + " % taken", untypeds, figures, meter.perOperation(2.0 * PAIRS), null);
    }
}
