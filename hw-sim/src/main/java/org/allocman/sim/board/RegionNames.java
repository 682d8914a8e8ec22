package org.allocman.sim.board;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The names of a board's regions: each only once. */
final class RegionNames {
    static final int MAX_LENGTH = 255;

    private static final int SHOWN_LENGTH = 60;

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> repeats = new HashMap<>();

    /** The name itself, or with {@code .1}, {@code .2} and so on behind it if it is taken. */
    String unique(String name) {
        String candidate = name;
        while (!taken.add(candidate)) {
            candidate = name + "." + repeats.merge(name, 1, Integer::sum);
        }
        return candidate;
    }

    /** Whether something is fit to be shown as a name: not empty, not endless, no control characters. */
    static boolean isProper(String name) {
        return !name.isBlank()
                && name.length() <= MAX_LENGTH
                && name.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
    }

    /** A stranger's text, fit for a message. */
    static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.chars()
                .limit(SHOWN_LENGTH)
                .forEach(c ->
                        shown.append(c >= ' ' && c < 0x7f ? String.valueOf((char) c) : "\\u" + Integer.toHexString(c)));
        return shown.append(text.length() > SHOWN_LENGTH ? "...\"" : "\"").toString();
    }
}
