package org.allocman.testkit.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.allocman.manager.ManagerKind;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.testkit.kernel.CountingKernel;

/** B6, counted. */
final class BootstrapCosts {
    private static final int FEW = 100;
    private static final int TURNS = 200;

    private BootstrapCosts() {}

    static List<Row> rows(ManagerKind manager, int untypeds, WorkProgress progress) {
        List<Integer> sizes = untypeds > FEW ? List.of(FEW, untypeds) : List.of(untypeds);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            int before = i * TURNS;
            long total = (long) sizes.size() * TURNS;
            rows.add(inPlace(manager, sizes.get(i), (done, all) -> progress.at(before + done, total)));
        }
        return rows;
    }

    private static Row inPlace(ManagerKind manager, int untypeds, WorkProgress progress) {
        BootstrapWork work = new BootstrapWork(untypeds, manager);
        CountingKernel kernel = new CountingKernel(work.machine().kernel());
        PhysicalMemory memory = work.machine().memory();
        int start = memory.startJournal();
        work.inPlace(kernel);
        double words = memory.checkpoint() - start;
        memory.stopJournal();
        Meter meter = new Meter(kernel);
        for (int i = 0; i < TURNS; i++) {
            work.forget();
            meter.start();
            work.inPlace(kernel);
            meter.stop();
            progress.at(i + 1, TURNS);
        }
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.INVOCATIONS_PER_BOOTSTRAP, meter.total());
        figures.put(Figure.WORDS_WRITTEN_PER_UNTYPED, words / untypeds);
        figures.put(Figure.NANOS_PER_OPERATION, meter.nanos());
        return new Row("in place", untypeds, figures, meter.perOperation(1), null);
    }
}
