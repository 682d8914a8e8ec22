package org.allocman.vka.args;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.allocman.vka.args.ArgumentsFile.Checksums;

class ArgumentsProperties {
    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll("ranges") List<NamedRange> ranges) throws ArgumentsException {
        KernelArguments arguments = new KernelArguments(ranges, List.of());
        assertEquals(arguments, ArgumentsFile.read(ArgumentsFile.tags(arguments), Checksums.CHECKED));
        assertEquals(arguments, ArgumentsFile.read(ArgumentsFile.blocks(arguments), Checksums.CHECKED));
        byte[] text = ArgumentsFile.text(arguments).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertEquals(arguments, ArgumentsFile.read(text, Checksums.CHECKED));
    }

    /** Whatever is changed, the answer is arguments that keep the rules or a sentence. */
    @Property(tries = 500)
    void noChangeOfAByteDoesHarm(@ForAll("ranges") List<NamedRange> ranges, @ForAll @IntRange(max = 9999) int place)
            throws ArgumentsException {
        byte[] content = ArgumentsFile.tags(new KernelArguments(ranges, List.of()));
        content[place % content.length] ^= (byte) (1 << place % 8);
        try {
            KernelArguments.check(ArgumentsFile.read(content, Checksums.IGNORED).ranges(), KernelArguments.END);
        } catch (ArgumentsException refused) {
            assertEquals(false, refused.text().isEmpty());
        }
    }

    @Provide
    Arbitrary<List<NamedRange>> ranges() {
        Arbitrary<Integer> gap = Arbitraries.integers().between(0, 500);
        Arbitrary<Integer> pages = Arbitraries.integers().between(1, 300);
        return gap.list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .flatMap(gaps -> pages.list().ofSize(gaps.size()).map(sizes -> place(gaps, sizes)));
    }

    private static List<NamedRange> place(List<Integer> gaps, List<Integer> sizes) {
        List<NamedRange> ranges = new ArrayList<>();
        long at = 0;
        for (int i = 0; i < gaps.size(); i++) {
            long start = at + gaps.get(i) * 4096L;
            long bytes = sizes.get(i) * 4096L - (i == 0 ? 0 : sizes.get(i) % 7);
            ranges.add(new NamedRange("R" + (100 + i), start, bytes));
            at = start + sizes.get(i) * 4096L;
        }
        return ranges;
    }
}
