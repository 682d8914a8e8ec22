package org.allocman.lab.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.board.Region;
import org.allocman.uvisor.BoxAcl;
import org.allocman.uvisor.BoxSetup;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.rules.Halt;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every block that a board has room for can be had, however small blocks are and however many. */
class UvisorMachineTest {
    private static final List<BoxSetup> BOXES =
            List.of(box("main", 0, 0), box("one", 1024, 3000), box("two", 2048, 500));

    private static BoxSetup box(String name, long stack, long heap) {
        return new BoxSetup(
                new BoxConfig(name, new BoxSizes(stack, 0, 0, 0, 0, 0, heap)), BlockPool.NO_QUOTA, List.of());
    }

    private static Board board(String name) {
        return name.endsWith("K")
                ? new Board(
                        "m" + name,
                        Architecture.MPU,
                        List.of(new Region(
                                "sram",
                                Region.Kind.RAM,
                                0x20000000L,
                                Long.parseLong(name.substring(0, name.length() - 1)) << 10)),
                        List.of())
                : Boards.byName(name);
    }

    @ParameterizedTest
    @CsvSource({
        "k64f, KINETIS, 1024",
        "k64f, KINETIS, 3072",
        "k64f, KINETIS, 6144",
        "k64f, KINETIS, 32768",
        "k64f, KINETIS, 65536",
        "k64f, ARMV7M, 1024",
        "stm32f429, ARMV7M, 1024",
        "stm32f429, ARMV7M, 8192",
        "stm32f429, ARMV7M, 32768",
        "stm32f429, ARMV8M, 3072",
        "stm32f429, ARMV8M, 6144",
        "stm32f429, ARMV8M, 65536",
        "8192K, ARMV7M, 1024",
        "8192K, ARMV7M, 131072",
        "8192K, ARMV8M, 3072",
        "65536K, ARMV7M, 1024",
        "128K, ARMV7M, 1024",
        "128K, ARMV7M, 4096",
        "128K, KINETIS, 5120",
        "112K, KINETIS, 2048",
        "144K, ARMV7M, 8192",
        "1024K, ARMV7M, 1024",
        "2048K, ARMV8M, 3072",
    })
    void everyBlockOfABoardCanBeHad(String name, MpuKind mpu, long blockBytes) {
        UvisorMachine machine = UvisorStart.on(board(name), BOXES)
                .mpu(mpu)
                .blocksOf(blockBytes)
                .managed()
                .getOrElseThrow(halt -> new AssertionError(halt.message()));
        takeAllAndFree(machine);
        machine.giveBack();
        ManagedMachine managed = machine.managed().get();
        managed.allocman().trim();
        assertEquals(0, managed.allocman().statistics().liveObjects());
    }

