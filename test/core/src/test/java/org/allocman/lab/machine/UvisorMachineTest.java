package org.allocman.lab.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.board.Region;
import org.allocman.uvisor.BoxSetup;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.Architecture;
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
}
