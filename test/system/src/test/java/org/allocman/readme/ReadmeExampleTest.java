package org.allocman.readme;

import static org.allocman.vka.VkaException.orThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Boards;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaLease;
import org.allocman.vka.VkaObject;
import org.junit.jupiter.api.Test;

/** The example in the README is the code between the two marks, to the letter, and it works. */
class ReadmeExampleTest {
    @Test
    void theExampleWorks() throws Exception {
        // README begins
        ManagedMachine machine = ManagedMachine.start(Boards.byName("qemu-arm-virt"));
        Vka vka = machine.vka();

        VkaObject tcb = orThrow(vka.tcb()); // or look at the answer: an object, or an error that says why there is none
        VkaObject uart = orThrow(vka.frameAt(12, 0x9000000));
        vka.freeOrThrow(uart);
        vka.freeOrThrow(tcb);

        try (VkaLease frame = vka.lease(ObjectType.SMALL_PAGE, 0)) {
            System.out.println(frame.object()); // given back at the end of the block
        }
        // README ends
        assertEquals(0, machine.allocman().statistics().liveObjects());
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
