package org.allocman.check.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.manager.NamedDesign;
import org.allocman.sim.board.Boards;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small sweep; {@code allocman sweep} does large ones. */
@Timeout(120)
class RoundsTest {
    private static final List<UntypedDesign> MANAGERS = List.of(UntypedDesigns.ARENA, UntypedDesigns.SPLIT);
    private static final List<String> GEOMETRIES =
            List.of("current", "1:13", "2:10:4", "2:7:7", "2:12:6", "2:10:1", "2:12:10", "2:5:8");

    /** Small second levels, so that what pools own and what second levels own is mixed as much as can be. */
    @ParameterizedTest
    @ValueSource(strings = {"qemu-arm-virt", "pc99", "qemu-riscv-virt", "rpi4", "k64f"})
    void everythingComesBack(String board) throws Exception {
        long grown = 0;
        for (UntypedDesign manager : MANAGERS) {
            for (String geometry : GEOMETRIES) {
                for (int objects : new int[] {40, 300}) {
                    Setting setting = setting(board, manager, geometry, objects, 2);
                    RoundsResult result = Rounds.run(setting, 2).getOrElseThrow(why -> new AssertionError(why));
                    assertEquals(List.of(), result.broken(), setting.toString());
                    grown += result.mostPages();
                }
            }
        }
        assertTrue(grown > 0, "the pools grew");
    }

    /** Work that differs from round to round leaves nothing that adds up. */
    @ParameterizedTest
    @CsvSource({"ARENA, 2:7:7", "ARENA, 2:10:4", "SPLIT, 2:9:5", "SPLIT, 2:10:4"})
    void nothingAddsUp(@NamedDesign UntypedDesign manager, String geometry) throws Exception {
        Setting setting = setting("qemu-arm-virt", manager, geometry, 120, 1);
        RoundsResult result = Rounds.run(setting, 200).getOrElseThrow(why -> new AssertionError(why));
        assertEquals(List.of(), result.broken());
        assertEquals(200, result.rounds());
        assertTrue(result.mostPages() > 0, "the pool grew");
        assertTrue(result.mostSecondLevels() > 4, "the CSpace grew");
    }

    @Test
    void badSettings() throws Exception {
        assertThrows(IllegalArgumentException.class, () -> setting("pc99", UntypedDesigns.TWINKLE, "current", 10, 1));
        assertThrows(IllegalArgumentException.class, () -> setting("pc99", UntypedDesigns.ARENA, "current", 1, 1));
        String why = Rounds.run(setting("k64f", UntypedDesigns.ARENA, "2:14:14", 10, 1), 1)
                .getLeft();
        assertTrue(!why.isEmpty(), "it says why there is no such machine");
    }

    private static Setting setting(String board, UntypedDesign manager, String geometry, int objects, long seed)
            throws Exception {
        CSpaceGeometry cspace = CSpaceGeometry.parse(geometry);
        if (cspace == null) {
            throw new AssertionError(geometry);
        }
        Pools pools = Pools.DEFAULT.withManager(manager).withCSpace(cspace);
        return new Setting(Boards.byName(board), pools, objects, seed);
    }
}
