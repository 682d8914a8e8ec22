package org.allocman.lesson.sheet;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.allocman.lesson.course.SmallMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/** A sheet about halving blocks and putting them together again. */
final class BuddySheet {
    private static final int ROWS = 12;
    private static final int LEAST_BITS = 12;

    private BuddySheet() {}

    static Worksheet of(long seed, Random random) {
        Allocman allocman = SmallMachine.managed(UntypedDesigns.SPLIT);
        Vka vka = new AllocmanVka(allocman);
        String free = blocks(allocman);
        Map<String, VkaObject> live = new TreeMap<>();
        List<Worksheet.Row> rows = new ArrayList<>();
        char name = 'a';
        while (rows.size() < ROWS) {
            if (!live.isEmpty() && random.nextInt(3) == 0) {
                String gone = RandomChoice.of(random, List.copyOf(live.keySet()));
                VkaObject object = live.remove(gone);
                if (object != null) {
                    vka.freeOrThrow(object);
                }
                rows.add(new Worksheet.Row("free " + gone, List.of("done", blocks(allocman))));
            } else {
                int bits = LEAST_BITS + random.nextInt(5);
                Either<VkaError, VkaObject> made = vka.untyped(bits);
                String command = name + " = alloc untyped " + bits;
                made.peek(object -> live.put(command.substring(0, 1), object));
                rows.add(new Worksheet.Row(command, List.of(made.isRight() ? "done" : "refused", blocks(allocman))));
                name++;
            }
        }
        return new Worksheet(
                "Halves of blocks",
                seed,
                "A manager of the kind split runs on the board tiny. Its free blocks of 4 KiB and more are: " + free
                        + ".\n"
                        + "A request takes the smallest block that is large enough, and of several of that size the one that came\n"
                        + "free last. It is halved, and its lower half again, until the size is right. When both halves of a block\n"
                        + "are free, they become that block again. The lines follow one another. Is each\n"
                        + "request served, and which blocks of 4 KiB and more are free afterwards?",
                "operation",
                List.of("answer", "free blocks"),
                rows);
    }

    private static String blocks(Allocman allocman) {
        String blocks = allocman.untypeds().statistics().of(MemoryKind.KERNEL).free().stream()
                .filter(free -> free.sizeBits() >= LEAST_BITS)
                .map(free -> (free.blocks() == 1 ? "" : free.blocks() + " x ") + "2^" + free.sizeBits())
                .collect(Collectors.joining(", "));
        return blocks.isEmpty() ? "none" : blocks;
    }
}