    private static void takeAllAndFree(UvisorMachine machine) {
        Uvisor uvisor = machine.uvisor();
        int count = uvisor.plan().geometry().count();
        assertTrue(count > 0);
        List<Long> taken = new ArrayList<>();
        for (long block = uvisor.mallocBlock(1); block > 0; block = uvisor.mallocBlock(1)) {
            taken.add(block);
        }
        assertEquals(
                count,
                taken.size(),
                () -> "of " + count + " blocks " + machine.layout().metadataBytes());
        for (long block : taken) {
            assertEquals(PageError.OK, uvisor.freeBlock(block, 1));
        }
        uvisor.pool().trim();
        assertEquals(count, uvisor.pool().available());
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "-4096", "1000", "1023", "3072", "0x40000000", "0x7fffffffffffffff", "-0x8000000000000000"})
    void aBlockThatCannotBeIsRefusedForItsSize(String blockBytes) {
        UvisorStart start = UvisorStart.on(Boards.byName("stm32f429"), BOXES).blocksOf(Long.decode(blockBytes));
        String sentence = "no block has " + Long.decode(blockBytes) + " bytes: the least is 1024";
        for (Either<Halt, ?> refused : List.of(start.managed(), start.alone(), start.layoutAlone())) {
            assertTrue(refused.isLeft(), blockBytes);
            assertTrue(
                    refused.getLeft().message().startsWith(sentence),
                    refused.getLeft().message());
        }
    }

    @Test
    void boxesAreToldApart() {
        List<BoxSetup> twice = List.of(box("main", 0, 0), box("main", 1024, 512));
        UvisorStart start = UvisorStart.on(Boards.byName("k64f"), twice).mpu(MpuKind.KINETIS);
        assertEquals(
                "there are two boxes called main", start.managed().getLeft().message());
        assertEquals("there are two boxes called main", start.alone().getLeft().message());
        UvisorStart none = UvisorStart.on(Boards.byName("k64f"), List.of());
        assertEquals(
                "there are no boxes; the first is box 0",
                none.managed().getLeft().message());
    }

    private static String refusal(Board board, MpuKind kind, BoxAcl acl) {
        BoxSetup box = new BoxSetup(new BoxConfig("one", BoxSizes.of(1024, 512)), 1, List.of(acl));
        return UvisorStart.on(board, List.of(box("main", 0, 0), box))
                .mpu(kind)
                .managed()
                .fold(Halt::message, machine -> "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KINETIS|0x42000000|32|where the core shows the bits of 0x40000000 to 0x40000000 (bit-band)",
                "KINETIS|0x43ffffe0|32|where the core shows the bits of 0x400fffff to 0x400fffff (bit-band)",
                "KINETIS|0x41ffffe0|32|and the board has no device at 0x41ffffe0",
                "KINETIS|0x44000000|32|and the board has no device at 0x44000000",
                "KINETIS|0x41ffffe0|64|where the core shows the bits of 0x40000000 to 0x40000000 (bit-band)",
                "ARMV7M|0x22000400|1024|where the core shows the bits of 0x20000020 to 0x2000003f (bit-band)",
                "ARMV8M|0x42000000|32|and the board has no device at 0x42000000",
                "ARMV8M|0x4000d000|64|where the kernel's device mpu is (0x4000d000 to 0x4000dfff), which no box is given"
            })
    void whatIsSeenElsewhereIsRefusedForWhatItIs(MpuKind kind, String start, long bytes, String sentence) {
        BoxAcl acl = new BoxAcl(Long.decode(start), bytes, true);
        String told = refusal(Boards.byName("k64f"), kind, acl);
        assertTrue(told.contains(", " + sentence), told);
    }

    @Test
    void memoryOfTheFirmwareIsNoDevice() {
        List<Region> regions = new ArrayList<>(Boards.byName("k64f").regions());
        regions.add(new Region("firmware", Region.Kind.RESERVED, 0x3000_0000L, 4096));
        Board board = new Board("reserved", Architecture.MPU, regions, List.of());
        String told = refusal(board, MpuKind.KINETIS, new BoxAcl(0x3000_0000L, 64, false));
        assertTrue(told.contains("where the reserved memory firmware is (0x30000000 to 0x30000fff)"), told);
    }

    @Test
    void aCoreWithoutBitBandsHasDevicesThere() {
        List<Region> regions = new ArrayList<>(Boards.byName("k64f").regions());
        regions.add(new Region("apb", Region.Kind.DEVICE, 0x4200_0000L, 4096));
        Board board = new Board("apb", Architecture.MPU, regions, List.of());
        BoxSetup box = new BoxSetup(
                new BoxConfig("one", BoxSizes.of(1024, 512)), 1, List.of(new BoxAcl(0x4200_0000L, 64, true)));
        UvisorStart start =
                UvisorStart.on(board, List.of(box("main", 0, 0), box)).mpu(MpuKind.KINETIS);
        assertTrue(start.managed().isLeft());
        assertTrue(start.bitBands(false).managed().isRight());
        assertTrue(start.mpu(MpuKind.ARMV8M).managed().isRight());
        // RAM there says that there are none, unless somebody says that there are
        Board ram = new Board(
                "ram",
                Architecture.MPU,
                List.of(new Region("sram", Region.Kind.RAM, 0x2200_0000L, 256 << 10)),
                List.of());
        UvisorStart inBits = UvisorStart.on(ram, BOXES);
        assertTrue(inBits.alone().isRight());
        String told = inBits.bitBands(true).alone().getLeft().message();
        assertTrue(told.contains("lies where the core shows the bits of 0x20000000 to 0x20001fff"), told);
    }
}
