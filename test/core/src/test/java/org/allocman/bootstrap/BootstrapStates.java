package org.allocman.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.allocman.bootstrap.BootstrapFailure.Reason;
import org.allocman.vka.Architecture;
import org.allocman.vka.Untyped;

/** Boot infos in a line, and what is said of plans for them; slots have 32 bytes. */
final class BootstrapStates {
    private BootstrapStates() {}

    static Untyped normal(long slot, long paddr, int bits) {
        return new Untyped(slot, paddr, bits, false);
    }

    static Untyped device(long slot, long paddr, int bits) {
        return new Untyped(slot, paddr, bits, true);
    }

    static InitialState start(long firstFree, long end, Untyped... untypeds) {
        return InitialState.described(Architecture.X86_64, 2, 64, firstFree, end, List.of(untypeds));
    }

    static void assertObstacle(Reason reason, String message, BootstrapPlan plan) {
        BootstrapFailure obstacle = plan.obstacle();
        assertNotNull(obstacle);
        assertEquals(message, obstacle.toString());
        assertEquals(reason, obstacle.reason());
        assertEquals(0, obstacle.missingBytes());
    }

    static void assertFits(BootstrapPlan plan) {
        assertNull(plan.obstacle(), () -> String.valueOf(plan.obstacle()));
    }
}
