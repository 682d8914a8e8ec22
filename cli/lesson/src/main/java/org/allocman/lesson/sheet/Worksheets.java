package org.allocman.lesson.sheet;

import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Makes worksheets. The same seed makes the same sheet. */
public final class Worksheets {
    private static final Map<String, LongFunction<Worksheet>> SHEETS = Map.of(
            "untyped", seed -> RetypeSheets.untyped(seed, new Random(seed)),
            "cspace", seed -> LookupSheet.of(seed, new Random(seed)),
            "watermark", seed -> RetypeSheets.watermark(seed, new Random(seed)),
            "derivation", seed -> DerivationSheet.of(seed, new Random(seed)),
            "circle", seed -> MappingSheets.circle(seed, new Random(seed)),
            "static-pool", seed -> CutSheet.of(seed, new Random(seed)),
            "virtual-pool", seed -> MappingSheets.virtualPool(seed, new Random(seed)),
            "fragmentation", seed -> BuddySheet.of(seed, new Random(seed)),
            "xous", seed -> OwnerSheet.of(seed, new Random(seed)),
            "uvisor", seed -> RegionSheet.of(seed, new Random(seed)));

    private Worksheets() {}

    /**
     * Makes a sheet.
     *
     * @param lesson name of the lesson it belongs to
     * @param seed any number
     * @return the sheet, or null if the lesson has none
     */
    public static @Nullable Worksheet of(String lesson, long seed) {
        LongFunction<Worksheet> sheet = SHEETS.get(lesson);
        return sheet == null ? null : sheet.apply(seed);
    }
}
