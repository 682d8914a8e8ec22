package org.allocman.sim.board;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which reservations of a device tree are for the firmware that answers SBI calls, by their names. */
final class TreeFirmware {
    private static final Pattern NAME = Pattern.compile(".*(sbi|mmode|firmware).*");

    private TreeFirmware() {}

    static boolean isSaidBy(String name) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }
}
