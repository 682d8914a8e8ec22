package org.allocman.testkit.arbitraries;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxPlacement;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.rules.Halt;
import org.allocman.uvisor.rules.MpuKind;

/**
 * Boxes of a uVisor system that are to be placed, and the memory for them. They need not fit.
 *
 * @param mpu the rules for regions
 * @param boxes what is wanted; the first is box 0, which wants nothing
 * @param start the first byte that may be used
 * @param bytes how many may be used
 */
public record BoxLayout(
        MpuKind mpu,
        List<BoxConfig> boxes,
        @PhysAddr long start,
        @Bytes long bytes) {
    private static final @PhysAddr long SRAM = 0x2000_0000L;
    private static final int MOST_BOXES = 5;
    private static final int MOST_SIZE = 9000;

    /**
     * Keeps a copy of the list.
     *
     * @param mpu the rules for regions
     * @param boxes what is wanted; the first is box 0, which wants nothing
     * @param start the first byte that may be used
     * @param bytes how many may be used
     */
    public BoxLayout {
        boxes = List.copyOf(boxes);
    }

    /**
     * Layouts.
     *
     * @return the arbitrary: up to five boxes, with stacks around the smallest one and data from nothing up
     */
    public static Arbitrary<BoxLayout> arbitrary() {
        Arbitrary<Long> stack = Arbitraries.longs().between(0, MOST_SIZE).edgeCases(config -> {
            config.add(0L);
            config.add(BoxSizes.LEAST_STACK - 1);
            config.add(BoxSizes.LEAST_STACK);
        });
        Arbitrary<Long> rest = Arbitraries.longs().between(0, MOST_SIZE);
        Arbitrary<List<BoxSizes>> sizes = Combinators.combine(stack, rest)
                .as((deep, wide) -> BoxSizes.of(deep, wide))
                .list()
                .ofMaxSize(MOST_BOXES);
        Arbitrary<Long> offsets = Arbitraries.of(0L, 4L, 32L, 1000L, 4096L);
        Arbitrary<Long> bytes = Arbitraries.of(1L << 18, 1L << 16, 1L << 12, 0L);
        return Combinators.combine(Arbitraries.of(MpuKind.class), sizes, offsets, bytes)
                .as((mpu, wanted, offset, room) -> new BoxLayout(mpu, named(wanted), SRAM + offset, room));
    }

    private static List<BoxConfig> named(List<BoxSizes> sizes) {
        List<BoxConfig> boxes = new ArrayList<>();
        boxes.add(new BoxConfig("box 0", BoxSizes.of(0, 0)));
        for (int i = 0; i < sizes.size(); i++) {
            boxes.add(new BoxConfig("box " + (i + 1), sizes.get(i)));
        }
        return boxes;
    }

    /**
     * Places the boxes.
     *
     * @return their regions, or why they do not fit
     */
    public Either<Halt, BoxPlacement> place() {
        return BoxPlacement.of(mpu, boxes, start, start + bytes);
    }
}
