package org.allocman.cli.frame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Sentences that differ in their numbers only: one stands for all, however many there are. */
public final class Alike {
    private static final Pattern NUMBER = Pattern.compile("0x[0-9a-f]+|[0-9]+(,[0-9]{3})*");

    private Alike() {}

    /**
     * Makes a line of those that are alike.
     *
     * @param sentences any number
     * @return the first of each kind in their order, and how many more there are
     */
    public static List<String> lines(List<String> sentences) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        for (String sentence : sentences) {
            alike.computeIfAbsent(NUMBER.matcher(sentence).replaceAll("#"), same -> new ArrayList<>())
                    .add(sentence);
        }
        return alike.values().stream()
                .map(all -> all.get(0)
                        + (all.size() == 1 ? "" : "; and " + Figures.count(all.size() - 1) + " more like it"))
                .toList();
    }
}
