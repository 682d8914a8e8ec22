package org.allocman.uvisor;

import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.box.BoxRegion;
import org.allocman.uvisor.box.BoxSizes;
import org.allocman.uvisor.guard.AclTable;
import org.allocman.uvisor.heap.SecureHeaps;

/** What each box of a plan has when a system starts: its quota, its region, its heap, its ACLs, in this order. */
final class BoxStart {
    private final UvisorPlan plan;
    private final BlockPool pool;
    private final ProcessHeaps processes;
    private final SecureHeaps heaps;
    private final AclTable acls;

    BoxStart(UvisorPlan plan, BlockPool pool, ProcessHeaps processes, SecureHeaps heaps, AclTable acls) {
        this.plan = plan;
        this.pool = pool;
        this.processes = processes;
        this.heaps = heaps;
        this.acls = acls;
    }

    void all() {
        for (int box = 0; box < plan.boxes().size(); box++) {
            BoxSetup setup = plan.boxes().get(box);
            pool.setQuota(box, setup.mostBlocks());
            processes.setThreadLocal(box, setup.config().sizes().threadLocal());
        }
        for (BoxRegion region : plan.placement().regions()) {
            guard(region);
            makeHeap(region);
        }
        for (int box = 0; box < plan.boxes().size(); box++) {
            for (BoxAcl acl : plan.boxes().get(box).acls()) {
                acls.add(box, acl.start(), acl.bytes(), acl.writable(), 0, false);
            }
        }
    }

    private void guard(BoxRegion region) {
        if (plan.mpu().hasEighths()) {
            acls.add(region.box(), region.base(), region.bytes(), true, region.disabled(), true);
            return;
        }
        acls.add(region.box(), region.stack(), region.stackPointer() - region.stack(), true, 0, true);
        if (region.dataBytes() != 0) {
            acls.add(region.box(), region.data(), region.dataBytes(), true, 0, true);
        }
    }

    private void makeHeap(BoxRegion region) {
        BoxSizes sizes = plan.boxes().get(region.box()).config().sizes();
        if (sizes.heap() != 0) {
            long heap = heaps.createInMemory(region.data() + sizes.heapOffset(), sizes.heap());
            // a heap that is too small for its own words is none
            processes.setHeap(region.box(), Math.max(SecureHeaps.NONE, heap));
        }
    }
}
