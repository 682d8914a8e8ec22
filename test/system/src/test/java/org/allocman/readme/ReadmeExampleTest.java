package org.allocman.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaException;
import org.allocman.vka.VkaLease;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Test;

/** The example in the README is the code between the two marks, to the letter, and it works. */
class ReadmeExampleTest {
    @Test
    void theExampleWorks() throws Exception {
        // README begins
        Machine machine = ManagedMachine.boot(Boards.byName("qemu-arm-virt"), Pools.DEFAULT);
        Allocman allocman = ManagedMachine.manage(machine, Pools.DEFAULT, kernel -> kernel, GrowthListener.NONE)
                .getOrElseThrow(failure -> new IllegalStateException(failure.message()))
                .allocman();
        Vka vka = new AllocmanVka(allocman);

        VkaObject tcb = vka.tcb().getOrElseThrow(VkaException::new);
        VkaObject uart = vka.frameAt(12, 0x9000000).getOrElseThrow(VkaException::new);
        vka.free(uart);
        vka.free(tcb);

        try (VkaLease frame = vka.lease(ObjectType.SMALL_PAGE, 0)) {
            System.out.println(frame.object()); // given back at the end of the block
        }
        // README ends
        assertEquals(0, allocman.statistics().liveObjects());
    }

    @Test
    void theReadmeShowsIt() throws Exception {
        Path module = Path.of("").toAbsolutePath();
        List<String> source =
                Files.readAllLines(module.resolve("src/test/java/org/allocman/readme/ReadmeExampleTest.java"));
        String example = String.join(
                "\n",
                source
                        .subList(
                                source.indexOf("        // README begins") + 1,
                                source.indexOf("        // README ends"))
                        .stream()
                        .map(line -> line.isEmpty() ? line : line.substring(8))
                        .toList());
        String readme = Files.readString(module.resolve("../../README.md"));
        assertTrue(readme.contains("```java\n" + example + "\n```"), "README.md shows another example");
    }
}
