package org.allocman.view.export;

import java.util.List;
import org.allocman.vka.Architecture;
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

    CapdlWords {
        levels = List.copyOf(levels);
    }

    /** The words for an architecture; null if capDL knows none of that name. */
    static @Nullable CapdlWords of(String name) {
        Architecture known = Architecture.named(name);
        if (known == null) {
            return null;
        }
        String plain = known.base().text();
        return switch (plain) {
            case "aarch64" -> new CapdlWords(plain, lowest(known, "pgd", "pud", "pd", "pt"), POOL_BITS);
            case "x86_64" -> new CapdlWords(plain, List.of("pml4", "pdpt", "pd", "pt"), POOL_BITS);
            case "ia32" -> new CapdlWords(plain, List.of("pd", "pt"), 10);
            case "aarch32" -> new CapdlWords("arm11", List.of("pd", "pt"), 5);
            case "riscv64" -> new CapdlWords("riscv", List.of("pt", "pt", "pt"), POOL_BITS);
            case "riscv32" -> new CapdlWords("riscv", List.of("pt", "pt", "pt"), 4);
            default -> null;
        };
    }

    /** The words for as many levels as a kernel has: a hypervisor may have none above. */
    private static List<String> lowest(Architecture architecture, String... words) {
        return List.of(words).subList(words.length - architecture.levels().size(), words.length);
    }
}
