package org.allocman.script;

import org.allocman.vka.Memory;
import org.allocman.vka.MemoryFault;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Carries out loads and stores of the root task. */
final class MemoryPerformer {
    private static final long LOW = 0xffff_ffffL;
    private static final long MOST_ZEROS = 1L << 30;

    private final @Nullable Memory memory;
    private final Operands operands;

    MemoryPerformer(@Nullable Memory memory, Operands operands) {
        this.memory = memory;
        this.operands = operands;
    }

    LineOutcome perform(Statement statement) throws Mistake {
        Memory root = memory;
        if (root == null) {
            throw new Mistake("nothing is known of the root task's memory on this machine");
        }
        long address = operands.number(statement, Parameter.WHERE);
        try {
            return perform(statement, root, address);
        } catch (MemoryFault fault) {
            return LineOutcome.refused(statement, fault);
        }
    }

    private LineOutcome perform(Statement statement, Memory root, long address) throws Mistake {
        switch (statement.verb()) {
            case LOAD64 -> {
                return loaded(statement, root.load64(address, 0));
            }
            case LOAD32 -> {
                return loaded(statement, root.load32(address, 0) & LOW);
            }
            case STORE64 -> root.store64(address, 0, operands.number(statement, Parameter.STORED));
            case STORE32 -> {
                long value = operands.number(statement, Parameter.STORED);
                if (value >>> Integer.SIZE != 0) {
                    throw new Mistake(CapabilityText.hex(value) + " has more than 32 bits");
                }
                root.store32(address, 0, (int) value);
            }
            default -> {
                long bytes = operands.number(statement, Parameter.BYTES);
                if (bytes < 0 || bytes > MOST_ZEROS || ((bytes | address) & Long.BYTES - 1) != 0) {
                    throw new Mistake("address and bytes are multiples of 8, and at most " + MOST_ZEROS
                            + " bytes are set to zero at a time");
                }
                root.clear(address, bytes);
            }
        }
        return LineOutcome.done(statement, "stored");
    }

    private static LineOutcome loaded(Statement statement, long value) {
        return LineOutcome.done(statement, CapabilityText.hex(value), new Binding.Number(value));
    }
}
