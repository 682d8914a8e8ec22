package org.allocman.sim.board;

import java.util.List;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.ArgumentsFile;
import org.allocman.vka.args.ArgumentsFile.Checksums;
import org.allocman.vka.args.NamedRange;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What the kernel arguments of Xous say of a board: the first range is RAM, every other one a device. */
final class ArgumentsBoard {
    private static final Architecture DEFAULT = Architecture.RISCV32;

    private ArgumentsBoard() {}

    static Board read(String source, byte[] content, @Nullable Architecture override) throws BoardFormatException {
        List<NamedRange> ranges;
        try {
            ranges = ArgumentsFile.read(content, Checksums.CHECKED).ranges();
        } catch (ArgumentsException wrong) {
            throw new BoardFormatException(source, wrong.position(), String.valueOf(wrong.getMessage()));
        }
        BoardBuilder builder = new BoardBuilder(source, override != null ? override : DEFAULT);
        for (int i = 0; i < ranges.size(); i++) {
            NamedRange range = ranges.get(i);
            String name = range.name().strip();
            builder.add(
                    name.isEmpty() ? "range" : name,
                    i == 0 ? Kind.RAM : Kind.DEVICE,
                    range.start(),
                    range.bytes(),
                    "range " + (i + 1));
        }
        return builder.build(PlatformYaml.plainName(source), "range 1");
    }
}
