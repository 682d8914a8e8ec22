package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.vka.Architecture;

/** Whatever the bytes, a reader answers with a board or with a BoardFormatException. */
class HostileProperties {
    private static void feed(byte[] content, Architecture architecture) {
        try {
            assertFalse(BoardFile.read("f", content, architecture).regions().isEmpty());
        } catch (BoardFormatException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
    }

    @Property
    void anyBytes(@ForAll byte[] content, @ForAll("architectures") Architecture architecture) {
        feed(content, architecture);
    }

    @Property
    void anyText(@ForAll("texts") String text, @ForAll("architectures") Architecture architecture) {
        feed(text.getBytes(StandardCharsets.UTF_8), architecture);
    }

    @Property(tries = 2000)
    void anyStructureOfADeviceTree(
            @ForAll("cells") @Size(max = 64) int[] structure,
            @ForAll @IntRange(max = 200) int cutOff,
            @ForAll("architectures") Architecture architecture) {
        ByteBuffer file = ByteBuffer.allocate(TreeFile.HEADER + 16 + structure.length * 4 + 16);
        int strings = file.capacity() - 16;
        for (int field : new int[] {
            FlatTree.MAGIC,
            Math.max(TreeFile.HEADER, file.capacity() - cutOff),
            TreeFile.HEADER + 16,
            strings,
            TreeFile.HEADER,
            17,
            16,
            0,
            16,
            strings - TreeFile.HEADER - 16
        }) {
            file.putInt(field);
        }
        file.position(TreeFile.HEADER + 16);
        for (int cell : structure) {
            file.putInt(cell);
        }
        file.put("reg\0ranges\0status".getBytes(StandardCharsets.ISO_8859_1), 0, 16);
        feed(file.array(), architecture);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> words = Arbitraries.of(
                "name: ",
                "regions:\n",
                "- ",
                "{",
                "}",
                "[",
                "]",
                "start: ",
                "size: ",
                "0x",
                "1",
                "\n",
                "  ",
                "&a ",
                "*a",
                "memory: ",
                "end: ",
                "<device>",
                "</device>",
                "<memoryRegion>",
                "<name>",
                "<![CDATA[",
                "]]>",
                "&lt;",
                "'",
                "\"");
        return words.list().ofMaxSize(40).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<int[]> cells() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.of(1, 2, 3, 4, 9, 0)),
                        Tuple.of(2, Arbitraries.of(4, 8, 16, 0x61000000, 0x62000000)),
                        Tuple.of(1, Arbitraries.integers()))
                .array(int[].class);
    }

    @Provide
    Arbitrary<Architecture> architectures() {
        return Arbitraries.of(Architecture.values());
    }
}
