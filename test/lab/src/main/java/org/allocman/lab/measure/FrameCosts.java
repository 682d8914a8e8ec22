package org.allocman.lab.measure;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.BootstrapPlan;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.manager.Allocman;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.UntypedDesign;
import org.allocman.vka.Architecture;
import org.allocman.vka.InvocationKind;

/** frames, counted: with a static pool, and with a virtual pool whose own pages come from the memory that is filled. */
final class FrameCosts {
    private static final @PhysAddr long AT = 1L << 32;
    private static final int ROUNDS = 3;
    private static final int CASES = FillAndDrain.Order.values().length + 1;

    private static final int SLOTS_PER_FRAME_BITS = 2;
    private static final @Bytes long LEAST_BOARD = 32 << 20;
    private static final @Bytes long STATIC_POOL = 1 << 20;
    private static final @Bytes long VIRTUAL_POOL = 1L << 30;

    private FrameCosts() {}

    static List<Row> rows(UntypedDesign manager, int frames, WorkProgress progress) {
        List<Row> rows = new ArrayList<>();
        for (FillAndDrain.Order order : FillAndDrain.Order.values()) {
            rows.add(staticPool(manager, frames, order));
            progress.at(rows.size(), CASES);
        }
        rows.add(virtualPool(manager, frames));
        progress.at(CASES, CASES);
        return rows;
    }

    private static Row staticPool(UntypedDesign manager, int frames, FillAndDrain.Order order) {
        int bits = Integer.numberOfTrailingZeros(frames) + PAGE_BITS;
        PlainMachine machine =
                MeasuredMachine.roomFor(frames).untyped(AT, bits, false).build();
        CountingKernel kernel = new CountingKernel(machine.kernel());
        Allocman allocman =
                MeasuredMachine.start(machine, manager, itself -> kernel).allocman();
        return row(order.text(), kernel, allocman, frames, order, bits);
    }

    /** The untyped is one of a booted board's, and frames are made until all that the board has is used up. */
    private static Row virtualPool(UntypedDesign manager, int frames) {
        int bits = Integer.numberOfTrailingZeros(frames) + PAGE_BITS;
        // the kernel lies at the start, the root task's own objects at the end, and one untyped of the size between
        // them
        @Bytes long ram = (2L << bits) + Math.max(1L << bits - 2, LEAST_BOARD);
        Machine machine = boot(ram);
        CountingKernel kernel = new CountingKernel(machine.kernel());
        BootstrapOptions options = BootstrapOptions.fixed(machine.staticPoolBase(), machine.staticPoolBytes())
                .withManager(manager)
                .withVirtualPool(machine.freeVirtualBase(), VIRTUAL_POOL);
        long needed = BootstrapPlan.of(machine.bootInfo(), options).bytes();
        Allocman allocman = Bootstrap.inCurrentCSpace(
                        kernel, machine.rootMemory(), machine.bootInfo(), options.withStaticPoolBytes(needed))
                .getOrElseThrow(failure -> new IllegalStateException(failure.message()));
        int most = (int) (ram >>> PAGE_BITS);
        return row("random, virtual pool", kernel, allocman, most, FillAndDrain.Order.RANDOM, bits);
    }

    private static Machine boot(@Bytes long ram) {
        Region memory = new Region("memory", Region.Kind.RAM, 0, ram);
        Board board = new Board("frames", Architecture.X86_64, List.of(memory), List.of());
        int radix = Long.SIZE - 1 - Long.numberOfLeadingZeros(ram >>> PAGE_BITS) + SLOTS_PER_FRAME_BITS;
        try {
            return Machine.boot(
                    board, BootConfig.defaults(board).withRootCNodeBits(radix).withStaticPool(STATIC_POOL));
        } catch (BootFailure failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Row row(
            String label, CountingKernel kernel, Allocman allocman, int most, FillAndDrain.Order order, int bits) {
        FillAndDrain work = new FillAndDrain(allocman, most);
        Meter filling = new Meter(kernel);
        Meter draining = new Meter(kernel);
        int frames = 0;
        double slots = 0;
        double bytes = 0;
        boolean whole = true;
        for (int round = 0; round < ROUNDS; round++) {
            allocman.trim();
            long slotsBefore = allocman.slots().cspace().freeSlots();
            double bytesBefore = MeasuredMachine.bookKeeping(allocman);
            filling.start();
            frames = work.fillAsFarAsItGoes();
            filling.stop();
            slots = slotsBefore - allocman.slots().cspace().freeSlots();
            bytes = MeasuredMachine.bookKeeping(allocman) - bytesBefore;
            draining.start();
            work.drain(order);
            draining.stop();
            allocman.trim();
            whole &= work.isWhole(bits);
        }
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.RETYPES_PER_ALLOCATION, filling.count(InvocationKind.RETYPE) / frames);
        figures.put(Figure.REVOKES_PER_FREE, draining.count(InvocationKind.REVOKE) / frames);
        figures.put(Figure.INVOCATIONS_PER_PAIR, (filling.total() + draining.total()) / frames);
        figures.put(Figure.SLOTS_PER_OBJECT, slots / frames);
        figures.put(Figure.BYTES_PER_OBJECT, bytes / frames);
        double operations = 2.0 * frames;
        figures.put(Figure.GARBAGE_BYTES_PER_OPERATION, (filling.garbage() + draining.garbage()) / operations);
        figures.put(Figure.NANOS_PER_OPERATION, (filling.nanos() + draining.nanos()) / operations);
        Map<InvocationKind, Double> invocations = new EnumMap<>(InvocationKind.class);
        invocations.putAll(filling.perOperation(operations));
        draining.perOperation(operations).forEach((kind, count) -> invocations.merge(kind, count, Double::sum));
        return new Row(label, frames, figures, invocations, whole);
    }
}
