package org.allocman.check.contract;

import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;

/** Frames that a rule maps, with the paging structures that are missing, in the root task's address space or in a new one. */
final class MappedFrames {
    private final KernelRig rig;
    private final long vspace;

    private MappedFrames(KernelRig rig, @CPtr long vspace) {
        this.rig = rig;
        this.vspace = vspace;
    }

    /** In an address space of its own. */
    static MappedFrames inNewSpace(KernelRig rig) {
        if (!rig.architecture.hasPaging()) {
            throw new RuleLeftOut("this architecture has no paging structures");
        }
        long vspace = rig.made(rig.architecture.vspaceType());
        rig.ok(rig.kernel.asidPoolAssign(BootSlots.ASID_POOL, vspace), "a new address space gets an ASID");
        return new MappedFrames(rig, vspace);
    }

    static MappedFrames inRootSpace(KernelRig rig) {
        return new MappedFrames(rig, BootSlots.VSPACE);
    }

    @CPtr
    long vspace() {
        return vspace;
    }

    /** Maps a frame, and each structure that is said to be missing. */
    void map(@CPtr long frame, @VirtAddr long vaddr, CapRights rights) {
        KernelError error = tryMap(frame, vaddr, rights);
        for (int left = rig.architecture.tableLevels(); error.failed(); left--) {
            rig.expect(
                    KernelError.Code.FAILED_LOOKUP,
                    error,
                    "a frame is mapped, or the structure is told that is missing");
            LookupFault fault = error.lookupFault();
            ObjectType table = fault == null ? null : rig.architecture.tableFor(fault.bitsLeft());
            if (table == null || left == 0) {
                throw new RuleBroken("no paging structure of this architecture is missing where " + error + " says so");
            }
            long made = rig.made(table);
            rig.ok(
                    rig.kernel.tableMap(made, vspace, vaddr, rig.architecture.defaultAttributes()),
                    "the structure that was said to be missing is mapped");
            error = tryMap(frame, vaddr, rights);
        }
    }

    KernelError tryMap(@CPtr long frame, @VirtAddr long vaddr, CapRights rights) {
        return rig.kernel.pageMap(frame, vspace, vaddr, rights, rig.architecture.defaultAttributes());
    }
}
