package org.allocman.lesson.sheet;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxPlacement;
import org.allocman.uvisor.box.BoxRegion;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.rules.Halt;
import org.allocman.uvisor.rules.MpuKind;

/** A sheet about static regions of boxes. */
final class RegionSheet {
    private static final int ROWS = 10;
    private static final long RAM = 0x2000_0000L;
    private static final long RAM_BYTES = 1 << 20;
    private static final int LEAST_STACK = 1024;
    private static final int EIGHTHS = 8;

    private RegionSheet() {}

    static Worksheet of(long seed, Random random) {
        List<Worksheet.Row> rows = new ArrayList<>();
        while (rows.size() < ROWS) {
            long stack = LEAST_STACK + 256L * random.nextInt(12);
            long data = 100L * random.nextInt(60);
            Either<Halt, BoxPlacement> placed = BoxPlacement.of(
                    MpuKind.ARMV7M,
                    List.of(new BoxConfig("main", BoxSizes.of(0, 0)), new BoxConfig("box", BoxSizes.of(stack, data))),
                    RAM,
                    RAM + RAM_BYTES);
            String operation = "stack " + stack + ", data " + data;
            if (placed.isLeft()) {
                rows.add(new Worksheet.Row(operation, List.of("cannot be", "")));
            } else {
                BoxRegion region = placed.get().regions().get(0);
                rows.add(new Worksheet.Row(
                        operation, List.of(String.valueOf(region.bytes()), String.valueOf(region.bytes() / EIGHTHS))));
            }
        }
        return new Worksheet(
                "How large a box's region is",
                seed,
                "On a microcontroller with an ARMv7-M MPU a box's static region is one region of the MPU: a power of two, and at\n"
                        + "a multiple of its size. The MPU divides it into eight equal parts, its subregions. The data takes whole\n"
                        + "subregions from the bottom, the stack takes whole ones at the top, and if there is data one subregion\n"
                        + "between them is the guard. uVisor takes the smallest power of two, 256 at least, that is not below\n"
                        + "(stack + data) * 8 / 6. If the stack then finds too few subregions, the program cannot start: write\n"
                        + "'cannot be'. How large is the region, and how large is a subregion, in bytes?",
                "the box wants, in bytes",
                List.of("region", "subregion"),
                rows);
    }
}
