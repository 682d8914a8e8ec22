package org.allocman.lesson.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sheets about retypes. */
final class RetypeSheets {
    private static final int ROWS = 12;
    private static final long FIRST = 100;
    private static final long TARGET = 49;
    private static final List<String> SIZES = List.of(
            "Sizes: endpoint 16 bytes, notification 64 bytes, TCB 2 KiB, small page and page table 4 KiB, a CNode",
            "32 bytes for each of its 2^radix slots. An object lies at a multiple of its size.");

    private RetypeSheets() {}

    static Worksheet untyped(long seed, Random random) {
        SheetMachine machine = new SheetMachine();
        List<Long> untypeds = List.of(22L, 44L, 45L, 46L, 47L, 48L, 49L, 50L);
        StringBuilder intro = new StringBuilder(
                "The board tiny has just booted. **Each line starts from there again**, not from where the line before ended.\n"
                        + "Is the object made, or which error does the kernel answer? If it is made, at which address?\n\n"
                        + String.join("\n", SIZES) + "\n");
        for (long untyped : untypeds) {
            long slot = machine.slot(String.valueOf(untyped));
            intro.append("\n- slot ").append(untyped).append(": ");
            intro.append(machine.slots().isDevice(slot) ? "device untyped" : "untyped");
            intro.append(" of 2^")
                    .append(machine.slots().untyped().sizeBits(slot))
                    .append(" bytes at ");
            intro.append(machine.address(untyped));
        }
        List<Worksheet.Row> rows = new ArrayList<>();
        while (rows.size() < ROWS) {
            String command = "retype " + RandomChoice.of(random, untypeds) + " " + type(random) + " -> " + FIRST;
            String answer = machine.answer(command, "made");
            boolean isMade = answer.equals("made");
            rows.add(new Worksheet.Row(command, List.of(answer, isMade ? machine.address(FIRST) : "")));
            if (isMade) {
                machine.undo();
            }
        }
        return new Worksheet(
                "What an untyped can become", seed, intro.toString(), "invocation", List.of("answer", "address"), rows);
    }

    static Worksheet watermark(long seed, Random random) {
        SheetMachine machine = new SheetMachine();
        List<Worksheet.Row> rows = new ArrayList<>();
        List<Long> made = new ArrayList<>();
        long next = FIRST;
        while (rows.size() < ROWS) {
            int choice = random.nextInt(10);
            String command;
            String address = "";
            if (choice == 0 && !made.isEmpty()) {
                command = "revoke " + TARGET;
                made.clear();
            } else if (choice <= 2 && !made.isEmpty()) {
                command = "delete " + made.remove(random.nextInt(made.size()));
            } else {
                command = "retype " + TARGET + " " + type(random) + " -> " + next;
            }
            String answer = machine.answer(command, "done");
            if (command.startsWith("retype") && answer.equals("done")) {
                address = machine.address(next);
                made.add(next++);
            }
            long slot = machine.slot(String.valueOf(TARGET));
            rows.add(new Worksheet.Row(
                    command,
                    List.of(
                            answer,
                            address,
                            SheetMachine.hex(machine.slots().untyped().freeIndex(slot)))));
        }
        return new Worksheet(
                "Where the watermark goes",
                seed,
                "The untyped in slot 49 has 16 KiB and starts at 0x40030000; nothing has been made from it. The lines follow one\n"
                        + "another. Fill in the kernel's answer, the address of the new object if there is one, and where the\n"
                        + "watermark of the untyped is afterwards, counted from its start.\n\n"
                        + String.join("\n", SIZES),
                "invocation",
                List.of("answer", "address", "watermark"),
                rows);
    }

    private static String type(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "endpoint";
            case 1 -> "notification";
            case 2, 3 -> "tcb";
            case 4 -> "cnode " + (1 + random.nextInt(6));
            case 5 -> "untyped " + (4 + random.nextInt(14));
            default -> "small-page";
        };
    }
}
