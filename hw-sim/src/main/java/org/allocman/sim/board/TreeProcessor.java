package org.allocman.sim.board;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Tells a board's architecture by the names of its processors. */
final class TreeProcessor {
    private static final Pattern CORTEX_A = Pattern.compile("arm,cortex-a([0-9]{1,3}).*");
    private static final Pattern ARM_64 = Pattern.compile(
            "arm,(cortex-x|neoverse|armv8|armv9|c1-|foundation|rtsm_ve,aemv8).*|apple,.*|cavium,thunder.*|nvidia,(denver|carmel|tegra[0-9]+-(denver|carmel)).*"
                    + "|qcom,(kryo|falkor|oryon).*|brcm,(brahma-b53|vulcan)|ampere,.*|apm,.*|phytium,.*|hisilicon,tsv.*");
    private static final Pattern ARM_32 = Pattern.compile(
            "arm,arm(11|9|7).*|arm,armv7.*|qcom,(krait|scorpion).*|brcm,brahma-b15|marvell,(pj4|sheeva).*");
    private static final Pattern X86 = Pattern.compile("intel,.*|(x86|amd64|i386).*");

    private TreeProcessor() {}

    /**
     * The architecture that a processor's description suggests.
     *
     * @param compatibles its {@code compatible}
     * @param isa its {@code riscv,isa} or {@code riscv,isa-base}, empty if it has none
     * @param mmuType its {@code mmu-type}, empty if it has none
     * @return the architecture, or null if nothing is known of it
     */
    static @Nullable Architecture architecture(List<String> compatibles, String isa, String mmuType) {
        if (isa.startsWith("rv64") || isa.startsWith("rv32")) {
            return isa.startsWith("rv64") ? Architecture.RISCV64 : Architecture.RISCV32;
        }
        if (mmuType.startsWith("riscv,sv")) {
            return mmuType.equals("riscv,sv32") ? Architecture.RISCV32 : Architecture.RISCV64;
        }
        for (String compatible : compatibles) {
            Architecture found = byName(compatible);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Architecture byName(String compatible) {
        Matcher cortexA = CORTEX_A.matcher(compatible);
        if (cortexA.matches()) {
            return isCortex64(String.valueOf(cortexA.group(1))) ? Architecture.AARCH64 : Architecture.AARCH32;
        }
        if (compatible.startsWith("arm,cortex-m")) {
            return Architecture.MPU;
        }
        if (ARM_64.matcher(compatible).matches()) {
            return Architecture.AARCH64;
        }
        if (ARM_32.matcher(compatible).matches()) {
            return Architecture.AARCH32;
        }
        return X86.matcher(compatible).matches() ? Architecture.X86_64 : null;
    }

    // Two digits up to 17 and the 32 are 32-bit cores; all others run 64-bit kernels.
    private static boolean isCortex64(String number) {
        int core = Integer.parseInt(number);
        return core > 17 && core != 32;
    }
}
