package org.allocman.sim.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.board.Region;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.Untyped;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInBoardsTest {
    static List<String> names() {
        return Boards.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyBuiltInBoardBoots(String name) throws Exception {
        Board board = Boards.byName(name);
        Machine machine = Machine.boot(board, BootConfig.defaults(board));
        BootInfo info = machine.bootInfo();
        assertEquals(info.ipcBuffer(), info.ipcBuffer() + machine.rootMemory().load64(machine.staticPoolBase(), 0));
        int depth = board.architecture().wordBits();
        assertEquals(
                KernelError.NO_ERROR,
                machine.kernel()
                        .copy(
                                new CapPath(BootSlots.CNODE, info.empty().start(), depth),
                                new CapPath(BootSlots.CNODE, BootSlots.TCB, depth),
                                CapRights.ALL));
        assertTrue(free(info) > ram(board) / 2, () -> name + " has only " + free(info) + " bytes free");
    }

    /** The image is in front of the kernel, in one MPU region with it if the last eighths are free; these are switched off. */
    @ParameterizedTest
    @CsvSource({"k64f", "stm32f429"})
    void onAnMpuTheKernelLiesBehindTheImageAndOutOfReach(String name) throws Exception {
        Board board = Boards.byName(name);
        for (int kibibytes = 1; kibibytes <= 60; kibibytes++) {
            BootConfig config = BootConfig.defaults(board).withStaticPool(kibibytes << 10);
            BootPlan plan = BootPlan.of(board, config);
            Machine machine = Machine.boot(board, config);
            Span image = plan.load().image();
            Span kernel = plan.load().kernel();
            assertEquals(image.end(), kernel.start());
            assertEquals(0, machine.rootMemory().load64(image.start(), 0));
            assertEquals(0, machine.rootMemory().load64(image.end() - Long.BYTES, 0));
            for (long at = kernel.start(); at < kernel.end(); at += 1024) {
                long address = at;
                assertThrows(MemoryFault.class, () -> machine.rootMemory().load64(address, 0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void untypedsAndWhatBootTookDoNotOverlapAndCoverAllMemory(String name) throws Exception {
        Board board = Boards.byName(name);
        BootPlan plan = BootPlan.of(board, BootConfig.defaults(board));
        List<Span> taken = new ArrayList<>();
        long normal = 0;
        for (Untyped untyped : plan.bootInfo().untypeds()) {
            taken.add(new Span(untyped.paddr(), untyped.last() + 1));
            normal += untyped.device() ? 0 : untyped.last() + 1 - untyped.paddr();
            // aligned in the kernel's window, which on pc99 is not the same as in physical memory
            long window = untyped.paddr() + UntypedList.windowOffset(board.architecture());
            assertEquals(0, window & (1L << untyped.sizeBits()) - 1);
        }
        taken.add(plan.objects().all());
        taken.add(plan.load().image());
        taken.add(plan.load().deviceTree());
        List<Span> sorted = taken.stream()
                .filter(span -> !span.isEmpty())
                .sorted((left, right) -> Long.compare(left.start(), right.start()))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            assertTrue(sorted.get(i - 1).end() <= sorted.get(i).start(), sorted.get(i - 1) + " and " + sorted.get(i));
        }
        long booted = plan.objects().all().size()
                + plan.load().image().size()
                + plan.load().deviceTree().size()
                + plan.load().kernel().size();
        long available = plan.load().available().stream().mapToLong(Span::size).sum();
        // the memory to reuse counts twice; what is smaller than 16 bytes is lost
        assertTrue(normal + booted >= available - 64, normal + " and " + booted + " of " + available);
    }

    @ParameterizedTest
    @CsvSource({
        "qemu-arm-virt, bootinfo-aarch64-1G.txt, 57",
        "qemu-riscv-virt, bootinfo-riscv64-1G.txt, 57",
        "pc99, bootinfo-x86_64-512M.txt, 31",
        "qemu-arm-virt, bootinfo-aarch32-512M.txt, 5",
        "qemu-riscv-virt, bootinfo-riscv32-1024M.txt, 5"
    })
    void withTheSameImagesTheBoardGivesTheListOfTheRealKernel(String name, String recording, int pages)
            throws Exception {
        Board board = board(name, recording);
        BootConfig config = BootConfig.defaults(board).withStaticPool(0).withCode(pages * 4096L);
        if (board.architecture() == Architecture.RISCV32) {
            // the recorded kernel tells more than a usual one, and is that much larger
            config = config.withKernel(0x1c000, 0x3000);
        }
        BootInfo info = Machine.boot(board, config).bootInfo();
        List<String> recorded = new ArrayList<>();
        try (InputStream in = getClass().getResourceAsStream(recording)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("untyped "))
                    .forEach(recorded::add);
        }
        List<String> ours = new ArrayList<>();
        for (Untyped untyped : info.untypeds()) {
            ours.add("untyped idx=" + ours.size() + " slot=" + untyped.slot() + " paddr=0x"
                    + Long.toHexString(untyped.paddr()) + " sizeBits=" + untyped.sizeBits() + " isDevice="
                    + (untyped.device() ? 1 : 0));
        }
        assertEquals(recorded, ours);
    }

    /** The built-in board as the machine was that was recorded: with a 32-bit kernel perhaps, and its RAM. */
    private static Board board(String name, String recording) {
        Board board = Boards.byName(name);
        Architecture architecture = recording.contains("aarch32")
                ? Architecture.AARCH32
                : recording.contains("riscv32") ? Architecture.RISCV32 : board.architecture();
        long mib = recording.contains("-512M") ? 512 : 1024;
        List<Region> regions = new ArrayList<>();
        for (Region region : board.regions()) {
            if (region.start() < 1L << 32 || architecture.wordBits() == 64) {
                long size = region.kind() == Region.Kind.RAM && architecture == Architecture.AARCH32
                        ? mib << 20
                        : region.size();
                regions.add(new Region(region.name(), region.kind(), region.start(), size));
            }
        }
        return new Board(name, architecture, regions, List.of());
    }

    private static long free(BootInfo info) {
        return info.untypeds().stream()
                .filter(untyped -> !untyped.device())
                .mapToLong(untyped -> 1L << untyped.sizeBits())
                .sum();
    }

    private static long ram(Board board) {
        return board.regions(Region.Kind.RAM).stream().mapToLong(Region::size).sum();
    }
}
