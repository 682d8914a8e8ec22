package org.allocman.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.Requester;
import org.allocman.untyped.SlotRuns;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;

/**
 * Untyped managers under test, and how a test asks one. Extend {@code UntypedManagerContract}, which has the tests.
 */
public abstract class UntypedManagerSubjects {
    /**
     * An untyped that was handed over.
     *
     * @param paddr its physical address, a multiple of its size
     * @param sizeBits its size in bits
     * @param kind what memory it is
     */
    public record Block(@PhysAddr long paddr, @SizeBits int sizeBits, MemoryKind kind) {
        boolean holds(long address) {
            return address - paddr >>> sizeBits == 0;
        }
    }

    /**
     * A manager of which nothing has been allocated, with records and slots enough.
     *
     * @param manager the manager
     * @param kernel what it invokes
     * @param slots where it takes slots from; at least one is left when all memory is in use
     * @param blocks what it manages: at least one normal block of 2^13 to 2^16 bytes and one of device memory
     * @param givesBack whether it can free; if not, handles are not looked at closely
     * @param laws what else is broken, as sentences; empty if all is well
     * @param state what it knows, in a form that is equal if the manager knows the same
     */
    public record Subject(
            UntypedManager manager,
            Kernel kernel,
            SlotRuns slots,
            List<Block> blocks,
            boolean givesBack,
            Supplier<List<String>> laws,
            Supplier<? extends Object> state) {
        long allocate(MemoryKind kind, ObjectType type, int size) {
            Architecture architecture = kernel.architecture();
            return manager.allocate(
                    kind, architecture.number(type), size, architecture.sizeBits(type, size), 0, Requester.CLIENT);
        }

        long allocateAt(ObjectType type, int size, long paddr) {
            Architecture architecture = kernel.architecture();
            return manager.allocateAt(
                    architecture.number(type), size, architecture.sizeBits(type, size), paddr, 0, Requester.CLIENT);
        }

        List<Block> blocks(MemoryKind kind) {
            return blocks.stream().filter(block -> block.kind == kind).toList();
        }

        Block first(MemoryKind kind) {
            List<Block> all = blocks(kind);
            assertFalse(all.isEmpty(), "a manager under test has a block of " + kind.text());
            return all.get(0);
        }
    }

    UntypedManagerSubjects() {}

    /**
     * Makes a manager.
     *
     * @param wrapper stands between the manager and its kernel
     * @return a fresh one
     */
    protected abstract Subject subject(UnaryOperator<Kernel> wrapper);

    final Subject subject() {
        return subject(kernel -> kernel);
    }

    static void lawsHold(Subject subject) {
        assertEquals(List.of(), subject.laws.get());
    }

    static long got(long handle) {
        assertTrue(handle > 0, () -> "refused: " + Refusal.text(handle));
        return handle;
    }
}
