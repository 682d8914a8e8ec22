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
                    + "|(arm|qcom),(kryo|falkor|oryon).*|fujitsu,.*|samsung,mongoose.*|brcm,(brahma-b53|vulcan)|ampere,.*|apm,.*|phytium,.*|hisilicon,tsv.*");
    private static final Pattern ARM_32 = Pattern.compile(
            "arm,arm(11|9|7).*|arm,armv7.*|qcom,(krait|scorpion).*|brcm,brahma-b15|(marvell|mrvl),(pj4|sheeva|feroceon|mohawk|xscale).*"
                    + "|intel,xscale.*|faraday,.*");
    private static final Pattern REST_64 =
            Pattern.compile("arm,(armv[89].*|gic-v[345].*|psci-1\\..*|smmu-v3.*)|apple,(aic.*|arm-platform)");
    private static final Pattern REST_32 = Pattern.compile("arm,(armv7.*|armv6.*)");
    private static final Pattern REST_RISCV = Pattern.compile("(riscv|sifive|thead),.*(cpu-intc|plic|clint|aclint).*");
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

    /**
     * The architecture that the rest of a tree suggests whose processors are not known: the timers and interrupt
     * controllers that every processor of an architecture has.
     *
     * @param tree the tree
     * @return the architecture, or null if nothing suggests one
     */
    static @Nullable Architecture architecture(FlatTree tree) throws BoardFormatException {
        Architecture weak = null;
        for (TreeNode node : tree.nodes()) {
            for (String compatible : tree.strings(node, "compatible")) {
                if (REST_64.matcher(compatible).matches()) {
                    return Architecture.AARCH64;
                }
                if (weak == null && REST_32.matcher(compatible).matches()) {
                    weak = Architecture.AARCH32;
                } else if (weak == null && REST_RISCV.matcher(compatible).matches()) {
                    weak = Architecture.RISCV64;
                }
            }
        }
        return weak;
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
