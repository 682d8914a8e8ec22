package org.allocman.vka.args;

import java.util.List;

/** Arguments for tests. */
final class Arguments {
    /** The memory of Precursor as its kernel arguments have it. */
    static final List<NamedRange> PRECURSOR = List.of(
            new NamedRange("SrEx", 0x4000_0000L, 0x100_0000),
            new NamedRange("SrIn", 0x1000_0000L, 0x2_0000),
            new NamedRange("SpFl", 0x2000_0000L, 0x800_0000),
            new NamedRange("Disp", 0xb000_0000L, 0x5c20),
            new NamedRange("Audi", 0xe000_0000L, 4),
            new NamedRange("VexD", 0xefff_0000L, 0x100),
            new NamedRange("CSRs", 0xf000_0000L, 0xc000));

    private Arguments() {}

    static KernelArguments precursor() {
        return new KernelArguments(PRECURSOR, List.of(new ArgumentTag("BFlg", List.of(3))));
    }
}
