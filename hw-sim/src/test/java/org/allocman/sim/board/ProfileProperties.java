package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Architecture;

/** Whatever the bytes, the reader of profiles answers with a kernel that boots or with a BoardFormatException. */
class ProfileProperties {
    private static void feed(byte[] content) {
        Architecture read;
        try {
            read = ProfileFile.read("f", content);
        } catch (BoardFormatException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
            return;
        }
        boot(read);
    }

    private static void boot(Architecture architecture) {
        Region ram = new Region("memory", Region.Kind.RAM, 0x100_0000L, 4 << 20);
        Board board = new Board("some", architecture, List.of(ram), List.of());
        try {
            Machine machine = Machine.boot(board, BootConfig.defaults(board));
            assertFalse(machine.bootInfo().untypeds().isEmpty());
            machine.rootMemory().store64(machine.staticPoolBase(), 0, 1);
        } catch (BootFailure tooLarge) {
            assertFalse(String.valueOf(tooLarge.getMessage()).isEmpty());
        }
    }

    @Property
    void anyBytes(@ForAll byte[] content) {
        feed(content);
    }

    @Property(tries = 500)
    void anyProfile(@ForAll("profiles") String text) {
        feed(text.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> profiles() {
        Arbitrary<String> numbers = Arbitraries.of(
                "0", "1", "5", "6", "9", "12", "16", "32", "64", "128", "512", "4KiB", "2MiB", "1GiB", "0x7f");
        Arbitrary<String> types = Combinators.combine(
                        Arbitraries.of("small page", "large page", "page table", "VSpace", "TCB", "box", "crate"),
                        Arbitraries.integers().between(0, 20),
                        numbers,
                        Arbitraries.of("", ", kind: plain", ", kind: table", ", kind: frame"))
                .as((name, number, size, kind) ->
                        "- {name: " + name + ", number: " + number + ", size: " + size + kind + "}");
        Arbitrary<String> levels = Combinators.combine(
                        Arbitraries.of("page table", "page table", "page table", "box"),
                        Arbitraries.of("512", "512", "256", "2", "1024", "7"))
                .as((table, entries) -> "- {table: " + table + ", entries: " + entries + "}");
        Arbitrary<String> keys = Combinators.combine(
                        Arbitraries.of("slot", "fanOut", "userTop", "deviceTop", "leastUntyped"), numbers)
                .as((key, number) -> key + ": " + number);
        return Combinators.combine(
                        Arbitraries.of(32, 64),
                        keys.list().ofMaxSize(1),
                        types.list().ofMaxSize(2),
                        levels.list().ofMaxSize(5))
                .as((word, sizes, more, shape) -> {
                    List<String> lines = new ArrayList<>(List.of("name: f", "word: " + word));
                    lines.addAll(sizes);
                    lines.add("types:");
                    lines.add("- {name: small page, number: 21, size: 4KiB}");
                    lines.add(
                            shape.isEmpty()
                                    ? "- {name: VSpace, number: 22, size: 4KiB}"
                                    : "- {name: page table, number: 22, size: 4KiB}");
                    lines.addAll(more);
                    if (!shape.isEmpty()) {
                        lines.add("levels:");
                        lines.addAll(shape);
                    }
                    return String.join("\n", lines);
                });
    }
}
