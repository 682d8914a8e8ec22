package org.allocman.cli.frame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.BoardHints;
import org.allocman.sim.board.MemoryScript;
import org.allocman.sim.board.Region;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --ram}, {@code --memory} and {@code --device}: what is said of a board beside its description; to be mixed in. */
public final class HintOptions {
    private static final Pattern RAM = Pattern.compile("([^:,]{1,40}):([^:,]{1,40})(?:,(.{1,200}))?");

    @Option(
            names = "--ram",
            paramLabel = "START:SIZE[,NAME]",
            description = "RAM that the board has and its description does not, for instance 0x80000000:1GiB. May be"
                    + " repeated.")
    private List<String> ram = new ArrayList<>();

    @Option(
            names = "--memory",
            paramLabel = "FILE",
            description = "A linker script or memory.x; its MEMORY block says where the board has memory.")
    private @Nullable String memory;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "Which device of a CMSIS-Pack description (.pdsc) the board has.")
    private @Nullable String device;

    /** Makes the options. */
    public HintOptions() {}

    /**
     * The hints as the user typed them.
     *
     * @return the hints, which can be stored
     */
    public Typed typed() {
        return new Typed(List.copyOf(ram), memory, device, null);
    }

    /**
     * What the user says.
     *
     * @param architecture the kernel's, or null for the board's own
     * @return hints for the reader
     * @throws BadInputException if there is no such file, or RAM is not said in the right form
     * @throws BoardFormatException if the linker script describes no memory
     */
    public BoardHints hints(@Nullable Architecture architecture) throws BadInputException, BoardFormatException {
        return typed().hints(architecture);
    }

    /**
     * Hints as they were typed.
     *
     * @param ram each start, size and perhaps name
     * @param memory a linker script, or null
     * @param device a device's name, or null
     * @param also further files that describe the board, or null for none
     */
    public record Typed(
            List<String> ram,
            @Nullable String memory,
            @Nullable String device,
            @Nullable List<String> also) {
        /** None. */
        public static final Typed NONE = new Typed(List.of(), null, null, null);

        /**
         * What they say.
         *
         * @param architecture the kernel's, or null for the board's own
         * @return hints for the reader
         * @throws BadInputException if there is no such file, or RAM is not said in the right form
         * @throws BoardFormatException if the linker script describes no memory
         */
        public BoardHints hints(@Nullable Architecture architecture) throws BadInputException, BoardFormatException {
            List<Region> regions = new ArrayList<>();
            List<String> origins = new ArrayList<>();
            for (String one : ram) {
                regions.add(region(one, regions.size()));
                origins.add("--ram " + one);
            }
            String script = memory;
            if (script != null) {
                List<Region> read = MemoryScript.read(InputFile.of(script));
                regions.addAll(read);
                origins.addAll(Collections.nCopies(read.size(), "--memory " + script));
            }
            return new BoardHints(architecture, regions, origins, device, false);
        }

        private static Region region(String text, int before) throws BadInputException {
            Matcher matcher = RAM.matcher(text.strip());
            if (!matcher.matches()) {
                throw new BadInputException(
                        "--ram takes START:SIZE or START:SIZE,NAME, like 0x80000000:1GiB, not '" + text + "'");
            }
            long start = number(text, String.valueOf(matcher.group(1)));
            long size = number(text, String.valueOf(matcher.group(2)));
            String name = matcher.group(3);
            if (size == 0) {
                throw new BadInputException("--ram " + text + " has no byte");
            }
            if (size > Region.ADDRESS_LIMIT || start > Region.ADDRESS_LIMIT - size) {
                throw new BadInputException("--ram " + text + " reaches beyond 2^52");
            }
            return new Region(
                    name == null ? before == 0 ? "ram" : "ram." + before : name, Region.Kind.RAM, start, size);
        }

        private static long number(String text, String number) throws BadInputException {
            try {
                return new ByteCount().convert(number);
            } catch (TypeConversionException wrong) {
                throw new BadInputException("--ram " + text + ": " + wrong.getMessage());
            }
        }
    }
}
