package org.allocman.cli.uvisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.lab.machine.UvisorStart;
import org.allocman.sim.board.BoardCore;
import org.allocman.sim.board.BoardReading;
import org.allocman.uvisor.rules.MpuKind;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** What the board's MPU can do: what is said on the command line, else what the description says; to be mixed in. */
final class MpuOptions {
    @Option(
            names = "--mpu",
            paramLabel = "KIND",
            completionCandidates = Kinds.class,
            description =
                    "The MPU's rules for regions: ${COMPLETION-CANDIDATES}. Default: what the description says or the core"
                            + " has that it names, else armv7m.")
    private @Nullable String mpu;

    @Option(
            names = "--mpu-regions",
            paramLabel = "N",
            description =
                    "How many regions the MPU has: 8 or 16, with armv8m also 4 or 12, with kinetis also 12. Default: what the"
                            + " description says, else 8, or 12 with kinetis.")
    private @Nullable Integer regions;

    @Option(
            names = "--no-bit-bands",
            description =
                    "The core is a Cortex-M3 or M4 without bit-bands, so what is at 0x22000000 and 0x42000000 is no"
                            + " other view of what is at 0x20000000 and 0x40000000.")
    private boolean noBitBands;

    /** A start with the MPU that the board has. */
    UvisorStart on(Console console, BoardReading reading, UvisorStart start) throws BadInputException {
        if (reading.board().architecture().hasPaging()) {
            // what is wrong is told by the start
            return start;
        }
        BoardCore core = reading.core();
        if (mpu == null && !core.hasMpu()) {
            throw new BadInputException("the description of " + reading.board().name() + " says that its core "
                    + (core.name().isEmpty() ? "" : core.name() + " ") + "has no MPU; --mpu takes it for one that has");
        }
        MpuKind kind = kind(mpu == null ? core.rules().text() : mpu);
        if (mpu == null && core.equals(BoardCore.of("", core.mpuRegions()))) {
            tell(console, "the description names no core; " + kind.text() + " is taken, and --mpu says another");
        }
        UvisorStart found = start.mpu(kind).mpuRegions(regions(console, core, kind));
        if (noBitBands) {
            return found.bitBands(false);
        }
        return core.name().isEmpty() ? found : found.bitBands(kind.mayHaveBitBands() && core.mayHaveBitBands());
    }

    private int regions(Console console, BoardCore core, MpuKind kind) throws BadInputException {
        Integer said = regions;
        if (said != null) {
            if (!kind.regions().contains(said)) {
                throw new BadInputException("--mpu-regions " + said + ": an MPU of " + kind.text() + " has "
                        + numbers(kind) + (kind.regions().size() == 1 ? " regions" : ""));
            }
            return said;
        }
        boolean isOwn = core.rules().text().equals(kind.text());
        if (isOwn && kind.regions().contains(core.mpuRegions())) {
            return core.mpuRegions();
        }
        if (isOwn && core.mpuRegions() > 0) {
            tell(
                    console,
                    "the description says that the MPU has " + core.mpuRegions() + " regions, and one of " + kind.text()
                            + " has " + numbers(kind) + "; " + kind.usualRegions() + " are taken");
        } else if (isOwn && !core.name().isEmpty() && mayDiffer(core, kind)) {
            tell(
                    console,
                    "the description does not say how many regions the MPU of " + core.name() + " has, " + numbers(kind)
                            + "; " + kind.usualRegions() + " are taken, and --mpu-regions says another number");
        }
        return kind.usualRegions();
    }

    private static void tell(Console console, String sentence) {
        console.err().println("allocman: note: " + sentence);
    }

    /** All MPUs of Cortex-M3 and M4 have eight. */
    private static boolean mayDiffer(BoardCore core, MpuKind kind) {
        return kind.regions().size() > 1
                && !(kind == MpuKind.ARMV7M && core.name().matches("(?i).*M[34]([^0-9].*)?"));
    }

    /** For instance {@code 4, 8, 12 or 16}. */
    private static String numbers(MpuKind kind) {
        List<String> all =
                new ArrayList<>(kind.regions().stream().map(String::valueOf).toList());
        String last = all.remove(all.size() - 1);
        return all.isEmpty() ? last : String.join(", ", all) + " or " + last;
    }

    private static MpuKind kind(String name) throws BadInputException {
        for (MpuKind kind : MpuKind.values()) {
            if (kind.text().equalsIgnoreCase(name)) {
                return kind;
            }
        }
        throw new BadInputException("--mpu takes " + String.join(", ", new Kinds()) + ", not '" + name + "'");
    }

    /** The kinds of MPU, for completion and help. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(MpuKind.values()).map(MpuKind::text).iterator();
        }
    }
}
