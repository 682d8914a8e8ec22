package org.allocman.xous.process;

import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;

/** The flags of Xous as rights and attributes of a mapping. */
final class Attributes {
    private static final long AARCH64_CACHEABLE = 1;
    private static final long AARCH64_EXECUTE_NEVER = 4;
    private static final long RISCV_EXECUTE_NEVER = 1;
    private static final CapRights NOTHING = new CapRights(0);

    private Attributes() {}

    /** Attributes of usual memory. */
    static long of(Architecture architecture) {
        return of(architecture, Flags.EXECUTE);
    }

    /** Attributes of memory with access flags. */
    static long of(Architecture architecture, int flags) {
        boolean never = (flags & Flags.EXECUTE) == 0;
        return switch (architecture) {
            case AARCH64 -> AARCH64_CACHEABLE | (never ? AARCH64_EXECUTE_NEVER : 0);
            case RISCV32, RISCV64 -> never ? RISCV_EXECUTE_NEVER : 0;
            default -> 0;
        };
    }

    /** Rights; whoever may write or execute may also read. */
    static CapRights rights(int flags) {
        return (flags & Flags.WRITE) != 0
                ? CapRights.READ_WRITE
                : (flags & Flags.ACCESS) != 0 ? CapRights.READ_ONLY : NOTHING;
    }
}
