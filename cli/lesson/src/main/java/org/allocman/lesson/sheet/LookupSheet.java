package org.allocman.lesson.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.allocman.sim.kernel.CapabilityType;

/** A sheet about looking indices up. */
final class LookupSheet {
    private static final int ROWS = 10;
    private static final int OUTER = 100;
    private static final int GUARDED = 101;
    private static final int INNER = 102;
    private static final int SCRATCH = 300;

    private LookupSheet() {}

    static Worksheet of(long seed, Random random) {
        SheetMachine machine = new SheetMachine();
        int radix = 3 + random.nextInt(2);
        int innerRadix = 2 + random.nextInt(3);
        int guardBits = 2 + random.nextInt(4);
        int innerGuardBits = random.nextInt(4);
        long guard = random.nextInt(1 << guardBits);
        long innerGuard = random.nextInt(1 << innerGuardBits);
        int link = random.nextInt(1 << radix);
        int outerEndpoint = (link + 1 + random.nextInt((1 << radix) - 1)) % (1 << radix);
        int innerEndpoint = random.nextInt(1 << innerRadix);
        List<String> setUp = List.of(
                "retype 47 cnode " + radix + " -> " + OUTER,
                "mint " + OUTER + " -> " + GUARDED + " guard " + SheetMachine.hex(guard) + ":" + guardBits,
                "retype 47 cnode " + innerRadix + " -> " + INNER,
                "mint " + INNER + " -> " + OUTER + "/" + link + ":" + radix + " guard " + SheetMachine.hex(innerGuard)
                        + ":" + innerGuardBits,
                "retype 47 endpoint -> " + OUTER + "/" + outerEndpoint,
                "retype 47 endpoint -> " + INNER + "/" + innerEndpoint);
        setUp.forEach(machine::must);
        long outer = guard << radix;
        long inner = ((outer | link) << innerGuardBits | innerGuard) << innerRadix;
        int depth = guardBits + radix;
        int innerDepth = depth + innerGuardBits + innerRadix;
        List<Worksheet.Row> rows = new ArrayList<>();
        rows.add(row(machine, outer | outerEndpoint, depth));
        rows.add(row(machine, inner | innerEndpoint, innerDepth));
        while (rows.size() < ROWS) {
            rows.add(
                    switch (random.nextInt(5)) {
                        case 0 -> row(machine, outer | random.nextInt(1 << radix), depth);
                        case 1 -> row(machine, inner | random.nextInt(1 << innerRadix), innerDepth);
                        case 2 -> row(machine, random.nextInt(1 << depth), depth);
                        case 3 -> row(machine, (outer | random.nextInt(1 << radix)) << 1, depth + 1);
                        default -> row(machine, random.nextInt(1 << innerDepth), innerDepth);
                    });
        }
        return new Worksheet(
                "Where an index leads",
                seed,
                "These commands have been carried out on the board tiny:\n\n    " + String.join("\n    ", setUp)
                        + "\n\nEach index is looked up from slot 101, at the depth that stands behind it. Which slot of which CNode\n"
                        + "does it find, and what is in it? Or how does the look-up fail, and with how many bits left?",
                "index at depth",
                List.of("slot, or failure", "what is in it"),
                rows);
    }

    private static Worksheet.Row row(SheetMachine machine, long index, int depth) {
        String text = SheetMachine.hex(index) + " at " + depth;
        String place = GUARDED + "/" + SheetMachine.hex(index) + ":" + depth;
        long slot = machine.slot(place);
        if (slot < 0) {
            String failure = machine.answer("copy " + place + " -> " + SCRATCH, "done");
            return new Worksheet.Row(text, List.of(failure.replaceAll(".*\\((.* left).*", "$1"), ""));
        }
        CapabilityType type = machine.slots().type(slot);
        String held = type == CapabilityType.CNODE ? "CNode" : type == CapabilityType.ENDPOINT ? "endpoint" : "nothing";
        return new Worksheet.Row(text, List.of(place(machine, slot), held));
    }

    private static String place(SheetMachine machine, long slot) {
        for (int cnode : List.of(OUTER, INNER)) {
            long capability = machine.slot(String.valueOf(cnode));
            long number = (slot - machine.slots().object(capability))
                    / machine.slots().bytes();
            if (number >= 0 && number < 1L << machine.slots().cnode().radix(capability)) {
                return "slot " + number + " of the CNode in " + cnode;
            }
        }
        throw new IllegalStateException("a look-up has left the CNodes");
    }
}
