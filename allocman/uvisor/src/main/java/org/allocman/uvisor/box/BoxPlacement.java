package org.allocman.uvisor.box;

import static org.allocman.uvisor.rules.Halt.hex;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.allocman.qual.PhysAddr;
import org.allocman.uvisor.rules.Halt;
import org.allocman.uvisor.rules.MpuKind;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The static regions of all boxes but box 0, which has what is left over.
 *
 * @param order the boxes' numbers in the order of their addresses, box 0 first
 * @param regions their regions in that order, without box 0
 * @param end where the memory behind them begins
 */
public record BoxPlacement(
        List<Integer> order,
        List<BoxRegion> regions,
        @PhysAddr long end) {
    /** The most boxes, box 0 counted: every order of them is tried. */
    public static final int MOST_BOXES = 9;

    private static final long LARGEST = 1L << 31;

    /**
     * Keeps copies of the lists.
     *
     * @param order the boxes' numbers in the order of their addresses, box 0 first
     * @param regions their regions in that order, without box 0
     * @param end where the memory behind them begins
     */
    public BoxPlacement {
        order = List.copyOf(order);
        regions = List.copyOf(regions);
    }

    /**
     * Places boxes.
     *
     * @param mpu the rules for regions
     * @param boxes what is wanted; the first is box 0, whose stack and heap are not placed and must be 0
     * @param start the first byte that may be used
     * @param end one past the last byte that may be used
     * @return the regions, or why they do not fit
     */
    public static Either<Halt, BoxPlacement> of(
            MpuKind mpu, List<BoxConfig> boxes, @PhysAddr long start, @PhysAddr long end) {
        Halt bad = check(boxes);
        if (bad != null) {
            return Either.left(bad);
        }
        List<Integer> order = order(mpu, boxes, start);
        long at = first(mpu, start);
        List<BoxRegion> regions = new ArrayList<>();
        for (int box : order.subList(1, order.size())) {
            Either<Halt, BoxRegion> region = next(mpu, box, boxes.get(box), at);
            if (region.isLeft()) {
                return Either.left(region.getLeft());
            }
            regions.add(region.get());
            at = region.get().next();
        }
        if (at > end) {
            return Either.left(
                    new Halt("the boxes need " + (at - start) + " bytes from " + hex(start) + " on, but there are "
                            + Math.max(0, end - start) + ": " + (at - Math.max(start, end)) + " too few"));
        }
        return Either.right(new BoxPlacement(order, regions, at));
    }

    /**
     * The order of boxes that needs least memory. Without eighths nothing is gained by another, and it is the given one.
     *
     * @param mpu the rules for regions
     * @param boxes what is wanted; the first is box 0, which stays the first
     * @param start the first byte that may be used
     * @return the boxes' numbers
     */
    public static List<Integer> order(MpuKind mpu, List<BoxConfig> boxes, @PhysAddr long start) {
        return mpu.hasEighths()
                ? Arrays.stream(BoxOrder.best(boxes, start)).boxed().toList()
                : IntStream.range(0, boxes.size()).boxed().toList();
    }

    /**
     * Where the first box may begin.
     *
     * @param mpu the rules for regions
     * @param start the first byte that may be used
     * @return an address
     */
    public static @PhysAddr long first(MpuKind mpu, @PhysAddr long start) {
        return mpu.hasEighths() ? start : BandsLayout.first(start);
    }

    /**
     * Places one box.
     *
     * @param mpu the rules for regions
     * @param number the box's number
     * @param box what is wanted
     * @param from what {@link #first} answered, or where the box before says that the next may begin
     * @return the region, or why there is none
     */
    public static Either<Halt, BoxRegion> next(MpuKind mpu, int number, BoxConfig box, @PhysAddr long from) {
        return mpu.hasEighths()
                ? EighthsLayout.place(number, box.name(), box.sizes(), from)
                : Either.right(BandsLayout.place(number, box.sizes(), from));
    }

    private static @Nullable Halt check(List<BoxConfig> boxes) {
        if (boxes.isEmpty() || boxes.size() > MOST_BOXES) {
            return new Halt(
                    "there are " + boxes.size() + " boxes; 1 to " + MOST_BOXES + " can be placed, box 0 counted");
        }
        for (BoxConfig box : boxes) {
            BoxSizes sizes = box.sizes();
            if (!sizes.isAtMost(LARGEST)) {
                return new Halt("box " + box.name() + " wants more than 2^31 bytes");
            }
        }
        BoxSizes first = boxes.get(0).sizes();
        if (first.stack() != 0 || first.heap() != 0) {
            return new Halt("box 0 has the stack and the heap of the system; its own stack of " + first.stack()
                    + " and heap of " + first.heap() + " bytes must be 0");
        }
        return null;
    }
}
