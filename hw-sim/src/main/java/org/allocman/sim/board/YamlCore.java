package org.allocman.sim.board;

import java.util.Locale;
import org.allocman.sim.board.BoardCore.Rules;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The core and its MPU in our own description: {@code core}, {@code mpu} and {@code mpuRegions}, all of which may be missing. */
final class YamlCore {
    private static final String NONE = "none";

    private YamlCore() {}

    static BoardCore read(String source, BoardDocument document) throws BoardFormatException {
        String name = document.core() == null ? "" : document.core();
        if (!name.isEmpty() && !RegionNames.isProper(name)) {
            throw new BoardFormatException(source, "core", RegionNames.quoted(name) + " is no name of a core");
        }
        String mpu = document.mpu();
        BoardCore named = BoardCore.of(name, BoardCore.NOT_SAID);
        boolean isNone = mpu == null ? BoardCore.isOneWithoutMpu(name) : mpu.equals(NONE);
        Rules rules = mpu == null || isNone ? named.rules() : rules(source, mpu);
        int regions = regions(source, document.mpuRegions());
        if (mpu != null && isNone && regions > 0) {
            throw new BoardFormatException(source, "mpuRegions", "there is no MPU, and it has " + regions + " regions");
        }
        return new BoardCore(name, rules, isNone && regions == BoardCore.NOT_SAID ? BoardCore.NO_MPU : regions);
    }

    private static Rules rules(String source, String mpu) throws BoardFormatException {
        for (Rules rules : Rules.values()) {
            if (rules.text().equals(mpu.toLowerCase(Locale.ROOT))) {
                return rules;
            }
        }
        throw new BoardFormatException(
                source, "mpu", RegionNames.quoted(mpu) + " is none of armv6m, armv7m, armv8m, kinetis, none");
    }

    private static int regions(String source, @Nullable String text) throws BoardFormatException {
        if (text == null) {
            return BoardCore.NOT_SAID;
        }
        long number;
        try {
            number = AddressText.parse(text);
        } catch (NumberFormatException e) {
            throw new BoardFormatException(source, "mpuRegions", String.valueOf(e.getMessage()));
        }
        if (number > BoardCore.MOST_REGIONS) {
            throw new BoardFormatException(
                    source, "mpuRegions", "an MPU has up to " + BoardCore.MOST_REGIONS + " regions, not " + number);
        }
        return (int) number;
    }

    /** The word for the MPU; null for one whose rules the core's name tells. */
    static @Nullable String mpu(BoardCore core) {
        if (!core.hasMpu()) {
            return NONE;
        }
        boolean isTold =
                core.rules() == BoardCore.of(core.name(), BoardCore.NOT_SAID).rules()
                        && !BoardCore.isOneWithoutMpu(core.name());
        return isTold ? null : core.rules().text();
    }

    /** The number of regions; null if nothing says it. */
    static @Nullable String mpuRegions(BoardCore core) {
        return core.mpuRegions() > 0 ? Integer.toString(core.mpuRegions()) : null;
    }
}
