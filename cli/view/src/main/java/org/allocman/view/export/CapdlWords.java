package org.allocman.view.export;

import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What capDL calls the things of an architecture (capDL's {@code Model.hs} and {@code Parser.hs}).
 *
 * @param architecture its word for the architecture
 * @param levels its words for paging structures, the root's first
 * @param poolBits bits of an ASID that say the pool
 */
record CapdlWords(String architecture, List<String> levels, int poolBits) {
    private static final int POOL_BITS = 9;
    private static final String MCS = "+mcs";

    CapdlWords {
        levels = List.copyOf(levels);
    }

    /** The words for an architecture; null if capDL knows none of that name. */
    static @Nullable CapdlWords of(String name) {
        return switch (name.replace(MCS, "")) {
            case "aarch64" -> new CapdlWords(name.replace(MCS, ""), List.of("pgd", "pud", "pd", "pt"), POOL_BITS);
            case "x86_64" -> new CapdlWords(name.replace(MCS, ""), List.of("pml4", "pdpt", "pd", "pt"), POOL_BITS);
            case "ia32" -> new CapdlWords(name.replace(MCS, ""), List.of("pd", "pt"), 10);
            case "aarch32" -> new CapdlWords("arm11", List.of("pd", "pt"), 5);
            case "riscv64" -> new CapdlWords("riscv", List.of("pt", "pt", "pt"), POOL_BITS);
            case "riscv32" -> new CapdlWords("riscv", List.of("pt", "pt", "pt"), 4);
            default -> null;
        };
    }
}
