package org.allocman.sim.board;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The {@code csr.csv} that LiteX writes: {@code memory_region,NAME,START,SIZE,KIND} is what the board has, RAM is told as in
 * LiteX's SVDs; {@code constant,config_cpu_type_...} tells the processor.
 */
final class CsrBoard {
    private static final int MAX_LINES = 1 << 17;
    private static final String CPU = "config_cpu_type_";
    private static final Map<String, Architecture> CORES = Map.ofEntries(
            Map.entry("vexriscv", Architecture.RISCV32),
            Map.entry("vexriscv_smp", Architecture.RISCV32),
            Map.entry("vexiiriscv", Architecture.RISCV32),
            Map.entry("naxriscv", Architecture.RISCV32),
            Map.entry("picorv32", Architecture.RISCV32),
            Map.entry("minerva", Architecture.RISCV32),
            Map.entry("serv", Architecture.RISCV32),
            Map.entry("femtorv", Architecture.RISCV32),
            Map.entry("ibex", Architecture.RISCV32),
            Map.entry("neorv32", Architecture.RISCV32),
            Map.entry("rocket", Architecture.RISCV64),
            Map.entry("blackparrot", Architecture.RISCV64),
            Map.entry("cva6", Architecture.RISCV64),
            Map.entry("cortex_m1", Architecture.MPU),
            Map.entry("cortex_m3", Architecture.MPU),
            Map.entry("zynq7000", Architecture.AARCH32),
            Map.entry("zynqmp", Architecture.AARCH64));

    private final String source;
    private final List<Line> regions = new ArrayList<>();
    private @Nullable String cpu;

    private record Line(int number, String name, long start, long size) {}

    private CsrBoard(String source) {
        this.source = source;
    }

    /** Whether the first line that is no remark is of the kind. */
    static boolean isOne(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, 1 << 16), StandardCharsets.ISO_8859_1);
        return start.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .orElse("")
                .matches("(csr_base|csr_register|constant|memory_region),.*");
    }

    static BoardReading read(String source, byte[] content, BoardHints hints) throws BoardFormatException {
        CsrBoard file = new CsrBoard(source);
        file.read(new String(content, StandardCharsets.ISO_8859_1));
        Architecture said = hints.architecture();
        BoardBuilder builder = new BoardBuilder(source, said != null ? said : file.architecture(), hints);
        Line ram = null;
        for (Line line : file.regions) {
            if (SvdBoard.isRamName(line.name) && (ram == null || line.size > ram.size)) {
                ram = line;
            }
        }
        if (ram == null && !hints.hasRam()) {
            throw builder.fail(
                    "memory_region",
                    "no memory region is named like RAM (sram, ddr_ram, main_ram). Say it, for instance:"
                            + " --ram 0x40000000:16MiB");
        }
        for (Line line : file.regions) {
            Kind kind = line == ram ? Kind.RAM : SvdBoard.isRamName(line.name) ? Kind.RESERVED : Kind.DEVICE;
            builder.add(line.name, kind, line.start, line.size, "line " + line.number);
        }
        return builder.reading(PlatformYaml.plainName(source), "memory_region");
    }

    private void read(String text) throws BoardFormatException {
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (number > MAX_LINES) {
                throw new BoardFormatException(source, "line " + number, "more than " + MAX_LINES + " lines");
            }
            String[] fields = line.strip().split(",", -1);
            if (fields[0].equals("memory_region")) {
                if (fields.length < 4) {
                    throw new BoardFormatException(
                            source, "line " + number, "a memory region has a name, a start and a size");
                }
                regions.add(new Line(
                        number,
                        fields[1].toLowerCase(Locale.ROOT),
                        number(number, "start", fields[2]),
                        number(number, "size", fields[3])));
            } else if (fields[0].equals("constant") && fields.length > 1 && fields[1].startsWith(CPU)) {
                cpu = fields[1].substring(CPU.length());
            }
        }
    }

    private long number(int line, String what, String text) throws BoardFormatException {
        try {
            return SvdNumber.parse(text.strip());
        } catch (NumberFormatException wrong) {
            throw new BoardFormatException(source, "line " + line, "the " + what + " " + wrong.getMessage());
        }
    }

    private Architecture architecture() throws BoardFormatException {
        String named = cpu;
        Architecture found = named == null ? null : CORES.get(named);
        if (found == null) {
            throw new BoardFormatException(
                    source,
                    "constant",
                    (named == null
                                    ? "no processor is named"
                                    : "the processor " + RegionNames.quoted(named) + " is not known")
                            + "; say which kernel the board has with --arch, for instance --arch riscv32");
        }
        return found;
    }
}
