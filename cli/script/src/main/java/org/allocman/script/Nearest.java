package org.allocman.script;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The name that a mistyped one may have meant. */
final class Nearest {
    private static final int MOST_EDITS = 2;

    private Nearest() {}

    /** Half a sentence that suggests a name; empty if none is near. */
    static String suggestion(String typed, Collection<String> names) {
        String lower = typed.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> edits(lower, name.toLowerCase(Locale.ROOT)) <= Math.min(MOST_EDITS, typed.length() - 1))
                .min(Comparator.comparingInt(name -> edits(lower, name.toLowerCase(Locale.ROOT))))
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }

    /** How many letters must be put in, taken out, replaced, or swapped with their neighbours. */
    static int edits(String one, String other) {
        int[][] rows = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int best = Math.min(rows[i - 1][j - 1] + change, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                rows[i][j] = swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
            }
        }
        return rows[one.length()][other.length()];
    }
}
