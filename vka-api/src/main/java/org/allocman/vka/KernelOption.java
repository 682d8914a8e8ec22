package org.allocman.vka;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a built-in kernel can be configured with. A kernel's name has its options behind the architecture's, in this order, as in
 * {@code aarch64+hyp+mcs}.
 */
public enum KernelOption {
    /** Arm, 64 bits: physical addresses of 44 bits, which a Cortex-A57 or A72 has, in place of 40. */
    PA44,
    /** Arm: the kernel is a hypervisor, which has virtual CPUs, seL4's {@code KernelArmHypervisorSupport}. */
    HYP,
    /** x86_64: virtual CPUs and extended page tables, seL4's {@code KernelVTX}. */
    VTX,
    /** Time is allotted by scheduling contexts, seL4's {@code KernelIsMCS}. */
    MCS;

    private static final String BEFORE = "+";

    /** {@return the word in a kernel's name, for instance {@code hyp}} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The options of a name: what stands behind the plus signs, in any order; null if a word is no option, or is there twice. */
    static @Nullable List<KernelOption> of(List<String> words) {
        List<KernelOption> options = new ArrayList<>();
        for (KernelOption option : values()) {
            if (words.contains(option.text())) {
                options.add(option);
            }
        }
        return options.size() == words.size() ? options : null;
    }

    /** The name of a kernel with options. */
    static String named(String architecture, List<KernelOption> options) {
        StringBuilder name = new StringBuilder(architecture);
        options.forEach(option -> name.append(BEFORE).append(option.text()));
        return name.toString();
    }
}
