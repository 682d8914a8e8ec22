package org.allocman.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.vka.Architecture;
import org.allocman.wire.WireError;
import org.junit.jupiter.api.Test;

/** One client's requests and what is answered, word by word. */
class RequestHandlerTest {
    private final RequestHandler handler = handler(ServeLimits.USUAL);

    private static RequestHandler handler(ServeLimits limits) {
        return new RequestHandler(
                new ServedBoards(
                        new Board(
                                "plain",
                                Architecture.RISCV64,
                                List.of(new Region("memory", Region.Kind.RAM, 0x2000_0000L, 1 << 20)),
                                List.of()),
                        LocalServer.POOLS,
                        false),
                limits);
    }

    private String ask(String line) {
        return String.valueOf(handler.answer(line));
    }

    /** The answer without its remark. */
    private String said(String line) {
        return ask(line).replaceFirst(" # .*", "");
    }

    @Test
    void answersHaveTheRequestsNumber() {
        assertEquals("17 ok 1 # allocman", ask("17 hello 1"));
        assertEquals("- ok 1 # allocman", ask("hello"));
        assertEquals("5 ok", ask("5"));
        assertNull(handler.answer("  # nothing"));
        assertNull(handler.answer(""));
        assertTrue(
                ask("1234567890123456789 hello").startsWith("- error 200 Mistake"), "no number of at most 18 digits");
    }

    @Test
    void invocationsAreCarriedOutAndRefused() {
        String at = ask("0 boot-untyped " + ut(handler).substring("untyped".length()))
                .split(" ")[3];
        assertEquals(
                "1 ok # slot " + slot() + ": endpoint of 2^4 bytes at " + at + ", rights WRGP",
                ask("1 retype " + ut(handler) + " endpoint -> empty"));
        assertEquals("2 error 8 DeleteFirst", said("2 retype " + ut(handler) + " endpoint -> empty"));
        assertEquals("3 error 6 FailedLookup 1 2 64", said("3 copy empty+1 -> empty+2"));
        assertEquals("4 error 200 Mistake", said("4 retype " + ut(handler) + " endpiont -> empty"));
        assertEquals("5 error 3 IllegalOperation", said("5 map-page empty at 0x1000"));
        assertEquals("6 error 201 MemoryFault MISALIGNED 3", said("6 load64 3"));
        assertEquals("7 ok 1", said("7 undo"));
        assertEquals("8 ok 1", said("8 redo"));
        assertEquals("9 ok 0", said("9 check"));
        assertEquals("10 error 200 Mistake", said("10 alloc endpoint"), "there is no manager");
    }

    /** The name of a normal untyped with room. */
    static String ut(RequestHandler asked) {
        for (int i = 0; ; i++) {
            String[] words = String.valueOf(asked.answer("0 boot-untyped " + i)).split(" ");
            if (words[5].equals("normal") && Integer.parseInt(words[4]) >= 17) {
                return "untyped" + i;
            }
        }
    }

    private String slot() {
        String info = ask("boot-info");
        return info.replaceFirst(".* empty (\\d+) .*", "$1");
    }

    @Test
    void aMachineGoesBack() {
        String start = said("1 fingerprint");
        String mark = said("2 checkpoint").replaceFirst("2 ok ", "");
        said("3 retype " + ut(handler) + " endpoint -> empty count 3");
        said("4 delete empty");
        assertFalse(start.equals(said("1 fingerprint")));
        assertEquals("5 ok", said("5 rewind " + mark));
        assertEquals(start, said("1 fingerprint"));
        assertEquals("6 error 204 NothingToUndo", said("6 rewind 77"));
        assertEquals("7 error 204 NothingToUndo", said("7 undo"));
        assertEquals("8 error 200 Mistake", said("8 undo -1"));
    }

    @Test
    void anotherMachineCanBeHad() {
        said("1 x = retype " + ut(handler) + " endpoint -> empty");
        assertEquals("2 ok", said("2 boot tiny as riscv32 managed"));
        assertTrue(ask("3 boot-info").startsWith("3 ok architecture riscv32 "));
        assertEquals("4 error 200 Mistake", said("4 delete x"), "names are gone with the machine");
        assertTrue(said("5 tcb = alloc tcb").matches("5 ok \\d+ \\d+ (0x)?[0-9a-f]+"), () -> said("5 t = alloc tcb"));
        assertEquals("6 ok", said("6 free tcb"));
        assertEquals("7 error 205 NoMachine", said("7 boot nowhere"));
        assertEquals("8 error 205 NoMachine", said("8 boot tiny as pdp11"));
        assertEquals("9 error 205 NoMachine", said("9 boot ../../pom.xml"), "no client names a file");
        assertEquals("10 ok", said("10 boot"));
        assertTrue(ask("11 boot-untyped 0").startsWith("11 ok "));
        assertEquals("12 error 200 Mistake", said("12 boot-untyped 9999"));
    }

    @Test
    void aManagerWhoseMemoryIsTakenFromItIsBrokenAndNoErrorOfOurs() {
        said("1 boot tiny managed");
        String[] words = ask("2 boot-info").split(" ");
        int image = Arrays.asList(words).indexOf("image");
        for (int slot = Integer.parseInt(words[image + 1]); slot < Integer.parseInt(words[image + 2]); slot++) {
            assertEquals("3 ok", said("3 unmap-page " + slot));
        }
        assertTrue(said("4 check").matches("4 ok [1-9][0-9]*"), () -> ask("4 check"));
        assertTrue(ask("5 check").contains("the manager's memory: "), () -> ask("5 check"));
        assertEquals("6 error 200 Mistake", said("6 alloc tcb"));
        assertEquals("7 ok 1", said("7 undo"));
    }

    @Test
    void remarksCanBeLeftOut() {
        assertTrue(ask("1 retype " + ut(handler) + " endpoint -> empty").contains(" # "));
        assertEquals("2 ok", ask("2 remarks off"));
        assertEquals("3 ok", ask("3 retype " + ut(handler) + " endpoint -> empty+1"));
        assertTrue(ask("4 delete nobody").contains(" # "), "an error explains itself in any case");
    }

    @Test
    void whatGrowsBeyondLimitsIsGivenUp() {
        RequestHandler small = handler(new ServeLimits(64, 1 << 16, 10, 10, 1, 0, 0));
        assertTrue(String.valueOf(small.answer("1 x = " + "1".repeat(100))).startsWith("1 error 202 LineTooLong"));
        String last = "";
        for (int i = 0; i < 32 && !last.contains("203"); i++) {
            last = String.valueOf(small.answer("2 name" + i + " = " + i));
        }
        assertTrue(last.startsWith("2 error 203 OutOfLimits"), last);
        assertTrue(String.valueOf(small.answer("3 boot")).startsWith("3 ok"));
        RequestHandler memory = handler(new ServeLimits(4096, 1 << 14, 10, 10, 1, 0, 0));
        last = "";
        for (int i = 0; i < 64 && !last.contains("203"); i++) {
            last = String.valueOf(memory.answer("4 delete empty+" + i));
        }
        assertTrue(last.contains("bytes of memory"), last);
    }

    @Test
    void everyRequestIsOnItsPage() throws Exception {
        String page = Files.readString(Path.of("../../docs/wire.md"));
        for (ServeRequest request : ServeRequest.values()) {
            assertTrue(
                    page.contains("| `" + request.form().replace("|", "\\|") + "` | " + request.meaning() + " |"),
                    request.form());
        }
        for (WireError error : WireError.values()) {
            assertTrue(page.contains("| " + error.number() + " | `" + error.text() + "` |"), error.text());
        }
    }
}
