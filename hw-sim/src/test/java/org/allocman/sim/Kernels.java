package org.allocman.sim;

import java.util.stream.Stream;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.vka.Architecture;

/** Built-in kernels for parameterised tests; all of them are {@code org.allocman.vka.Architecture#values}. */
public final class Kernels {
    private Kernels() {}

    /** Those with page tables. */
    public static Stream<Architecture> paged() {
        return Stream.of(Architecture.values()).filter(Architecture::hasPaging);
    }

    /** Those with page tables and words of 32 bits. */
    public static Stream<Architecture> narrowPaged() {
        return paged().filter(architecture -> architecture.wordBits() == Integer.SIZE);
    }

    /** Those without a capability for I/O ports. */
    public static Stream<Architecture> withoutIoPorts() {
        return Stream.of(Architecture.values())
                .filter(architecture -> !Behaviours.of(architecture).hasIoPorts());
    }
}
