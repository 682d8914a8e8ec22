package org.allocman.uvisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxPlacement;
import org.allocman.uvisor.box.BoxRegion;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.rules.Halt;
import org.allocman.uvisor.rules.MpuKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Static memory of boxes, and where blocks begin. */
class PlacementTest {
    private static final long START = 0x20000000L;
    private static final long END = START + (1 << 20);

    private static List<BoxConfig> boxes(long... stackAndData) {
        List<BoxConfig> boxes = new ArrayList<>(List.of(new BoxConfig("0", BoxSizes.of(0, 0))));
        for (int i = 0; i < stackAndData.length; i += 2) {
            boxes.add(new BoxConfig("b" + boxes.size(), BoxSizes.of(stackAndData[i], stackAndData[i + 1])));
        }
        return boxes;
    }

    @Test
    void theLargestRegionFirstLeavesNoGaps() {
        BoxPlacement placed = BoxPlacement.of(MpuKind.ARMV7M, boxes(100, 100, 6000, 6000, 1000, 2000), START, END)
                .get();
        assertEquals(List.of(0, 2, 3, 1), placed.order());
        assertEquals(START + 16384 + 4096 + 2048, placed.end());
    }

    @Test
    void noOrderNeedsLess() {
        Random random = new Random(3);
        for (int run = 0; run < 40; run++) {
            long[] sizes = random.longs(2L * (1 + random.nextInt(5)), 1, 20_000).toArray();
            List<BoxConfig> boxes = boxes(sizes);
            long start = START + random.nextInt(40_000);
            List<Integer> order = BoxPlacement.order(MpuKind.ARMV7M, boxes, start);
            assertEquals(boxes.size(), order.stream().distinct().count());
            long least = end(boxes, order.subList(1, order.size()), start);
            List<Integer> shuffled = new ArrayList<>(order.subList(1, order.size()));
            for (int i = 0; i < 60; i++) {
                Collections.shuffle(shuffled, random);
                assertTrue(least <= end(boxes, shuffled, start));
            }
        }
    }

    /** As the rule has it, written down a second time: stacks count as they were asked for. */
    private static long end(List<BoxConfig> boxes, List<Integer> order, long start) {
        long at = start;
        for (int box : order) {
            BoxSizes sizes = boxes.get(box).sizes();
            long bytes = 256;
            while (bytes < (sizes.stack() + sizes.data()) * 8 / 6) {
                bytes *= 2;
            }
            at = (at + bytes - 1) / bytes * bytes + bytes;
        }
        return at;
    }

