package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SweepCommandTest {
    @Test
    void everyCombination() {
        Run run = Run.of(
                "sweep",
                "--board",
                "tiny,qemu-arm-virt",
                "--cspace",
                "2:7:7",
                "--cspace",
                "1:14",
                "--objects",
                "60",
                "--seeds",
                "2",
                "--rounds",
                "2");
        assertEquals(0, run.code(), run::err);
        assertTrue(run.out().contains("qemu-arm-virt"), run::out);
        assertTrue(run.out().contains("Everything came back on "), run::out);
    }

    @ParameterizedTest
    @CsvSource({
        "--manager,twinkle,twinkle gives nothing back",
        "--objects,1,--objects takes a number from 2",
        "--rounds,0,--rounds takes a number from 1",
        "--seeds,0,--seeds takes a number from 1",
        "--board,nowhere,nowhere",
        "--cspace,2:0:3,is no CSpace"
    })
    void badOptions(String option, String value, String message) {
        Run run = Run.of("sweep", option, value);
        assertEquals(2, run.code());
        assertTrue(run.err().contains(message), run::err);
    }
}
