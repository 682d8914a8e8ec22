package org.allocman.check.contract;

import java.util.Locale;

/** Who wants a rule to hold. */
public enum KernelLevel {
    /** The manager relies on it: a kernel without it loses memory, or cannot be managed. */
    MANAGER,
    /** seL4 does it: programs written for seL4 may rely on it. */
    SEL4;

    /**
     * The word for it.
     *
     * @return for instance {@code manager}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
