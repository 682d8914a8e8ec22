package org.allocman.xous.process;

import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;

/** The flags of Xous as rights and attributes of a mapping. */
final class Attributes {

    private Attributes() {}

    /** Attributes of memory with access flags. */
    static long of(Architecture architecture, int flags) {
        boolean never = (flags & Flags.EXECUTE) == 0;
        return architecture.defaultAttributes() | (never ? architecture.executeNeverAttribute() : 0);
    }

    /** Rights; whoever may write or execute may also read. */
    static CapRights rights(int flags) {
        return (flags & Flags.WRITE) != 0
                ? CapRights.READ_WRITE
                : (flags & Flags.ACCESS) != 0 ? CapRights.READ_ONLY : CapRights.NONE;
    }
}
