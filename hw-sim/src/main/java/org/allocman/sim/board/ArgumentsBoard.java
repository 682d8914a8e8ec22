package org.allocman.sim.board;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.ArgumentsFile;
import org.allocman.vka.args.ArgumentsFile.Checksums;
import org.allocman.vka.args.KernelArguments;
import org.allocman.vka.args.NamedRange;

/** What the kernel arguments of Xous say of a board: the first range is RAM, every other one a device. */
final class ArgumentsBoard {
    private static final Architecture DEFAULT = Architecture.RISCV32;
    private static final Set<String> PROGRAMS = Set.of("IniE", "IniF", "IniS", "Init", "XKrn");

    private ArgumentsBoard() {}

    static BoardReading read(String source, byte[] content, BoardHints hints) throws BoardFormatException {
        KernelArguments arguments;
        List<NamedRange> empty = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        try {
            arguments = ArgumentsFile.read(content, Checksums.CHECKED, empty::add, notes::add);
        } catch (ArgumentsException wrong) {
            String why = notes.isEmpty() ? "" : " (" + notes.get(0) + ")";
            throw new BoardFormatException(source, wrong.position(), wrong.getMessage() + why);
        }
        Architecture said = hints.architecture();
        BoardBuilder builder = new BoardBuilder(source, said != null ? said : DEFAULT, hints);
        notes.forEach(builder::note);
        if (ArgumentsFile.isSigned(content)) {
            builder.note("the first " + ArgumentsFile.SIGNATURE_BYTES
                    + " bytes are a signature, which is not checked; the arguments are behind it");
        }
        empty.forEach(range -> builder.note("the range " + range.name().strip() + " at 0x"
                + Long.toHexString(range.start()) + " has size 0 and is passed over"));
        List<NamedRange> ranges = arguments.ranges();
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
        addPrograms(builder, arguments, content.length - ArgumentsFile.end(content));
        return builder.reading(PlatformYaml.plainName(source), "range 1").withTags(arguments.others());
    }

    /**
     * The image tool puts the programs behind the arguments. They say of each program where it is loaded from; what lies in
     * RAM is the programs' and nobody's to hand out.
     */
    private static void addPrograms(BoardBuilder builder, KernelArguments arguments, long behind)
            throws BoardFormatException {
        if (behind <= 0) {
            return;
        }
        NamedRange ram = arguments.ram();
        long lowest = arguments.others().stream()
                .filter(tag -> PROGRAMS.contains(tag.name()) && !tag.words().isEmpty())
                .mapToLong(tag -> Integer.toUnsignedLong(tag.words().get(0)))
                .filter(load -> load >= ram.start() && load < ram.end())
                .min()
                .orElse(-1);
        if (lowest < 0) {
            builder.note(behind + " bytes behind the arguments are programs, not arguments; the arguments do not say at"
                    + " which address of RAM they lie, so none of it is kept for them");
            return;
        }
        long start = lowest & -PAGE;
        long end = Math.min(lowest + behind + PAGE - 1 & -PAGE, ram.end());
        builder.note(behind + " bytes behind the arguments are programs, not arguments; they lie at 0x"
                + Long.toHexString(lowest) + ", and that RAM is kept for them");
        builder.add("programs", Kind.RESERVED, start, end - start, "programs");
    }
}
