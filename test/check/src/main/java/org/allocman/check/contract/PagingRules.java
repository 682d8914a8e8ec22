package org.allocman.check.contract;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.List;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;

/** Rules about frames and paging structures in an address space that is made for it. */
final class PagingRules {
    private static final long PLACE = 0x1000_0000L;

    private PagingRules() {}

    static List<KernelRule> all() {
        return List.of(
                KernelRule.manager(
                        "aMapTellsWhichStructureIsMissing",
                        KernelPart.PAGING,
                        "A page that cannot be mapped yet is a FailedLookup with the bits left, which tell the structure.",
                        PagingRules::tellsMissing),
                KernelRule.manager(
                        "aRevokedOrDeletedFrameMakesRoomForAnother",
                        KernelPart.PAGING,
                        "A frame is unmapped when it is revoked or deleted, and its address can be mapped again.",
                        PagingRules::makesRoom),
                KernelRule.manager(
                        "framesLieInTheirUntypedAndAligned",
                        KernelPart.PAGING,
                        "A frame lies within its untyped, at a multiple of its size, behind what is there.",
                        PagingRules::lie),
                KernelRule.seL4(
                        "aFrameIsMappedAtOneAddress",
                        KernelPart.PAGING,
                        "A mapped frame is refused at another address, and taken at the same; unmapped it is taken anywhere.",
                        PagingRules::oneAddress),
                KernelRule.seL4(
                        "addressesAreChecked",
                        KernelPart.PAGING,
                        "A page goes to a multiple of its size below the kernel's addresses.",
                        PagingRules::addresses),
                KernelRule.seL4(
                        "aCopyOfAFrameIsNotMapped",
                        KernelPart.PAGING,
                        "A copy of a mapped frame is mapped by itself, and its end leaves the other one mapped.",
                        PagingRules::copies),
                KernelRule.seL4(
                        "aStructureIsMappedOnce",
                        KernelPart.PAGING,
                        "A paging structure that is mapped is not mapped again, and no frame is taken for one.",
                        PagingRules::structures),
                KernelRule.seL4(
                        "anAddressSpaceNeedsAnAsid",
                        KernelPart.ASIDS,
                        "Nothing is mapped in an address space without an ASID, and it gets one only.",
                        PagingRules::asids),
                KernelRule.seL4(
                        "aPoolTakesAnUntypedThatIsNotInUse",
                        KernelPart.ASIDS,
                        "No ASID pool is made of an untyped with children.",
                        PagingRules::pools));
    }

    private static ObjectType page(KernelRig rig) {
        return rig.architecture.frames().get(0);
    }

    /** An untyped of one page in slot 1, and a frame of it in slot 2. */
    private static long frame(KernelRig rig) {
        int bits = rig.architecture.sizeBits(page(rig), 0);
        if (bits > PAGE_BITS) {
            throw new RuleLeftOut("the smallest frame has more than 4 KiB");
        }
        rig.ok(rig.make(ObjectType.UNTYPED, bits, 1));
        rig.ok(rig.retype(rig.slot(1), page(rig), 0, rig.slot(2), 1));
        return rig.slot(2);
    }

    private static void tellsMissing(KernelRig rig) {
        MappedFrames space = MappedFrames.inNewSpace(rig);
        long frame = frame(rig);
        rig.expect(
                KernelError.Code.FAILED_LOOKUP,
                space.tryMap(frame, PLACE, CapRights.READ_WRITE),
                "nothing is in a new address space");
        space.map(frame, PLACE, CapRights.READ_WRITE);
        rig.ok(rig.kernel.pageUnmap(frame));
        rig.ok(rig.kernel.pageUnmap(frame), "a frame that is not mapped");
        rig.ok(space.tryMap(frame, PLACE, CapRights.READ_WRITE), "all structures are there now");
    }

    private static void makesRoom(KernelRig rig) {
        MappedFrames space = MappedFrames.inNewSpace(rig);
        space.map(frame(rig), PLACE, CapRights.READ_WRITE);
        for (int turn = 0; turn < 3; turn++) {
            rig.ok(turn == 0 ? rig.revoke(1) : turn == 1 ? rig.delete(2) : rig.revoke(0));
            if (turn == 2) {
                // the structures may have gone with it
                return;
            }
            rig.ok(rig.retype(rig.slot(1), page(rig), 0, rig.slot(2), 1));
            rig.ok(
                    space.tryMap(rig.slot(2), PLACE, CapRights.READ_WRITE),
                    "the frame that was there is " + (turn == 0 ? "revoked" : "deleted"));
        }
    }

