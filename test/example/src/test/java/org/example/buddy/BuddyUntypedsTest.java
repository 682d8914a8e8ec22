package org.example.buddy;

import org.allocman.untyped.Requester;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import org.allocman.testkit.contract.UntypedManagerContract;
import org.allocman.untyped.MemoryKind;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/** The contract of all untyped managers, kept by ours. */
class BuddyUntypedsTest extends UntypedManagerContract {
    @Override
    protected Subject subject(UnaryOperator<Kernel> wrapper) {
        return new BareBuddy(wrapper).subject();
    }

    @Test
    void damageIsFound() {
        BareBuddy bare = new BareBuddy(kernel -> kernel);
        int endpoint = Architecture.X86_64.number(ObjectType.ENDPOINT);
        long handle = bare.manager.allocate(MemoryKind.KERNEL, endpoint, 0, 4, 0, Requester.CLIENT);
        assertTrue(handle > 0);
        assertEquals(0, bare.broken().size());
        bare.machine.kernel().delete(bare.slots.root(), bare.manager.slot(handle), bare.slots.depth());
        assertFalse(bare.broken().isEmpty(), "the object is gone");
    }
}
