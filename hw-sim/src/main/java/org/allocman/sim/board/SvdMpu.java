package org.allocman.sim.board;

import org.allocman.sim.board.BoardCore.Rules;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a CMSIS-SVD file says of the MPU: whether there is one ({@code cpu/mpuPresent}), and with which values its registers
 * begin: {@code MPU_TYPE}, whose bits 15 to 8 are the number of regions (ARMv7-M, B3.5.4), or {@code CESR} of the Kinetis family's unit,
 * whose bits 11 to 8 are it in fours from 8 on.
 */
final class SvdMpu {
    /** Where {@code MPU_TYPE} is on every Cortex-M. */
    static final long TYPE = 0xe000_ed90L;

    private static final int COUNT_SHIFT = 8;
    private static final long TYPE_MASK = 0xff;
    private static final long CESR_MASK = 0xf;
    private static final int FEWEST_OF_CESR = 8;
    private static final int STEP_OF_CESR = 4;

    private final SvdDocument document;
    private @Nullable String note;

    SvdMpu(SvdDocument document) {
        this.document = document;
    }

    /** The core and its MPU; what two places of the file say differently is noted. */
    BoardCore core(String name) {
        int own = count(document.ownMpuReset(), CESR_MASK);
        if (own >= 0) {
            return new BoardCore(name, Rules.KINETIS, FEWEST_OF_CESR + STEP_OF_CESR * own);
        }
        int count = count(document.mpuTypeReset(), TYPE_MASK);
        boolean isCounted = count > 0 && count <= BoardCore.MOST_REGIONS;
        Boolean said = document.isMpuPresent();
        if (isCounted) {
            if (Boolean.FALSE.equals(said)) {
                note = "mpuPresent is false, but there are registers of an MPU of " + count
                        + " regions; it is taken for one with an MPU";
            }
            return BoardCore.of(name, count);
        }
        boolean cannot = BoardCore.isOneWithoutMpu(name);
        if (cannot && Boolean.TRUE.equals(said)) {
            note = "a " + name + " with an MPU is taken for a Cortex-M0+, for Cortex-M0 has none";
        }
        boolean hasOne = said == null ? !cannot : said;
        return BoardCore.of(name, hasOne ? BoardCore.NOT_SAID : BoardCore.NO_MPU);
    }

    /** What the file says in two ways, in a sentence; null if it does not. */
    @Nullable
    String note() {
        return note;
    }

    private static int count(@Nullable String reset, long mask) {
        if (reset == null) {
            return -1;
        }
        try {
            return (int) (SvdNumber.parse(reset) >>> COUNT_SHIFT & mask);
        } catch (NumberFormatException odd) {
            // a value with bits that are not defined, for instance #1x0; it tells nothing
            return -1;
        }
    }
}
