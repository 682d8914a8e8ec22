package org.allocman.sim.board;

import java.util.Set;
import java.util.regex.Pattern;
import org.allocman.sim.board.SvdDocument.Area;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A register of a CMSIS-SVD file, of which only those matter that tell how many regions the MPU has. */
final class SvdRegister {
    /** MPU_TYPE, which ST calls MPU_TYPER and others TYPE. */
    private static final Pattern TYPE = Pattern.compile("(MPU_)?TYPER?");

    private static final Set<String> OWN_UNITS = Set.of("MPU", "SYSMPU");

    private @Nullable String name;
    private @Nullable String offset;
    private @Nullable String reset;

    /** Takes the text of one of its elements. */
    void set(String element, String text) {
        switch (element) {
            case "name" -> name = text;
            case "addressOffset" -> offset = text;
            case "resetValue" -> reset = text;
            default -> {}
        }
    }

    /** Tells a document what the register says, now that all of it is read. */
    void tell(Area peripheral, SvdDocument document) {
        String unit = peripheral.name();
        String own = name;
        if (own == null || unit == null) {
            return;
        }
        if (own.equals("CESR") && OWN_UNITS.contains(unit)) {
            peripheral.setOwnMpu();
            document.setOwnMpuReset(reset);
        } else if (TYPE.matcher(own).matches() && address(peripheral.start()) + address(offset) == SvdMpu.TYPE) {
            document.setMpuTypeReset(reset);
        }
    }

    private static long address(@Nullable String text) {
        try {
            return text == null ? 0 : SvdNumber.parse(text);
        } catch (NumberFormatException told) {
            // told with its place when the peripheral is read
            return 0;
        }
    }
}