    private static void lie(KernelRig rig) {
        ObjectType type = page(rig);
        long bytes = 1L << rig.architecture.sizeBits(type, 0);
        rig.ok(rig.make(ObjectType.ENDPOINT, 0, 1));
        rig.ok(rig.make(type, 0, 2));
        long paddr = rig.got(rig.kernel.pageGetAddress(rig.slot(2)), "a frame has an address");
        rig.isTrue((paddr & bytes - 1) == 0, "a frame's address is a multiple of its size");
        rig.isTrue(rig.source().paddr() + bytes == paddr, "it lies right behind the endpoint, aligned");
        rig.isTrue(rig.kernel.pageGetAddress(rig.slot(1)).isLeft(), "an endpoint has no address");
        rig.ok(rig.kernel.pageUnmap(rig.slot(2)), "a frame that is not mapped");
    }

    private static void oneAddress(KernelRig rig) {
        MappedFrames space = MappedFrames.inNewSpace(rig);
        long frame = frame(rig);
        long next = PLACE + (1L << rig.architecture.sizeBits(page(rig), 0));
        space.map(frame, PLACE, CapRights.READ_WRITE);
        rig.ok(space.tryMap(frame, PLACE, CapRights.READ_ONLY), "the same address again");
        rig.expect(
                KernelError.invalidArgument(0),
                space.tryMap(frame, next, CapRights.READ_WRITE),
                "it is mapped elsewhere");
        rig.ok(rig.kernel.pageUnmap(frame));
        space.map(frame, next, CapRights.READ_WRITE);
    }

    private static void addresses(KernelRig rig) {
        MappedFrames space = MappedFrames.inNewSpace(rig);
        long frame = frame(rig);
        rig.expect(
                KernelError.alignmentError(),
                space.tryMap(frame, PLACE + 16, CapRights.READ_WRITE),
                "the address is no multiple of the frame's size");
        rig.expect(
                KernelError.invalidArgument(0),
                space.tryMap(frame, -1L << PAGE_BITS & -1L >>> Long.SIZE - rig.depth, CapRights.READ_WRITE),
                "the last page of all addresses is the kernel's");
    }

    private static void copies(KernelRig rig) {
        MappedFrames space = MappedFrames.inNewSpace(rig);
        long frame = frame(rig);
        long next = PLACE + (1L << rig.architecture.sizeBits(page(rig), 0));
        space.map(frame, PLACE, CapRights.READ_WRITE);
        rig.ok(rig.copy(3, 2));
        space.map(rig.slot(3), next, CapRights.READ_WRITE);
        rig.ok(rig.delete(3));
        rig.expect(
                KernelError.invalidArgument(0),
                space.tryMap(frame, next, CapRights.READ_WRITE),
                "the first one is still mapped");
    }

    private static void structures(KernelRig rig) {
        MappedFrames space = MappedFrames.inNewSpace(rig);
        long frame = frame(rig);
        rig.refused(
                rig.kernel.tableMap(frame, space.vspace(), PLACE, rig.architecture.defaultAttributes()),
                "a frame is no paging structure");
        KernelError error = space.tryMap(frame, PLACE, CapRights.READ_WRITE);
        LookupFault fault = error.lookupFault();
        ObjectType type = fault == null ? null : rig.architecture.tableFor(fault.bitsLeft());
        if (type == null) {
            throw new RuleBroken("no structure was told to be missing: " + error);
        }
        long table = rig.made(type);
        long attributes = rig.architecture.defaultAttributes();
        rig.ok(rig.kernel.tableMap(table, space.vspace(), PLACE, attributes));
        rig.expect(
                KernelError.invalidCapability(0),
                rig.kernel.tableMap(table, space.vspace(), PLACE, attributes),
                "it is mapped");
        rig.ok(rig.kernel.tableUnmap(table));
        rig.ok(rig.kernel.tableMap(table, space.vspace(), PLACE, attributes), "it was unmapped");
    }

    private static void asids(KernelRig rig) {
        if (!rig.architecture.hasPaging()) {
            throw new RuleLeftOut("this architecture has no paging structures");
        }
        long vspace = rig.made(rig.architecture.vspaceType());
        long frame = frame(rig);
        rig.expect(
                KernelError.invalidCapability(1),
                rig.kernel.pageMap(frame, vspace, PLACE, CapRights.READ_WRITE, rig.architecture.defaultAttributes()),
                "the address space has no ASID");
        rig.ok(rig.kernel.asidPoolAssign(BootSlots.ASID_POOL, vspace));
        rig.expect(
                KernelError.invalidCapability(1),
                rig.kernel.asidPoolAssign(BootSlots.ASID_POOL, vspace),
                "it has an ASID");
    }

    private static void pools(KernelRig rig) {
        if (!rig.architecture.hasPaging()) {
            throw new RuleLeftOut("this architecture has no ASIDs");
        }
        rig.ok(rig.make(ObjectType.UNTYPED, PAGE_BITS, 1));
        rig.ok(rig.retype(rig.slot(1), ObjectType.ENDPOINT, 0, rig.slot(2), 1));
        rig.expect(
                KernelError.revokeFirst(),
                rig.kernel.asidControlMakePool(BootSlots.ASID_CONTROL, rig.slot(1), rig.path(3)),
                "the untyped has a child");
        rig.isTrue(rig.isEmpty(3), "no pool was made");
    }
}
