package org.allocman.lab.measure;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.Architecture;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.ObjectType;

/** thrash, counted from the first pair on. */
final class ThrashCosts {
    private static final int UNTYPED_BITS = 28;
    private static final int ROOM = 4096;
    private static final int TURNS = 10;

    private ThrashCosts() {}

    static List<Row> rows(UntypedDesign manager, int pairs, WorkProgress progress) {
        PlainMachine machine = MeasuredMachine.roomFor(ROOM)
                .untyped(1L << UNTYPED_BITS, UNTYPED_BITS, false)
                .build();
        ResetWatch resets = new ResetWatch(machine, Architecture.X86_64);
        CountingKernel kernel = new CountingKernel(resets);
        MeasuredMachine measured = MeasuredMachine.start(machine, manager, itself -> kernel);
        Thrash thrash = new Thrash(measured.allocman());
        int turns = Math.min(TURNS, pairs);
        int pairsInTurn = pairs / turns;
        Meter meter = Meter.ofTurns(kernel, turns, progress, () -> thrash.pairs(pairsInTurn));
        long zeroed = resets.zeroed();
        measured.allocman().trim();
        long whole = measured.allocman().allocate(ObjectType.UNTYPED, UNTYPED_BITS, 0);
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.RETYPES_PER_ALLOCATION, meter.count(InvocationKind.RETYPE) / pairsInTurn);
        figures.put(Figure.REVOKES_PER_FREE, meter.count(InvocationKind.REVOKE) / pairsInTurn);
        figures.put(Figure.INVOCATIONS_PER_PAIR, meter.total() / pairsInTurn);
        figures.put(Figure.ZEROED_BYTES_PER_PAIR, (double) zeroed / ((long) pairsInTurn * turns));
        figures.put(Figure.GARBAGE_BYTES_PER_OPERATION, meter.garbage() / (2 * pairsInTurn));
        figures.put(Figure.NANOS_PER_OPERATION, meter.nanos() / (2 * pairsInTurn));
        return List.of(new Row("thrash", pairs, figures, meter.perOperation(2.0 * pairsInTurn), whole > 0));
    }
}
