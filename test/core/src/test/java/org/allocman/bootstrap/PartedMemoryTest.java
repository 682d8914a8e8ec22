package org.allocman.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.allocman.bootstrap.BootstrapOptions.RamRange;
import org.allocman.vka.Architecture;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a device untyped is parted, for RAM that begins or ends in it, beside it or at its border. */
class PartedMemoryTest {
    private static BootstrapPlan plan(Untyped untyped, List<RamRange> ram) {
        InitialState start = InitialState.described(
                Architecture.X86_64, 2, 64, 20, 64, List.of(new Untyped(15, 0x100_0000, 16, false), untyped));
        return BootstrapPlan.of(
                start, BootstrapOptions.fixed(0x10_0000, 1 << 20).withDeviceRam(ram));
    }

    static Stream<Arguments> ranges() {
        return Stream.of(
                Arguments.of("none", List.of(), "d0+8"),
                Arguments.of("all of it", List.of(new RamRange(0x200_0000, 0x200_0100)), "r0+8"),
                Arguments.of("more than all", List.of(new RamRange(0x1ff_ffff, 0x200_0101)), "r0+8"),
                Arguments.of("up to its first byte", List.of(new RamRange(0x100_0000, 0x200_0000)), "d0+8"),
                Arguments.of("from behind its last byte", List.of(new RamRange(0x200_0100, 0x300_0000)), "d0+8"),
                Arguments.of("its last byte", List.of(new RamRange(0x200_00ff, 0x300_0000)), "d0+8"),
                Arguments.of("nothing, in the middle", List.of(new RamRange(0x200_0040, 0x200_0040)), "d0+8"),
                Arguments.of("upside down", List.of(new RamRange(0x200_0080, 0x200_0040)), "d0+8"),
                Arguments.of(
                        "all but the last byte",
                        List.of(new RamRange(0x200_0000, 0x200_00ff)),
                        "r0+7r80+6rc0+5re0+4df0+4"),
                Arguments.of("a quarter", List.of(new RamRange(0x200_0040, 0x200_0080)), "d0+6r40+6d80+7"),
                Arguments.of(
                        "a byte less than that",
                        List.of(new RamRange(0x200_0041, 0x200_0080)),
                        "d0+6d40+4r50+4r60+5d80+7"),
                Arguments.of("a byte more than that", List.of(new RamRange(0x200_003f, 0x200_0081)), "d0+6r40+6d80+7"),
                Arguments.of(
                        "two halves that touch",
                        List.of(new RamRange(0x200_0080, 0x200_0100), new RamRange(0x200_0000, 0x200_0080)),
                        "r0+7r80+7"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ranges")
    void deviceMemoryIsPartedAtWholeUnits(String name, List<RamRange> ram, String expected) {
        BootstrapPlan plan = plan(new Untyped(16, 0x200_0000, 8, true), ram);
        StringBuilder parts = new StringBuilder();
        plan.roots().stream()
                .skip(1)
                .forEach(root -> parts.append(
                                switch (root.kind()) {
                                    case DEVICE -> "d";
                                    case DEVICE_RAM -> "r";
                                    case KERNEL -> "normal ";
                                })
                        .append(Long.toHexString(root.untyped().paddr() - 0x200_0000))
                        .append('+')
                        .append(root.untyped().sizeBits()));
        assertEquals(expected, parts.toString());
        int pieces = plan.roots().size() - 1;
        assertEquals(pieces == 1 ? 0 : pieces, plan.steps().size(), "what stays whole is not made anew");
    }

    @Test
    void theSmallestUntypedIsRamOnlyIfAllOfItIs() {
        Untyped smallest = new Untyped(16, 0x200_0010, 4, true);
        assertEquals("[KERNEL, DEVICE]", kinds(plan(smallest, List.of(new RamRange(0x200_0000, 0x200_001f)))));
        assertEquals("[KERNEL, DEVICE_RAM]", kinds(plan(smallest, List.of(new RamRange(0x200_0000, 0x200_0020)))));
        assertEquals("[KERNEL, DEVICE]", kinds(plan(smallest, List.of(new RamRange(0x200_0011, 0x200_0020)))));
    }

    private static String kinds(BootstrapPlan plan) {
        return plan.roots().stream().map(root -> root.kind()).toList().toString();
    }
}
