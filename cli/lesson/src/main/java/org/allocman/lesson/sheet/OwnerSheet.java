package org.allocman.lesson.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.allocman.lesson.course.SmallMachine;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.Pid;
import org.allocman.xous.XousError;

/** A sheet about who owns a page in Xous. */
final class OwnerSheet {
    private static final int ROWS = 12;
    private static final long SCREEN = 0xb000_0000L;
    private static final long AUDIO = 0xe000_0000L;
    private static final long NOWHERE = 0xc000_0000L;

    private OwnerSheet() {}

    static Worksheet of(long seed, Random random) {
        PageAllocations allocations = SmallMachine.xous().allocations();
        List<Long> addresses = List.of(SCREEN, SCREEN, AUDIO, AUDIO, NOWHERE, SCREEN + 0x800);
        List<Worksheet.Row> rows = new ArrayList<>();
        while (rows.size() < ROWS) {
            long address = RandomChoice.of(random, addresses);
            int pid = 2 + random.nextInt(3);
            int other = 2 + (pid - 1 + random.nextInt(2)) % 3;
            String operation;
            long answer;
            switch (random.nextInt(4)) {
                case 0 -> {
                    operation = "PID " + pid + " releases " + SheetMachine.hex(address);
                    answer = allocations.release(address, pid);
                }
                case 1 -> {
                    operation = "PID " + pid + " moves " + SheetMachine.hex(address) + " to PID " + other;
                    answer = allocations.move(address, pid, other);
                }
                default -> {
                    operation = "PID " + pid + " claims " + SheetMachine.hex(address);
                    answer = allocations.claim(address, pid);
                }
            }
            long page = allocations.find(address);
            String owner = page < 0
                    ? "no such page"
                    : allocations.owner(page) == Pid.FREE ? "nobody" : "PID " + allocations.owner(page);
            rows.add(new Worksheet.Row(
                    operation, List.of(answer < 0 ? XousError.of(answer).toString() : "done", owner)));
        }
        return new Worksheet(
                "Whose a page is",
                seed,
                "Xous runs on Precursor. The whitelist has the display at 0xb0000000 and the audio device at 0xe0000000, and\n"
                        + "nothing at 0xc0000000. At the start both pages are nobody's. The lines follow one another. What is the\n"
                        + "answer, and whose is the page afterwards? Remember: alignment is looked at first, then the whitelist, then\n"
                        + "the owner. Who claims what he has, or releases what is nobody's, is told that it is done.",
                "operation",
                List.of("answer", "whose afterwards"),
                rows);
    }
}
