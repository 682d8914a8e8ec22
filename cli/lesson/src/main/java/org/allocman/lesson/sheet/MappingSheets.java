package org.allocman.lesson.sheet;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sheets about page tables. */
final class MappingSheets {
    private static final int ROWS = 12;
    private static final int FRAMES = 100;
    private static final int TABLES = 120;
    private static final long TABLE_RANGE = 1 << 21;
    private static final long BASE = 0x4000_0000L;

    private MappingSheets() {}

    static Worksheet circle(long seed, Random random) {
        SheetMachine machine = new SheetMachine();
        List<Long> addresses = List.of(
                BASE + PAGE * random.nextInt(8),
                BASE + TABLE_RANGE + PAGE * random.nextInt(8),
                2 * BASE + PAGE * random.nextInt(8));
        List<Worksheet.Row> rows = new ArrayList<>();
        int frame = FRAMES;
        int table = TABLES;
        machine.must("retype 47 small-page -> " + FRAMES + " count 6");
        machine.must("retype 48 page-table -> " + TABLES + " count 12");
        while (rows.size() < ROWS && frame < FRAMES + 6) {
            boolean isTable = random.nextInt(2) == 0;
            int slot = isTable ? table : frame;
            String command = "map " + slot + " at " + SheetMachine.hex(RandomChoice.of(random, addresses));
            String answer = machine.answer(command, "mapped");
            rows.add(new Worksheet.Row(command, List.of(answer)));
            if (answer.equals("mapped")) {
                table += isTable ? 1 : 0;
                frame += isTable ? 0 : 1;
            }
        }
        return new Worksheet(
                "The way to a page",
                seed,
                "On the board tiny (aarch64, page tables of four levels) slots 100 to 105 hold frames of 4 KiB, slots 120 to 131\n"
                        + "page tables, none of them mapped. From 0x40000000 on nothing is mapped, and of the page tables only the one\n"
                        + "at the second level is there, which covers 512 GiB. The lines follow one another. Is the frame or the\n"
                        + "page table mapped, or what does the kernel answer?",
                "invocation",
                List.of("answer"),
                rows);
    }

    static Worksheet virtualPool(long seed, Random random) {
        SheetMachine machine = new SheetMachine();
        long base = BASE * (2 + random.nextInt(3)) - 3 * TABLE_RANGE;
        long address = base + PAGE * random.nextInt(512);
        List<Worksheet.Row> rows = new ArrayList<>();
        int table = TABLES;
        int frame = FRAMES;
        machine.must("retype 47 small-page -> " + FRAMES + " count 10");
        machine.must("retype 48 page-table -> " + TABLES + " count 14");
        for (int row = 0; row < 10; row++) {
            int tables = 0;
            while (!machine.isDone("map " + frame + " at " + SheetMachine.hex(address))) {
                machine.must("map " + table++ + " at " + SheetMachine.hex(address));
                tables++;
            }
            frame++;
            rows.add(new Worksheet.Row(
                    "a page at " + SheetMachine.hex(address),
                    List.of(String.valueOf(tables), String.valueOf(tables + 1))));
            address += PAGE * (1L << random.nextInt(10)) * (1 + random.nextInt(2));
        }
        return new Worksheet(
                "What one more page takes",
                seed,
                "A virtual pool on the board tiny (aarch64) gets pages one after the other, at the addresses below. A page table\n"
                        + "of the lowest level covers 2 MiB, one of the level above covers 1 GiB. At the start there is neither of them,\n"
                        + "only the table above, which covers 512 GiB. How many page tables does each page take that are not there\n"
                        + "yet? How many records does the reserve need for it, if each object takes one?",
                "the pool grows by",
                List.of("page tables", "records"),
                rows);
    }
}
