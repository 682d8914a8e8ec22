package org.allocman.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.allocman.vka.Architecture;
import org.allocman.wire.WireAnswer;

/** Whatever a client sends, it gets one answer of one line, the machine stays whole, and no error is allocman's own. */
class HostileRequestsProperties {
    /** Lines that make sense, to be spoiled. */
    private static final List<String> LINES = List.of(
            "1 hello 1",
            "2 boot-info",
            "3 boot-untyped 4",
            "4 retype untyped4 endpoint -> empty count 2",
            "5 retype untyped5 untyped 12 -> 2/0:0/300 count 3",
            "6 retype untyped5 cnode 4 -> empty+9",
            "7 copy empty -> empty+20 rights rw",
            "8 mint 2/300:64 -> 2/301:64 rights all badge 0x2a",
            "9 move empty -> empty+30",
            "10 mutate empty+9 -> empty+31 badge 0x1040",
            "11 rotate empty via empty+1 -> empty+2 badge 0 pivot-badge 0",
            "12 delete empty",
            "13 revoke untyped5",
            "14 cancel-badged-sends empty",
            "15 save-caller empty+40",
            "16 map-page 300 at 0x10000000 in 3 rights rw attributes 0",
            "17 map-table 300 at 0x10000000 in 3 attributes 0",
            "18 unmap-page 300",
            "19 unmap-table 300",
            "20 address 300",
            "21 assign-asid 300 from 6",
            "22 make-asid-pool untyped5 -> empty+50 with 5",
            "23 cache-page 300 operation clean start 0 end 64",
            "24 set-space 1 cspace 2 vspace 3 cspace-data 0 vspace-data 0 fault 0",
            "25 configure-tcb 1 cspace 2 vspace 3 cspace-data 0 vspace-data 0 fault 0 buffer 0 buffer-frame 0",
            "26 irq-get 10 -> empty+60 with 4",
            "27 set-priority 1 priority 5 authority 1",
            "28 set-sched-params 1 priority 5 max-priority 6 authority 1",
            "29 bind-notification 1 to 300",
            "30 load64 0x10000",
            "31 store64 0x10000 value 1",
            "32 zero 0x10000 bytes 64",
            "33 vka-alloc tcb size 0",
            "34 vka-alloc untyped size 12 at 0x20040000",
            "35 vka-free endpoint size 4 slot 60 handle 0x1234",
            "36 vka-slot",
            "37 vka-free-slot 2/300:64",
            "38 a = alloc endpoint",
            "39 free a",
            "40 undo",
            "41 redo",
            "42 checkpoint",
            "43 rewind 3",
            "44 check",
            "45 fingerprint",
            "46 remarks off");

    private static final String[] PIECES = {
        "0", "1", "0xffffffffffffffff", "0x8000000000000000", "-1", "4294967296", "->", "/", ":", "+", "#", "=", "at",
        "count", "untyped", "endpoint", "frame 12", "rights", "badge", "\t", "é", "\u0000", "boot", "as", "handle",
                "300"
    };

    /** {@return a line that made sense once; every third one still does} */
    static String spoiled(Random random, String untyped) {
        StringBuilder line =
                new StringBuilder(LINES.get(random.nextInt(LINES.size())).replaceAll("untyped[45]", untyped));
        for (int i = random.nextInt(3); i > 0 && line.length() > 0; i--) {
            int at = random.nextInt(line.length());
            switch (random.nextInt(5)) {
                case 0 -> line.deleteCharAt(at);
                case 1 -> line.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> line.insert(at, " " + PIECES[random.nextInt(PIECES.length)] + " ");
                case 3 -> line.setCharAt(at, (char) random.nextInt(256));
                default -> line.replace(at, Math.min(line.length(), at + 3), Integer.toString(random.nextInt(400)));
            }
        }
        return line.toString().replace('\n', ' ').replace('\r', ' ');
    }

    /** Sends many such lines to one client's end. */
    static void run(RequestHandler handler, Random random, int lines, boolean isManaged) {
        String untyped = RequestHandlerTest.ut(handler);
        for (int i = 0; i < lines; i++) {
            String line = spoiled(random, untyped);
            String answer = handler.answer(line);
            if (answer == null) {
                continue;
            }
            assertFalse(answer.contains("\n") || answer.contains("\r"), answer);
            WireAnswer parsed = WireAnswer.parse(answer.substring(answer.indexOf(' ') + 1));
            assertFalse(parsed.number() == 208, () -> line + ": " + answer);
            assertTrue(parsed.number() < 300, answer);
        }
        // the remark says what is broken; behind a manager's back its own books can be spoiled, the kernel's never
        String check = String.valueOf(handler.answer("1 remarks on")) + handler.answer("2 check");
        assertTrue(isManaged || check.startsWith("1 ok2 ok 0"), check);
    }

    @Property(tries = 40)
    void nonsenseIsAnsweredAndHarmsNothing(@ForAll long seed, @ForAll boolean managed) {
        RequestHandler handler = new RequestHandler(
                new ServedBoards(LocalServer.board(Architecture.RISCV64), LocalServer.POOLS, managed),
                ServeLimits.USUAL);
        run(handler, new Random(seed), 500, managed);
    }
}
