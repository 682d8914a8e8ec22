package org.allocman.lesson.sheet;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.allocman.lesson.course.SmallMachine;
import org.allocman.vka.Untyped;

/** A sheet about how boot cuts memory into untypeds, which depends on the size of the pool. */
final class CutSheet {
    private static final int POOLS = 5;
    private static final int MOST_PAGES = 24;

    private CutSheet() {}

    static Worksheet of(long seed, Random random) {
        TreeSet<Integer> pools = new TreeSet<>();
        while (pools.size() < POOLS) {
            pools.add(1 + random.nextInt(MOST_PAGES));
        }
        List<Worksheet.Row> rows = new ArrayList<>();
        for (int pages : pools) {
            List<Untyped> untypeds = SmallMachine.boot(pages * (long) PAGE).bootInfo().untypeds().stream()
                    .filter(untyped -> !untyped.device())
                    .toList();
            Untyped first = untypeds.get(0);
            long end = first.paddr();
            StringBuilder sizes = new StringBuilder();
            int count = 0;
            for (Untyped untyped : untypeds) {
                if (untyped.paddr() == end) {
                    sizes.append(count++ == 0 ? "" : ", ").append("2^").append(untyped.sizeBits());
                    end = untyped.last() + 1;
                }
            }
            rows.add(new Worksheet.Row(
                    pages + ": " + SheetMachine.hex(first.paddr()) + " to " + SheetMachine.hex(end),
                    List.of(String.valueOf(count), sizes.toString())));
        }
        return new Worksheet(
                "How memory is cut into untypeds",
                seed,
                "The board tiny is booted with static pools of different sizes. The pool lies in the root task's image, so each\n"
                        + "leaves another stretch of free memory behind it. The kernel cuts a stretch from low to high: each piece is\n"
                        + "the largest power of two that still fits and whose multiple the address is. Into how many untypeds is\n"
                        + "each stretch cut, and what are their sizes, in order? For each of them the manager keeps a record.",
                "pages of pool: free memory",
                List.of("untypeds", "their sizes"),
                rows);
    }
}
