package org.allocman.sim.board;

import java.util.List;
import java.util.Locale;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelOption;

/**
 * Where user addresses end. Only on aarch32 does that depend on the platform (seL4, {@code seL4_UserTop} in each platform's
 * {@code constants.h}).
 */
final class UserTop {
    private static final long LOWER = 0xa000_0000L;
    private static final long HIGHER = 0xf000_0000L;
    private static final long LAST_GIB = 0xc000_0000L;
    private static final long SECTION_BYTES = 1L << 20;

    private UserTop() {}

    /**
     * The top of user addresses on a platform.
     *
     * @param architecture the kernel's
     * @param names what the board is called, and what it says it is compatible with
     * @return the platform's; the one of most platforms if no name is known
     */
    static @VirtAddr long of(Architecture architecture, List<String> names) {
        // a hypervisor's window is in the last GiB
        if (KnownKernels.hasPlatformUserTop(architecture)
                && !architecture.options().contains(KernelOption.HYP)) {
            for (String name : names) {
                String text = name.toLowerCase(Locale.ROOT);
                if (isLower(text)) {
                    return LOWER;
                }
                if (text.contains("omap3")) {
                    return HIGHER;
                }
            }
        }
        return architecture.userTop();
    }

    private static boolean isLower(String name) {
        return name.contains("qemu-arm-virt")
                || name.equals("linux,dummy-virt")
                || name.contains("sun7i-a20")
                || name.contains("allwinnera20")
                || name.contains("bcm2711")
                || name.contains("rpi4")
                || name.startsWith("raspberry pi 4");
    }

    /** Whether user addresses of an architecture may end at an address: aarch32 wants whole MiB, a hypervisor the last GiB's. */
    static boolean isPossible(Architecture architecture, @VirtAddr long top) {
        return top == architecture.userTop()
                || KnownKernels.hasPlatformUserTop(architecture)
                        && top >= (architecture.options().contains(KernelOption.HYP) ? LAST_GIB : SECTION_BYTES)
                        && top <= HIGHER
                        && (top & SECTION_BYTES - 1) == 0;
    }
}
