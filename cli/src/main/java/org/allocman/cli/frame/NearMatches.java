package org.allocman.cli.frame;

import java.util.List;
import java.util.Locale;

/** Names that a mistyped one may have meant. */
public final class NearMatches {
    private static final int MOST_EDITS = 2;
    private static final int SHORTEST_PART = 3;

    private NearMatches() {}

    /**
     * Those that contain what was typed, or are contained in it, or differ in a letter or two.
     *
     * @param typed what the user typed
     * @param names those there are, in lower case
     * @return the near ones, in the same order
     */
    public static List<String> of(String typed, List<String> names) {
        String lower = typed.toLowerCase(Locale.ROOT);
        return names.stream().filter(name -> isNear(lower, name)).toList();
    }

    /**
     * The end of a sentence about a mistyped name.
     *
     * @param typed what the user typed
     * @param names those there are, in lower case
     * @return {@code ; did you mean x or y?}, or nothing if none is near
     */
    public static String hint(String typed, List<String> names) {
        return hint(of(typed, names));
    }

    /**
     * The same for near names that were found already.
     *
     * @param near the near ones
     * @return the end of a sentence, or nothing if there are none
     */
    public static String hint(List<String> near) {
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    private static boolean isNear(String typed, String name) {
        String shorter = typed.length() < name.length() ? typed : name;
        String longer = shorter.equals(typed) ? name : typed;
        return shorter.length() >= SHORTEST_PART && longer.contains(shorter) || edits(typed, name) <= MOST_EDITS;
    }

    /** How many letters must be put in, taken out or replaced to make one of the other. */
    private static int edits(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
