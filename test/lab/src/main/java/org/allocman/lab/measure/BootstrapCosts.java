package org.allocman.lab.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.untyped.UntypedDesign;

/** bootstrap, counted. */
final class BootstrapCosts {
    private static final int FEW = 100;
    private static final int TURNS = 200;

    private BootstrapCosts() {}

    static List<Row> rows(UntypedDesign manager, int untypeds, WorkProgress progress) {
        List<Integer> sizes = untypeds > FEW ? List.of(FEW, untypeds) : List.of(untypeds);
        long total = 2L * sizes.size() * TURNS;
        List<Row> rows = new ArrayList<>();
        for (int size : sizes) {
            add(rows, "in place", BootstrapWork.inPlace(size, manager), size, total, progress);
        }
        for (int size : sizes) {
            add(rows, "new 2:10:10", BootstrapWork.intoTwoLevels(size, manager), size, total, progress);
        }
        return rows;
    }

    private static void add(
            List<Row> rows, String label, BootstrapWork work, int untypeds, long total, WorkProgress progress) {
        int before = rows.size() * TURNS;
        rows.add(row(label, work, untypeds, (done, all) -> progress.at(before + done, total)));
    }

    private static Row row(String label, BootstrapWork work, int untypeds, WorkProgress progress) {
        CountingKernel kernel = new CountingKernel(work.kernel());
        double words = work.wordsWritten();
        Meter meter = new Meter(kernel);
        for (int i = 0; i < TURNS; i++) {
            meter.start();
            work.start(kernel);
            meter.stop();
            work.forget();
            progress.at(i + 1, TURNS);
        }
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.INVOCATIONS_PER_BOOTSTRAP, meter.total());
        figures.put(Figure.WORDS_WRITTEN_PER_UNTYPED, words / untypeds);
        figures.put(Figure.NANOS_PER_OPERATION, meter.nanos());
        return new Row(label, untypeds, figures, meter.perOperation(1), null);
    }
}