    /** Sizes that overflow together, in pairs, at every place of a sum: as large as they are, they are refused. */
    @ParameterizedTest
    @EnumSource(MpuKind.class)
    void sizesAreNotTakenForWhatTheyOverflowTo(MpuKind mpu) {
        long[] large = {Long.MAX_VALUE, Long.MAX_VALUE - 7, 1L << 62, 1L << 63, -8, (1L << 31) + 1};
        for (int first = 0; first < 7; first++) {
            for (int second = 0; second < 7; second++) {
                for (long a : large) {
                    for (long b : large) {
                        long[] parts = new long[7];
                        parts[first] = a;
                        parts[second] = b;
                        BoxSizes sizes =
                                new BoxSizes(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]);
                        List<BoxConfig> boxes =
                                List.of(new BoxConfig("0", BoxSizes.of(0, 0)), new BoxConfig("large", sizes));
                        assertTrue(BoxPlacement.of(mpu, boxes, START, END).isLeft(), sizes::toString);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MpuKind.class)
    void regionsHoldWhatIsWantedAndDoNotOverlap(MpuKind mpu) {
        Random random = new Random(5);
        for (int run = 0; run < 200; run++) {
            List<BoxConfig> boxes = boxes(random.longs(6, 0, 9_000).toArray());
            BoxPlacement placed = BoxPlacement.of(mpu, boxes, START + random.nextInt(9_000), END)
                    .get();
            long end = START;
            for (BoxRegion region : placed.regions()) {
                BoxSizes sizes = boxes.get(region.box()).sizes();
                assertTrue(region.base() >= end);
                assertTrue(region.dataBytes() >= sizes.data());
                assertTrue(region.stackPointer() - region.stack() >= Math.max(1024, sizes.stack()) - 8);
                boolean apart = region.data() == 0
                        || region.data() + region.dataBytes() < region.stack()
                        || region.stackPointer() < region.data();
                assertTrue(apart, "something lies between data and stack");
                end = region.base() + region.bytes();
                assertTrue(region.next() >= end);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100, 900, 100, 500000 | the boxes need 1052672 bytes from 0x20000000 on, but there are 1048576: 4096"
                        + " too few",
                "1, 4294967296 | box b1 wants more than 2^31 bytes",
                "9223372036854775807, 1 | box b1 wants more than 2^31 bytes"
            })
    void whatDoesNotFitIsRefusedWithTheNumbers(String sizes, String message) {
        long[] numbers = Arrays.stream(sizes.split(","))
                .mapToLong(text -> Long.parseLong(text.trim()))
                .toArray();
        Either<Halt, BoxPlacement> placed = BoxPlacement.of(MpuKind.ARMV7M, boxes(numbers), START, END);
        assertTrue(placed.isLeft(), placed::toString);
        assertEquals(message, placed.getLeft().message());
    }

    @Test
    void box0AsksForNoStackAndNoHeapAndThereIsOne() {
        assertTrue(BoxPlacement.of(MpuKind.ARMV7M, List.of(), START, END).isLeft());
        List<BoxConfig> greedy = List.of(new BoxConfig("0", BoxSizes.of(1, 0)));
        assertTrue(BoxPlacement.of(MpuKind.ARMV7M, greedy, START, END).isLeft());
        List<BoxConfig> many = new ArrayList<>(boxes());
        while (many.size() <= BoxPlacement.MOST_BOXES) {
            many.add(new BoxConfig("b", BoxSizes.of(1, 1)));
        }
        assertTrue(BoxPlacement.of(MpuKind.ARMV7M, many, START, END).isLeft());
        assertTrue(
                BoxPlacement.of(MpuKind.ARMV7M, many.subList(0, 9), START, END).isRight());
        assertEquals(
                List.of(0),
                BoxPlacement.of(MpuKind.ARMV7M, boxes(), START, END).get().order());
    }

    @Test
    void partsOfTheDataAreWordsEach() {
        BoxSizes sizes = new BoxSizes(1024, 1, 2, 3, 5, 0, 100);
        assertEquals(4 + 4 + 4 + 8, sizes.heapOffset());
        assertEquals(111, sizes.data());
    }

    @ParameterizedTest
    @CsvSource({
        "0x1fffffff, 0x20001000, 1024, is not in the RAM",
        "0x20000000, 0x20040001, 1024, is not in the RAM",
        "0x20001000, 0x20000000, 1024, is before their start",
        "0x20000000, 0x20001000, 512, no block has 512 bytes",
        "0x20000000, 0x20001000, 1536, no block has 1536 bytes",
        "0x20000000, 0x20040000, 65536, is more than an eighth"
    })
    void blocksThatCannotBeAreRefusedInOrder(long start, long end, long size, String message) {
        BlockGeometry.Range range = new BlockGeometry.Range(0x20000000L, 0x20040000L, start, end);
        Either<Halt, BlockGeometry> geometry = BlockGeometry.of(MpuKind.ARMV7M, range, size, 16);
        assertTrue(geometry.isLeft());
        assertTrue(geometry.getLeft().message().contains(message), geometry::toString);
    }

    @Test
    void anEmptyRangeHasNoBlocks() {
        BlockGeometry.Range range = new BlockGeometry.Range(START, END, START + 64, START + 64);
        BlockGeometry none = BlockGeometry.of(MpuKind.ARMV7M, range, 1024, 16).get();
        assertEquals(0, none.count());
        assertFalse(none.blockAt(none.start()) >= 0);
    }
}
