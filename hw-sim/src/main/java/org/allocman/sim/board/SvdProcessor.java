package org.allocman.sim.board;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.sim.board.SvdDocument.Area;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Tells the architecture of a CMSIS-SVD file: by the processor it names, else by what only some processors have. */
final class SvdProcessor {
    private static final Pattern CORTEX_M = Pattern.compile("(CM|SC)[0-9].*|ARMV[678]-?[EM].*|STAR-?MC.*");
    private static final Pattern CORTEX_A = Pattern.compile("CA([0-9]{1,3}).*");
    private static final Pattern OLD_ARM = Pattern.compile("ARM ?(7|9|11)([^0-9].*|[0-9]{1,2}[A-Z].*)?");
    private static final Pattern RISCV_64 =
            Pattern.compile("RV64.*|.*RISC-?V ?64.*|[US][57][0-9](-.*|_.*)?|FU[57]40.*|C9[0-9]{2}.*");
    private static final Pattern RISCV_32 = Pattern.compile(".*RISC.*|.*VEX.*|RV32.*|E[237][0-9].*|IBEX.*|QINGKE.*");
    /** What CMSIS-SVD has for a processor that it has no name for. */
    private static final String OTHER = "OTHER";

    private static final Pattern DEVICE_64 = Pattern.compile(
            "K210|FU[57]40.*|D1([^0-9].*)?|JH71[0-9]{2}.*|ALLWINNER-?D1.*|.*HIFIVE_UN(LEASHED|MATCHED).*");
    private static final Pattern DEVICE_32 = Pattern.compile("GD32VF.*|CH32[VX].*|F?E310.*");
    private static final Pattern DEVICE_ARM = Pattern.compile("AT91SAM[79].*");
    private static final Set<String> CORTEX_M_PERIPHERALS = Set.of("NVIC", "SCB", "SYSTICK", "SCNSCB");
    private static final long PRIVATE = 0xe000_e000L;
    private static final long PRIVATE_END = 0xe000_f000L;
    private static final long PERIPHERALS = 0x4000_0000L;
    private static final long PERIPHERALS_END = 0x6000_0000L;
    private static final long SYSTEM = 0xe010_0000L;
    private static final String WHICH = "; say which kernel the board has: --arch riscv32, riscv64, aarch32, aarch64,"
            + " x86_64, or mpu for a microcontroller";

    private final String source;
    private final SvdDocument document;
    private final boolean isRamSaid;
    private @Nullable String note;

    SvdProcessor(String source, SvdDocument document, boolean isRamSaid) {
        this.source = source;
        this.document = document;
        this.isRamSaid = isRamSaid;
    }

    /** The architecture. */
    Architecture architecture() throws BoardFormatException {
        String cpu = document.cpu();
        String device = document.name();
        Architecture known = device == null ? null : device(device.toUpperCase(Locale.ROOT));
        if (cpu == null || cpu.isEmpty()) {
            return unnamed(known);
        }
        Architecture found = named(cpu);
        if (found == Architecture.MPU && known == Architecture.RISCV32) {
            note = "the file names the processor " + RegionNames.quoted(cpu) + ", but " + device
                    + " is a RISC-V, so it is taken for riscv32, and --arch says another";
            return known;
        }
        if (found != null) {
            return found;
        }
        String name = cpu.toUpperCase(Locale.ROOT);
        if (name.equals(OTHER)) {
            return other(known);
        }
        if (RISCV_64.matcher(name).matches()
                || known == Architecture.RISCV64 && RISCV_32.matcher(name).matches()) {
            return Architecture.RISCV64;
        }
        if (OLD_ARM.matcher(name).matches()) {
            note = "the processor " + RegionNames.quoted(cpu)
                    + " is taken for aarch32, which is the nearest kernel; --arch" + " says another";
            return Architecture.AARCH32;
        }
        if (RISCV_32.matcher(name).matches()) {
            return Architecture.RISCV32;
        }
        throw new BoardFormatException(
                source,
                "cpu",
                "the processor " + RegionNames.quoted(cpu) + " is none that a kernel is known for" + WHICH);
    }

