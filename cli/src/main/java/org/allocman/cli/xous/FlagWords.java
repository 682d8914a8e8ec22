package org.allocman.cli.xous;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.allocman.cli.frame.BadInputException;
import org.allocman.xous.process.Flags;

/** Flags of memory as people type them: {@code rw}, {@code rw+device}, {@code none}. */
final class FlagWords {
    /** What memory has that nobody says anything of. */
    static final String USUAL = "rw";

    private static final String NONE = "none";
    private static final String LETTERS = "rwx";
    private static final int[] ACCESS = {Flags.READ, Flags.WRITE, Flags.EXECUTE};
    private static final Map<String, Integer> OTHERS = new LinkedHashMap<>();

    static {
        OTHERS.put(NONE, 0);
        OTHERS.put("reserve", Flags.RESERVE);
        OTHERS.put("device", Flags.DEVICE);
        OTHERS.put("virtual", Flags.VIRTUAL);
    }

    private FlagWords() {}

    /** Words to choose from, for completion. */
    static List<String> examples() {
        return List.of("r", "rw", "rx", "rwx", NONE, "rw+device", "rw+reserve", "rw+virtual");
    }

    /** The flags of a text. */
    static int of(String text) throws BadInputException {
        int flags = 0;
        for (String part : text.split("\\+", -1)) {
            Integer other = OTHERS.get(part);
            flags |= other != null ? other : access(part, text);
        }
        return flags;
    }

    private static int access(String part, String text) throws BadInputException {
        int flags = 0;
        for (char letter : part.toCharArray()) {
            int at = LETTERS.indexOf(letter);
            if (at < 0) {
                throw wrong(text);
            }
            flags |= ACCESS[at];
        }
        if (flags == 0) {
            throw wrong(text);
        }
        return flags;
    }

    private static BadInputException wrong(String text) {
        return new BadInputException("'" + text + "' are no flags: r, w and x together, "
                + String.join(", ", OTHERS.keySet()) + ", with + between them, for instance rw+device");
    }
}
