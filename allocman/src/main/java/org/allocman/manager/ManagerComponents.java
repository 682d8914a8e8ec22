package org.allocman.manager;

import org.allocman.cspace.CSpace;
import org.allocman.mspace.DualPages;
import org.allocman.mspace.FixedPages;
import org.allocman.mspace.SlabMspace;
import org.allocman.mspace.VirtualPages;
import org.allocman.untyped.UntypedManager;
import org.allocman.untyped.UntypedTable;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;

/** Views of the parts of a manager, opened where the layout of its static pool says that their state lies. */
record ManagerComponents(
        FixedPages fixed,
        VirtualPages virtual,
        SlabMspace mspace,
        CSpace cspace,
        UntypedManager untypeds,
        PoolPages pages,
        PoolGrowth growth) {
    static ManagerComponents open(Kernel kernel, Memory memory, PoolLayout layout, GrowthListener listener) {
        FixedPages fixed =
                new FixedPages(memory, layout.fixedState(), layout.fixedBase(), Math.max(0, layout.fixedPages()));
        VirtualPages virtual =
                new VirtualPages(memory, layout.windowState(), layout.windowBase(), layout.windowPages());
        SlabMspace mspace =
                new SlabMspace(memory, layout.mspaceState(), new DualPages(fixed, virtual), layout.records());
        CSpace cspace =
                layout.slots().open(memory, layout.cspaceState(), layout.cspaceBitmaps(), mspace, layout.cspace());
        UntypedTable table = new UntypedTable(
                memory,
                layout.rootsState(),
                layout.rootTable(),
                layout.roots(),
                mspace,
                layout.untypeds().rootRecord(),
                kernel.architecture());
        UntypedManager untypeds = layout.untypeds().open(kernel, memory, layout.untypedState(), mspace, cspace, table);
        boolean canFree = layout.untypeds().canFree();
        PoolPages pages = new PoolPages(kernel, memory, layout, untypeds, mspace, virtual, listener);
        SlotGrowth slots = new SlotGrowth(kernel, untypeds, cspace.secondLevels(), canFree, listener);
        PoolGrowth growth =
                new PoolGrowth(kernel.architecture(), memory, layout, untypeds, cspace, mspace, pages, slots, listener);
        return new ManagerComponents(fixed, virtual, mspace, cspace, untypeds, pages, growth);
    }
}
