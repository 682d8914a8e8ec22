package org.allocman.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Scripts by a seed: allocations and invocations, most of which make sense. */
final class RandomLines {
    private static final List<String> TYPES = List.of(
            "endpoint",
            "notification",
            "tcb",
            "cnode 4",
            "untyped 10",
            "untyped 13",
            "frame",
            "page-table",
            "untyped 40");

    private RandomLines() {}

    /** Some lines. */
    static List<String> of(long seed, int count) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of("47"));
        for (int i = 0; i < count; i++) {
            String some = names.get(random.nextInt(names.size()));
            String type = TYPES.get(random.nextInt(TYPES.size()));
            String made = "n" + i;
            String line = switch (random.nextInt(12)) {
                case 0, 1, 2 -> made + " = alloc " + type;
                case 3 -> made + " = slot";
                case 4 -> "free " + some;
                case 5 ->
                    made + " = retype " + some + " " + type + " -> " + (200 + random.nextInt(40)) + " count "
                            + (1 + random.nextInt(3));
                case 6 -> made + " = copy " + some + " -> " + (200 + random.nextInt(40));
                case 7 ->
                    made + " = mint " + some + " -> " + (200 + random.nextInt(40)) + " badge 0x"
                            + Integer.toHexString(random.nextInt(1 << 16));
                case 8 -> "move " + some + " -> " + (200 + random.nextInt(40));
                case 9 -> "delete " + some;
                case 10 -> "revoke " + some;
                default -> "address " + some;
            };
            lines.add(line);
            if (line.startsWith(made)) {
                names.add(made);
            }
        }
        return lines;
    }
}
