package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of broken copies of real files: a board comes out, or an error with its place; nothing else, ever. */
@Timeout(120)
class HostileFilesTest {
    private static final int[] NASTY = {
        0, 1, 2, 3, 4, 9, -1, 0x7fff_ffff, 0x8000_0000, 0xffff_fffc, 0x28, 0x1_0000, 0xfff0_0000, 0xd00d_feed
    };
    private static final String NASTY_TEXT = "[]{}:,-&*!|>'\"%@`#?<>/\\ \n\t\r\0\u00ff09xXkKi~=";

    private int boards;
    private int refusals;

    private void feed(byte[] content) {
        try {
            Board board = BoardFile.read("f", content, null);
            boards++;
            byte[] text = BoardYaml.write(board).getBytes(StandardCharsets.UTF_8);
            assertEquals(board, BoardFile.read("again", text, null));
        } catch (BoardFormatException e) {
            refusals++;
            String message = String.valueOf(e.getMessage());
            assertTrue(message.startsWith("f, ") && message.length() < 1000, message);
        }
    }

    private static byte[] mutant(byte[] original, Random random) {
        byte[] content = original.clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(content.length);
            int other = random.nextInt(content.length);
            int length = 1 + random.nextInt(Math.min(64, content.length - Math.max(at, other)));
            switch (random.nextInt(6)) {
                case 0 -> content[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> content[at] = (byte) NASTY_TEXT.charAt(random.nextInt(NASTY_TEXT.length()));
                case 2 -> {
                    if (content.length >= 8) {
                        int word = random.nextInt(content.length / 4) * 4;
                        ByteBuffer.wrap(content).putInt(word, NASTY[random.nextInt(NASTY.length)]);
                    }
                }
                case 3 -> content = Arrays.copyOf(content, 1 + at);
                case 4 -> System.arraycopy(content, at, content, other, length);
                default -> {
                    byte[] shorter = Arrays.copyOf(content, content.length - length);
                    System.arraycopy(content, at + length, shorter, at, content.length - length - at);
                    content = shorter.length == 0 ? content : shorter;
                }
            }
        }
        return content;
    }

    private void fuzz(byte[] original, int times, long seed) {
        feed(original);
        assertEquals(1, boards);
        Random random = new Random(seed);
        for (int i = 0; i < times; i++) {
            byte[] content = mutant(original, random);
            try {
                feed(content);
            } catch (RuntimeException | StackOverflowError e) {
                Assertions.fail("mutant " + i + " of seed " + seed, e);
            }
        }
        assertTrue(refusals > times / 20, "too few mutants were broken: " + refusals);
        boards = 0;
        refusals = 0;
    }

    @Test
    void deviceTrees() {
        for (String file : TestBoards.TREES) {
            fuzz(TestBoards.bytes(file), 700, file.hashCode());
        }
    }

    @Test
    void systemViewDescriptions() {
        String whole = new String(TestBoards.bytes("precursor.svd.gz"), StandardCharsets.UTF_8);
        String without = Pattern.compile("<registers>.*?</registers>", Pattern.DOTALL)
                .matcher(whole)
                .replaceAll("");
        fuzz(without.getBytes(StandardCharsets.UTF_8), 700, 1);
    }

    @Test
    void yaml() {
        for (String name : List.of("tiny", "stm32f429", "pc99")) {
            fuzz(BoardYaml.write(Boards.byName(name)).getBytes(StandardCharsets.UTF_8), 700, 2);
        }
        fuzz(
                "{\"devices\": [{\"start\": 0, \"end\": 4096}], \"memory\": [{\"start\": 8192, \"end\": 16384}]}"
                        .getBytes(StandardCharsets.UTF_8),
                2000,
                3);
    }

