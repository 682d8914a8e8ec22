package org.allocman.lesson.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** A sheet about the derivation tree. */
final class DerivationSheet {
    private static final int FIRST = 100;
    private static final int COPIES = 7;
    private static final int UNTYPED = 47;

    private DerivationSheet() {}

    static Worksheet of(long seed, Random random) {
        SheetMachine machine = new SheetMachine();
        List<String> setUp = new ArrayList<>();
        List<Integer> unbadged = new ArrayList<>(List.of(FIRST));
        List<Integer> all = new ArrayList<>(List.of(FIRST));
        carryOut(machine, setUp, "retype " + UNTYPED + " endpoint -> " + FIRST);
        for (int slot = FIRST + 1; slot <= FIRST + COPIES; slot++) {
            if (slot == FIRST + 1 || random.nextInt(3) == 0) {
                int source = RandomChoice.of(random, unbadged);
                carryOut(machine, setUp, "mint " + source + " -> " + slot + " badge " + (1 + random.nextInt(3)));
            } else {
                int source = RandomChoice.of(random, all);
                carryOut(machine, setUp, "copy " + source + " -> " + slot);
                if (unbadged.contains(source)) {
                    unbadged.add(slot);
                }
            }
            all.add(slot);
        }
        List<Worksheet.Row> rows = new ArrayList<>();
        for (int slot : all) {
            rows.add(row(machine, "revoke " + slot));
        }
        rows.add(row(machine, "delete " + FIRST));
        rows.add(row(machine, "revoke " + UNTYPED));
        return new Worksheet(
                "What a revoke takes",
                seed,
                "These commands have been carried out on the board tiny, one after the other:\n\n    "
                        + String.join("\n    ", setUp)
                        + "\n\nDraw the derivation tree. Then fill in which slots become empty. **Each line starts from the same state.**",
                "invocation",
                List.of("slots that become empty"),
                rows);
    }

    private static void carryOut(SheetMachine machine, List<String> setUp, String command) {
        machine.must(command);
        setUp.add(command);
    }

    private static Worksheet.Row row(SheetMachine machine, String command) {
        List<Long> before = machine.held(FIRST, FIRST + COPIES);
        machine.must(command);
        before.removeAll(machine.held(FIRST, FIRST + COPIES));
        machine.undo();
        String empty = before.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return new Worksheet.Row(command, List.of(empty.isEmpty() ? "none" : empty));
    }
}
