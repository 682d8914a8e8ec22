package org.allocman.cli.play;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.allocman.cli.frame.Console;
import org.allocman.cli.page.Recording;
import org.allocman.sim.memory.PhysicalMemory;
import org.junit.jupiter.api.Test;

class PlayerTest {
    /** A system on which nothing holds. */
    private static final class Broken implements PlayedSystem {
        private final PhysicalMemory memory = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, 0xfff)));

        @Override
        public Answer call(Call call) {
            return Answer.ok();
        }

        @Override
        public List<String> outcomes() {
            return List.of();
        }

        @Override
        public Map<String, Long> constants() {
            return Map.of();
        }

        @Override
        public List<String> candidates(String argument) {
            return List.of();
        }

        @Override
        public List<String> broken() {
            return IntStream.range(0, 94)
                    .mapToObj(block -> "isolation: box 1 writes block " + block + " of nobody")
                    .toList();
        }

        @Override
        public void draw(Console console, int width) {
            // nothing to see
        }

        @Override
        public PhysicalMemory memory() {
            return memory;
        }
    }

    @Test
    void aBrokenRuleIsOneLineHoweverOftenItIsBroken() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), false, false);
        PlayOutput output = new PlayOutput(console, "x.play", 80, false);
        Player player = new Player(new Broken(), List.of(), output, Recording.ofLines(false, 0));
        output.next();
        player.take("check");
        console.out().flush();
        console.err().flush();
        assertEquals(
                "   1  check                                    BROKEN  WRONG",
                out.toString().strip().indent(3).stripTrailing());
        assertEquals(
                List.of(
                        "allocman: x.play: line 1: check came to BROKEN",
                        "allocman: x.play: line 1: isolation: box 1 writes block 0 of nobody; and 93 more like it"),
                err.toString().lines().toList());
        assertEquals(1, output.wrong());
    }
}
