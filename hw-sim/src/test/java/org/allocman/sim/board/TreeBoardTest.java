package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeBoardTest {
    private static final int[] RAM = {0, 0x4000_0000, 0, 0x4000_0000};

    private static Board read(TreeFile file) throws BoardFormatException {
        return BoardFile.read("f", file.bytes(), null);
    }

    private static List<Region> regions(TreeFile file, Kind kind) throws BoardFormatException {
        return read(file).regions(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "hifive.dtb, RISCV64, 0x80200000, 0x280000000, 34",
        "qemu-aarch64-1g-sel4.dtb, AARCH64, 0x40000000, 0x80000000, 42",
        "qemu-arm-virt-1g.dtb, AARCH64, 0x40000000, 0x80000000, 42",
        "qemu-riscv-virt-2g.dtb, RISCV64, 0x80200000, 0x100000000, 15",
        "qemu-riscv64-1g-sel4.dtb, RISCV64, 0x80200000, 0xc0000000, 15",
        "rocketchip.dtb, RISCV64, 0x80200000, 0x90000000, 4"
    })
    void realTrees(String file, Architecture architecture, String start, String end, int devices)
            throws BoardFormatException {
        Board board = TestBoards.read(file);
        assertEquals(architecture, board.architecture());
        assertEquals(1, board.regions(Kind.RAM).size());
        assertEquals(Long.decode(start), board.regions(Kind.RAM).get(0).start());
        assertEquals(Long.decode(end), board.regions(Kind.RAM).get(0).end());
        assertEquals(devices, board.regions(Kind.DEVICE).size());
    }

    @Test
    void builtInBoardsAgreeWithTheirTreesOnMemoryAndOnWhatIsTheKernels() throws BoardFormatException {
        assertSameForTheKernel("qemu-arm-virt", "qemu-arm-virt-1g.dtb");
        assertSameForTheKernel("qemu-arm-virt", "qemu-aarch64-1g-sel4.dtb");
        assertSameForTheKernel("qemu-riscv-virt", "qemu-riscv64-1g-sel4.dtb");
    }

    private static void assertSameForTheKernel(String name, String file) throws BoardFormatException {
        for (Kind kind : List.of(Kind.RAM, Kind.KERNEL_DEVICE, Kind.RESERVED)) {
            assertEquals(
                    spans(Boards.byName(name).regions(kind)),
                    spans(TestBoards.read(file).regions(kind)));
        }
    }

    private static List<RegionSpans.Span> spans(List<Region> regions) {
        return new RegionSpans(regions).all();
    }

    @Test
    void anAddressIsTranslatedThroughEveryBus() throws BoardFormatException {
        TreeFile file = TreeFile.arm64()
                .memory("memory", RAM)
                .begin("outer")
                .cells("#address-cells", 1)
                .cells("#size-cells", 1)
                .cells("ranges", 0x1000, 1, 0x2_0000, 0x1000, 0x8000, 2, 0, 0x100)
                .begin("inner")
                .cells("#address-cells", 2)
                .cells("#size-cells", 1)
                .cells("ranges", 7, 0, 0x1000, 0x800)
                .device("through", 7, 0x20, 0x10)
                .device("not-through", 8, 0x20, 0x10)
                .begin("no-ranges")
                .cells("#address-cells", 1)
                .cells("#size-cells", 0)
                .device("on-i2c", 0x50)
                .end()
                .end()
                .begin("identity")
                .cells("ranges")
                .cells("#address-cells", 1)
                .cells("#size-cells", 1)
                .device("second", 0x8010, 8)
                .end()
                .end();
        assertEquals(
                List.of(
                        new Region("through", Kind.DEVICE, 0x1_0002_0020L, 0x10),
                        new Region("second", Kind.DEVICE, 0x2_0000_0010L, 8)),
                regions(file, Kind.DEVICE));
    }

    @Test
    void whatIsSwitchedOffIsNotThere() throws BoardFormatException {
        TreeFile file = TreeFile.arm64()
                .memory("memory", RAM)
                .begin("off")
                .cells("ranges")
                .strings("status", "disabled")
                .device("inside", 0, 0x1000, 0x1000)
                .end()
                .begin("on")
                .strings("status", "okay")
                .strings("compatible", "some,device")
                .cells("reg", 0, 0x3000, 0, 0x1000, 0, 0x5000, 0, 0)
                .end();
        assertEquals(List.of(new Region("on", Kind.DEVICE, 0x3000, 0x1000)), regions(file, Kind.DEVICE));
    }

    @Test
    void reservedMemoryIsNotRamButReusableMemoryIs() throws BoardFormatException {
        TreeFile file = TreeFile.arm64()
                .reserve(0, 0x4000_0000, 0, 0x100)
                .memory("memory", RAM)
                .begin("reserved-memory")
                .cells("#address-cells", 1)
                .cells("#size-cells", 1)
                .cells("ranges")
                .begin("firmware")
                .cells("reg", 0x5000_0000, 0x10_0000)
                .end()
                .begin("linux,cma")
                .cells("reusable")
                .cells("reg", 0x6000_0000, 0x10_0000)
                .end()
                .begin("anywhere")
                .cells("size", 0x10_0000)
                .end()
                .end();
        assertEquals(
                List.of(
                        new Region("memory", Kind.RAM, 0x4000_1000, 0xfff_f000),
                        new Region("memory.1", Kind.RAM, 0x5010_0000, 0x2ff0_0000)),
                regions(file, Kind.RAM));
        assertEquals(
                List.of(
                        new Region("memreserve", Kind.RESERVED, 0x4000_0000, 0x100),
                        new Region("firmware", Kind.RESERVED, 0x5000_0000, 0x10_0000)),
                regions(file, Kind.RESERVED));
    }

    @Test
    void theKernelTakesOfItsDevicesWhatTheRuleSays() throws BoardFormatException {
        TreeFile gic3 = TreeFile.arm64()
                .memory("memory", RAM)
                .begin("gic")
                .strings("compatible", "vendor,gic", "arm,gic-v3")
                .cells("reg", 0, 0x1_0000, 0, 0x1_0000, 0, 0x10_0000, 0, 0xc_0000, 0, 0x20_0000, 0, 0x1000)
                .end();
        assertEquals(
                List.of(
                        new Region("gic", Kind.KERNEL_DEVICE, 0x1_0000, 0x1_0000),
                        new Region("gic.1", Kind.KERNEL_DEVICE, 0x10_0000, 0xc_0000)),
                regions(gic3, Kind.KERNEL_DEVICE));
    }

    @Test
    void aHypervisorTakesTheThirdPageOfTheInterruptController() throws BoardFormatException {
        TreeFile gic2 = TreeFile.arm64()
                .memory("memory", RAM)
                .begin("gic")
                .strings("compatible", "arm,gic-400")
                .cells(
                        "reg", 0, 0x1_0000, 0, 0x1000, 0, 0x2_0000, 0, 0x2000, 0, 0x3_0000, 0, 0x2000, 0, 0x4_0000, 0,
                        0x2000)
                .end();
        for (String name : List.of("aarch64", "aarch64+mcs", "aarch64+hyp", "aarch32+hyp+mcs")) {
            Board board = BoardFile.read("f", gic2.bytes(), Architecture.named(name));
            assertEquals(
                    name.contains("hyp") ? List.of(0x1_0000L, 0x2_0000L, 0x3_0000L) : List.of(0x1_0000L, 0x2_0000L),
                    board.regions(Kind.KERNEL_DEVICE).stream()
                            .map(Region::start)
                            .toList());
            assertEquals(
                    true,
                    board.regions(Kind.DEVICE).stream()
                            .anyMatch(device -> device.start() == 0x4_0000 && device.size() == 0x2000));
        }
    }

    @Test
    void aTreeThatNamesTheKernelsDevicesIsTakenAtItsWord() throws BoardFormatException {
        TreeFile file = TreeFile.arm64()
                .memory("memory", RAM)
                .begin("chosen")
                .strings("seL4,kernel-devices", "/timer", "/uart", "/nowhere")
                .end()
                .begin("gic")
                .strings("compatible", "arm,gic-400")
                .cells("reg", 0, 0x1_0000, 0, 0x1000)
                .end()
                .begin("timer")
                .strings("compatible", "arm,cortex-a9-twd-timer")
                .cells("reg", 0, 0x2_0600, 0, 0x20)
                .end()
                .begin("uart")
                .strings("compatible", "arm,pl011")
                .cells("reg", 0, 0x3_0000, 0, 0x1000)
                .end();
        assertEquals(
                List.of(new Region("timer", Kind.KERNEL_DEVICE, 0x2_0000, 0x1000)), regions(file, Kind.KERNEL_DEVICE));
    }

    @Test
    void a32BitKernelSeesTheFirst4GiB() throws BoardFormatException {
        TreeFile file = TreeFile.arm64()
                .memory("memory", 0, 0xc000_0000, 0, 0x8000_0000)
                .memory("memory@8", 8, 0, 0, 0x8000_0000)
                .device("far", 4, 0, 0, 0x1000);
        Board board = BoardFile.read("f", file.bytes(), Architecture.AARCH32);
        assertEquals(List.of(new Region("memory", Kind.RAM, 0xc000_0000L, 0x4000_0000)), board.regions());
    }

    @ParameterizedTest
    @CsvSource({
        "'arm,cortex-a53', '', '', AARCH64",
        "'arm,cortex-a520', '', '', AARCH64",
        "'arm,cortex-a15', '', '', AARCH32",
        "'arm,cortex-a32', '', '', AARCH32",
        "'arm,cortex-m4', '', '', MPU",
        "'vendor,core', rv32imac, 'riscv,sv48', RISCV32",
        "'vendor,core', rv64gc, '', RISCV64",
        "'vendor,core', '', 'riscv,sv39', RISCV64",
    })
    void theProcessorTellsTheArchitecture(String compatible, String isa, String mmu, Architecture architecture) {
        assertEquals(architecture, TreeProcessor.architecture(List.of(compatible), isa, mmu));
    }

    @Test
    void memoryInSeveralEntriesIsOneRegionIfTheyTouch() throws BoardFormatException {
        TreeFile file = TreeFile.arm64()
                .memory("memory", 0, 0x4000_0000, 0, 0x1000, 0, 0x4000_1000, 0, 0x1000, 0, 0x5000_0000, 0, 0x1000);
        assertEquals(
                List.of(
                        new Region("memory", Kind.RAM, 0x4000_0000, 0x2000),
                        new Region("memory.1", Kind.RAM, 0x5000_0000, 0x1000)),
                regions(file, Kind.RAM));
    }

    @Test
    void anUnknownProcessorNeedsTheArchitectureToBeGiven() throws BoardFormatException {
        byte[] file = new TreeFile()
                .begin("")
                .cells("#size-cells", 2)
                .memory("memory", RAM)
                .bytes();
        assertTrue(TestBoards.refusal(file).contains("the architecture must be given"));
        assertEquals(0x4000_0000, BoardFile.read("f", file, Architecture.X86_64).ramBytes());
    }
}