    /** What a device is that is known by its name; null for others. */
    private static @Nullable Architecture device(String name) {
        if (DEVICE_64.matcher(name).matches()) {
            return Architecture.RISCV64;
        }
        if (DEVICE_32.matcher(name).matches()) {
            return Architecture.RISCV32;
        }
        return DEVICE_ARM.matcher(name).matches() ? Architecture.AARCH32 : null;
    }

    /** A processor that is none of those CMSIS-SVD has names for: mostly RISC-V, but that is a guess. */
    private Architecture other(@Nullable Architecture known) {
        Architecture taken = known == null ? Architecture.RISCV32 : known;
        String why = known == null ? "" : "the device is known, and ";
        for (Area peripheral : document.peripherals()) {
            if (isPrivateOfCortexM(peripheral)) {
                taken = Architecture.MPU;
                why = peripheral.name() + " is a microcontroller's, so ";
            }
        }
        note = "the file names the processor 'other', which tells nothing; " + why + "it is taken for " + taken.text()
                + ", and --arch says another";
        return taken;
    }

    private Architecture unnamed(@Nullable Architecture known) throws BoardFormatException {
        for (Area peripheral : document.peripherals()) {
            if (isPrivateOfCortexM(peripheral)) {
                note = "no processor is named; " + peripheral.name()
                        + " is a microcontroller's, so it is taken for mpu, and --arch says another";
                return Architecture.MPU;
            }
        }
        if (known != null) {
            note = "no processor is named; the device is known, and taken for " + known.text()
                    + "; --arch says another";
            return known;
        }
        if (document.memoryRegions().isEmpty() && isMapOfCortexM()) {
            note =
                    "no processor is named; most peripherals lie where a Cortex-M has them, from 0x40000000 to 0x5fffffff, so it"
                            + " is taken for mpu, and --arch says another";
            return Architecture.MPU;
        }
        // without any RAM there is no board, and that is told instead
        if (document.memoryRegions().isEmpty() && isRamSaid) {
            throw new BoardFormatException(
                    source, "cpu", "no processor is named, and nothing tells which it is" + WHICH);
        }
        note = "no processor is named; files with memory regions are mostly LiteX's, so it is taken for riscv32, and"
                + " --arch says another";
        return Architecture.RISCV32;
    }

    /** What was guessed, in a sentence; null if nothing was. */
    @Nullable
    String note() {
        return note;
    }

    /** Every Cortex-M has these in its private peripherals, and nothing else has anything there. */
    private static boolean isPrivateOfCortexM(Area peripheral) {
        String name = peripheral.name();
        long base = base(peripheral);
        return name != null && CORTEX_M_PERIPHERALS.contains(name.toUpperCase(Locale.ROOT))
                || base >= PRIVATE && base < PRIVATE_END;
    }

    /** The system address map of ARMv7-M (B3.1): peripherals at 0x40000000, nothing of a vendor's beyond the private ones. */
    private boolean isMapOfCortexM() {
        int usual = 0;
        for (Area peripheral : document.peripherals()) {
            long base = base(peripheral);
            if (base >= SYSTEM) {
                return false;
            }
            usual += base >= PERIPHERALS && base < PERIPHERALS_END ? 1 : 0;
        }
        return 2 * usual > document.peripherals().size();
    }

    private static long base(Area peripheral) {
        String start = peripheral.start();
        try {
            return start == null ? -1 : SvdNumber.parse(start);
        } catch (NumberFormatException told) {
            // told with its place when the peripheral is read
            return -1;
        }
    }

    /** The architecture that the name of one of Arm's processors tells; null for others. */
    static @Nullable Architecture named(String cpu) {
        String name = shortName(cpu).toUpperCase(Locale.ROOT);
        if (CORTEX_M.matcher(name).matches()) {
            return Architecture.MPU;
        }
        Matcher cortexA = CORTEX_A.matcher(name);
        if (cortexA.matches()) {
            Architecture found = TreeProcessor.architecture(List.of("arm,cortex-a" + cortexA.group(1)), "", "");
            return found != null ? found : Architecture.AARCH32;
        }
        return null;
    }

    /** Cortex-M33 as CM33: packs write the one, SVDs the other. */
    static String shortName(String cpu) {
        return cpu.replaceFirst("^(?i)(arm )?cortex[- ]?([amr])", "C$2");
    }
}