    @Test
    void yamlBombs() {
        StringBuilder aliases = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            aliases.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a");
            aliases.append(i - 1).append("]\n");
        }
        String head = "name: b\narchitecture: aarch64\nregions:\n";
        for (String text : List.of(
                aliases.toString(),
                head + "- &r {name: n, kind: ram, start: 0, size: 4KiB}\n- *r\n",
                head + "- &r [*r]\n",
                "[".repeat(250_000),
                "{a: ".repeat(100_000),
                "- ".repeat(200_000),
                "? ".repeat(200_000),
                "name: " + "x".repeat(1 << 18),
                "name: \"" + "x".repeat(1 << 18),
                "a".repeat(1 << 18) + ": 1",
                "&" + "a".repeat(1 << 18),
                "!" + "a".repeat(1 << 18) + " x",
                "#".repeat(1 << 18),
                "\n".repeat(1 << 18),
                "name: 1" + "0".repeat(1 << 18),
                head + "- {name: n, kind: ram, start: 0, size: " + "9".repeat(1 << 18) + "}",
                head + "- {}\n".repeat(100_000),
                head + "- ~\n".repeat(100_000),
                "--- x\n".repeat(50_000),
                head + "- {name: n, kind: ram, start: 0, size: 4KiB}\n---\nname: c\n",
                "name: !!java.lang.Runtime x")) {
            String refusal = TestBoards.refusal(text.getBytes(StandardCharsets.UTF_8));
            assertTrue(refusal.startsWith("f, ") && refusal.length() < 1000, refusal);
        }
        feed(new byte[YamlText.MAX_BYTES + 1]);
        assertEquals(1, refusals);
    }

    @Test
    void deviceTreesThatCostMoreThanTheyAreLong() {
        int[] ranges = new int[6 * 256];
        for (int i = 5; i < ranges.length; i += 6) {
            ranges[i] = 1;
        }
        int[] reg = new int[4 * 4_000];
        for (int i = 1; i < reg.length; i += 4) {
            reg[i] = 0x2000;
            reg[i + 2] = 1;
        }
        TreeFile file = TreeFile.arm64();
        for (int i = 0; i < 28; i++) {
            file.begin("bus").cells("#address-cells", 2).cells("#size-cells", 2).cells("ranges", ranges);
        }
        file.device("device", reg);
        for (int i = 0; i < 28; i++) {
            file.end();
        }
        feed(file.bytes());
        assertEquals(1, refusals);
    }

    @Test
    void regionsThatCutEachOtherToPieces() {
        TreeFile file = TreeFile.arm64().memory("memory", 0, 0, 0x10, 0);
        int[] reserved = new int[4 * 2_000];
        for (int i = 0; i < reserved.length; i += 4) {
            reserved[i + 1] = (i + 1) * 0x1000;
            reserved[i + 3] = 0x1000;
        }
        file.begin("reserved-memory")
                .cells("#address-cells", 2)
                .cells("#size-cells", 2)
                .begin("r")
                .cells("reg", reserved)
                .end()
                .end();
        int[] everything = new int[4 * 2_000];
        for (int i = 0; i < everything.length; i += 4) {
            everything[i + 2] = 0x10;
        }
        feed(file.device("d", everything).bytes());
        assertEquals(1, refusals);
    }

    @Test
    void filesOfEverySizeAndKindAreAnswered(@TempDir Path folder) throws IOException {
        Path large = folder.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(BoardFile.MAX_BYTES + 1L);
        }
        assertTrue(refusal(large, null).endsWith("byte 0x4000000: the file has more than 64 MiB"));
        assertTrue(refusal(folder.resolve("none"), null).endsWith("the file cannot be read (NoSuchFile)"));
        assertTrue(refusal(folder, null).contains("the file cannot be read"));
        Path empty = Files.createFile(folder.resolve("empty"));
        assertTrue(refusal(empty, Architecture.AARCH64).endsWith("line 1: the description is empty"));
    }

    private static String refusal(Path file, @Nullable Architecture architecture) {
        return String.valueOf(
                Assertions.assertThrows(BoardFormatException.class, () -> BoardFile.read(file, architecture))
                        .getMessage());
    }
}
