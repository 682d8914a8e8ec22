package org.allocman.testkit.arbitraries;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.vka.Architecture;
import org.junit.jupiter.api.Test;

/** A few tries of a law meet few of the starts of RAM that there can be; here each architecture has many. */
class EveryStartTest {
    private static final int TRIES = 300;

    @Test
    void boardsOfArbitraryShapeBoot() {
        for (Architecture architecture : Architecture.values()) {
            long booted = Machines.booted(List.of(architecture))
                    .sampleStream()
                    .limit(TRIES)
                    .filter(machine -> !machine.bootInfo().untypeds().isEmpty())
                    .count();
            assertTrue(booted == TRIES, architecture::text);
        }
    }
}
