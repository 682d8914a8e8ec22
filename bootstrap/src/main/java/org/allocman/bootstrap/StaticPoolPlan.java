package org.allocman.bootstrap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.allocman.cspace.CSpaceForm;
import org.allocman.manager.PoolLayout;
import org.allocman.manager.Reserve;
import org.allocman.qual.Bytes;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedRoots;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Untyped;

/**
 * What the static pool has to hold before the first allocation: the state, the bitmaps of the slots, a record for each
 * untyped, and the reserve.
 *
 * @param roots the untypeds by physical address, each with its kind
 * @param reserve what growing the virtual pool can need
 * @param layout the layout of a pool of exactly the size needed
 */
public record StaticPoolPlan(List<UntypedRoots.Root> roots, Reserve reserve, PoolLayout layout) {
    private static final int PAGE = 4096;

    /**
     * Keeps a copy of the list.
     *
     * @param roots the untypeds by physical address, each with its kind
     * @param reserve what growing the virtual pool can need
     * @param layout the layout of a pool of exactly the size needed
     */
    public StaticPoolPlan {
        roots = List.copyOf(roots);
    }

    /**
     * Computes the plan.
     *
     * @param bootInfo what the kernel leaves the root task with
     * @param options the pools; the static pool's size does not matter
     * @return the plan
     */
    public static StaticPoolPlan of(BootInfo bootInfo, BootstrapOptions options) {
        List<UntypedRoots.Root> roots = new ArrayList<>();
        int largest = 0;
        for (Untyped untyped : bootInfo.untypeds()) {
            roots.add(new UntypedRoots.Root(untyped, kind(untyped, options)));
            largest = untyped.device() ? largest : Math.max(largest, untyped.sizeBits());
        }
        roots.sort(Comparator.comparingLong(root -> root.untyped().paddr()));
        int childrenBits = childrenBits(bootInfo.empty().size());
        long windowPages = options.manager().givesBack() ? options.windowBytes() / PAGE : 0;
        Reserve reserve = windowPages == 0
                ? Reserve.NONE
                : Reserve.of(options.manager(), bootInfo.architecture(), largest, childrenBits);
        PoolLayout layout = new PoolLayout(
                        options.staticPool(),
                        0,
                        new CSpaceForm(
                                BootSlots.CNODE,
                                bootInfo.architecture().wordBits(),
                                bootInfo.empty().end()),
                        roots.size() + options.laterUntypeds(),
                        options.window(),
                        windowPages,
                        childrenBits,
                        options.manager())
                .withRecordPages(options.manager().recordPages(roots.size(), reserve));
        return new StaticPoolPlan(roots, reserve, layout);
    }

    /**
     * The size of static pool that is needed.
     *
     * @return bytes, a multiple of 4096
     */
    public @Bytes long bytes() {
        return layout.bytes();
    }

    // an arena wants two runs of as many slots as it has children, so small CSpaces get small arenas
    private static int childrenBits(long slots) {
        if (slots >= 4096) {
            return 6;
        }
        if (slots >= 1024) {
            return 4;
        }
        return slots >= 256 ? 3 : 2;
    }

    private static MemoryKind kind(Untyped untyped, BootstrapOptions options) {
        if (!untyped.device()) {
            return MemoryKind.KERNEL;
        }
        for (BootstrapOptions.RamRange range : options.deviceRam()) {
            if (Long.compareUnsigned(range.start(), untyped.paddr()) <= 0
                    && Long.compareUnsigned(untyped.last(), range.end()) < 0) {
                return MemoryKind.DEVICE_RAM;
            }
        }
        return MemoryKind.DEVICE;
    }
}
