package org.allocman.sim.board;

import static org.allocman.vka.PageSize.PAGE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelOption;
import org.allocman.vka.ObjectType;

/**
 * Which devices a kernel drives itself, by their {@code compatible} strings, and how much of each it takes. The figures
 * are those of seL4's hardware description: the interrupt controllers always, timers and caches only where the tree
 * names them in {@code seL4,kernel-devices}.
 */
final class KernelDevices {
    private static final int GICV3_DISTRIBUTOR = 0x1_0000;
    private static final int GICV3_REDISTRIBUTORS = 0x10_0000;
    private static final int PLIC = 0x400_0000;
    private static final int CLINT = 0x1_0000;

    private static final Map<String, Rule> RULES = new HashMap<>();

    static {
        gic("arm,gic-400", "arm,cortex-a15-gic", "arm,cortex-a9-gic", "arm,cortex-a7-gic", "qcom,msm-qgic2");
        always(List.of(PAGE, PAGE), "arm,pl390");
        always(List.of(GICV3_DISTRIBUTOR, GICV3_REDISTRIBUTORS), "arm,gic-v3");
        always(List.of(PAGE), "brcm,bcm2836-l1-intc", "ti,am33xx-intc", "ti,omap3-intc");
        always(List.of(PLIC), "riscv,plic0", "sifive,plic-1.0.0", "thead,c900-plic");
        always(List.of(CLINT), "riscv,clint0", "sifive,clint0", "thead,c900-clint");
        ifNamed(List.of(CLINT), "riscv,cpu-intc");
        ifNamed(List.of(PAGE), "arm,pl310-cache", "arm,cortex-a9-twd-timer", "arm,cortex-a9-global-timer");
        ifNamed(List.of(PAGE), "samsung,exynos4412-mct", "samsung,exynos4210-mct", "qcom,kpss-timer");
        ifNamed(List.of(PAGE), "ti,am335x-timer", "ti,omap3430-timer");
    }

    private KernelDevices() {}

    /**
     * How many bytes of the first, second and so on entry of {@code reg} the kernel takes at most.
     *
     * @param sizes of any kernel
     * @param hypervisor of one that is a hypervisor
     * @param isAlways whether it does so when nobody names the device as its own
     */
    private record Rule(List<Integer> sizes, List<Integer> hypervisor, boolean isAlways) {}

    /** A hypervisor drives the third page, which is the interface to virtual CPUs' list registers; the fourth is for guests. */
    private static void gic(String... compatibles) {
        put(new Rule(List.of(PAGE, PAGE), List.of(PAGE, PAGE, PAGE), true), compatibles);
    }

    private static void always(List<Integer> sizes, String... compatibles) {
        put(new Rule(sizes, sizes, true), compatibles);
    }

    private static void ifNamed(List<Integer> sizes, String... compatibles) {
        put(new Rule(sizes, sizes, false), compatibles);
    }

    private static void put(Rule rule, String... compatibles) {
        for (String compatible : compatibles) {
            RULES.put(compatible, rule);
        }
    }

    /**
     * How much of a device the kernel takes.
     *
     * @param architecture the kernel's
     * @param compatibles the device's strings, the most specific one first
     * @param isNamed whether the description itself names the device as the kernel's
     * @return for each entry of its {@code reg}, the most bytes that are the kernel's; empty if it is not the kernel's
     */
    static List<Integer> sizes(Architecture architecture, List<String> compatibles, boolean isNamed) {
        for (String compatible : compatibles) {
            Rule rule = RULES.get(compatible);
            if (rule != null && (rule.isAlways || isNamed)) {
                return architecture.options().contains(KernelOption.HYP) ? rule.hypervisor : rule.sizes;
            }
        }
        return List.of();
    }

    /** The pages in which the kernel maps devices, in bytes; it takes whole ones. */
    static long pageBytes(Architecture architecture) {
        return KnownKernels.mapsDevicesByLargePages(architecture)
                ? 1L << architecture.sizeBits(ObjectType.LARGE_PAGE, 0)
                : PAGE;
    }
}
