package org.allocman.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.allocman.lab.machine.PlainMachine;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.junit.jupiter.api.Test;

class FaultyKernelTest {
    private static final int INVOCATIONS = 200;
    private static final int EMPTY = 40;

    private final FaultyKernel kernel =
            new FaultyKernel(PlainMachine.of(Architecture.AARCH64, 8, 0).build().kernel());

    /** What is refused of some invocations that all succeed, a character each. */
    private String run() {
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < INVOCATIONS; i++) {
            answers.append(kernel.delete(BootSlots.CNODE, EMPTY, 64).failed() ? 'x' : '.');
        }
        return answers.toString();
    }

    private long refused() {
        return run().chars().filter(answer -> answer == 'x').count();
    }

    @Test
    void theNthIsRefusedOnceOrForEver() {
        kernel.failAt(3, false);
        assertTrue(run().startsWith("..x."));
        assertTrue(kernel.hasFailed());
        assertEquals(0, refused());
        kernel.failAt(3, true);
        assertTrue(run().startsWith("..xxxx"));
        assertEquals(INVOCATIONS, refused());
        kernel.heal();
        assertEquals(0, refused());
    }

    @Test
    void aSeedDecidesWhichAreRefused() {
        kernel.failSome(7, 30);
        assertFalse(kernel.hasFailed());
        String first = run();
        assertTrue(kernel.hasFailed());
        kernel.failSome(7, 30);
        assertEquals(first, run());
        kernel.failSome(8, 30);
        assertNotEquals(first, run());
        long refused = first.chars().filter(answer -> answer == 'x').count();
        assertTrue(refused > INVOCATIONS / 5 && refused < INVOCATIONS / 2, refused + " of " + INVOCATIONS);
    }

    @Test
    void noneAndAllAreSomeToo() {
        kernel.failSome(1, 0);
        assertEquals(0, refused());
        assertFalse(kernel.hasFailed());
        kernel.failSome(1, 100);
        assertEquals(INVOCATIONS, refused());
        kernel.failAt(1, false);
        assertEquals(1, refused(), "what was told before is forgotten");
        assertThrows(IllegalArgumentException.class, () -> kernel.failSome(1, 101));
        assertThrows(IllegalArgumentException.class, () -> kernel.failSome(1, -1));
    }
}
