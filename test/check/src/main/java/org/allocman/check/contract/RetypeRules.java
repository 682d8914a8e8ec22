package org.allocman.check.contract;

import static org.allocman.check.contract.KernelRig.LARGE;
import static org.allocman.check.contract.KernelRig.missing;

import java.util.List;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;

/** Rules about making objects of untypeds. */
final class RetypeRules {
    private RetypeRules() {}

    static List<KernelRule> all() {
        return List.of(
                KernelRule.manager(
                        "anUntypedBeginsAnewWhenTheLastChildIsGone",
                        KernelPart.RETYPE,
                        "An untyped without children gives out all its memory again.",
                        RetypeRules::beginsAnew),
                KernelRule.manager(
                        "anUntypedIsWholeAfterARevoke",
                        KernelPart.RETYPE,
                        "After a revoke the whole untyped can be made into one object again.",
                        RetypeRules::wholeAfterRevoke),
                KernelRule.manager(
                        "aRefusalChangesNothing",
                        KernelPart.RETYPE,
                        "A retype that is refused leaves watermark and slots as they were.",
                        RetypeRules::refusalChangesNothing),
                KernelRule.manager(
                        "manyObjectsGoIntoSlotsInARow",
                        KernelPart.RETYPE,
                        "A retype of several objects fills consecutive slots, all or none.",
                        RetypeRules::manyInARow),
                KernelRule.seL4(
                        "retypeChecksTypeThenSizeThenDestination",
                        KernelPart.RETYPE,
                        "Type, then size, then destination are checked, each with its own error.",
                        RetypeRules::typeThenSize),
                KernelRule.seL4(
                        "retypeChecksTheWindowThenTheMemory",
                        KernelPart.RETYPE,
                        "Offset, count, window and occupied slots are checked in this order, with the bounds as details.",
                        RetypeRules::window),
                KernelRule.seL4(
                        "theWatermarkMovesPastAlignedObjects",
                        KernelPart.RETYPE,
                        "Objects are aligned, what alignment skips stays unused, and NotEnoughMemory tells the bytes left.",
                        RetypeRules::watermark),
                KernelRule.seL4(
                        "deviceMemoryBecomesFramesAndUntypedsOnly",
                        KernelPart.DEVICES,
                        "Of a device untyped frames and untypeds can be made, after its memory was looked at.",
                        RetypeRules::devices));
    }

    private static void beginsAnew(KernelRig rig) {
        ok2(rig, LARGE - 1);
        rig.expect(KernelError.Code.NOT_ENOUGH_MEMORY, rig.make(ObjectType.ENDPOINT, 0, 3), "two halves are the whole");
        rig.ok(rig.delete(1));
        rig.expect(KernelError.Code.NOT_ENOUGH_MEMORY, rig.make(ObjectType.ENDPOINT, 0, 3), "one child is left");
        rig.ok(rig.delete(2));
        rig.ok(rig.make(ObjectType.UNTYPED, LARGE, 1), "no child is left");
    }

    private static void ok2(KernelRig rig, int bits) {
        rig.ok(rig.retype(rig.slot(0), ObjectType.UNTYPED, bits, rig.slot(1), 2));
    }

    private static void wholeAfterRevoke(KernelRig rig) {
        for (int turn = 0; turn < 3; turn++) {
            rig.ok(rig.make(ObjectType.ENDPOINT, 0, 1));
            rig.ok(rig.make(ObjectType.UNTYPED, LARGE - 2, 2));
            rig.ok(rig.revoke(0));
            rig.isTrue(rig.isEmpty(1) && rig.isEmpty(2), "a revoke empties the slots of what it takes");
            rig.ok(rig.make(ObjectType.UNTYPED, LARGE, 1), "nothing is left of it");
            rig.ok(rig.revoke(0));
        }
        rig.isTrue(!rig.isEmpty(0), "what was revoked is still there itself");
    }

    private static void refusalChangesNothing(KernelRig rig) {
        rig.ok(rig.make(ObjectType.UNTYPED, LARGE - 1, 1));
        for (int i = 0; i < 3; i++) {
            rig.expect(
                    KernelError.Code.NOT_ENOUGH_MEMORY,
                    rig.make(ObjectType.UNTYPED, LARGE, 2),
                    "half of the memory is given away");
            rig.expect(KernelError.Code.DELETE_FIRST, rig.make(ObjectType.UNTYPED, LARGE - 1, 1), "the slot is in use");
        }
        rig.isTrue(rig.isEmpty(2), "a slot is empty after a refusal");
        rig.ok(rig.make(ObjectType.UNTYPED, LARGE - 1, 2), "the other half is still there");
    }

    private static void manyInARow(KernelRig rig) {
        rig.ok(rig.retype(rig.slot(0), ObjectType.ENDPOINT, 0, rig.slot(1), 4));
        for (int i = 1; i <= 4; i++) {
            rig.isTrue(!rig.isEmpty(i), "object " + i + " of 4 is in its slot");
        }
        rig.isTrue(rig.isEmpty(5), "there is no fifth");
        rig.ok(rig.delete(2));
        rig.expect(
                KernelError.Code.DELETE_FIRST,
                rig.retype(rig.slot(0), ObjectType.ENDPOINT, 0, rig.slot(2), 2),
                "the second of two slots is in use");
        rig.isTrue(rig.isEmpty(2), "none is made if not all can be");
    }

    private static void typeThenSize(KernelRig rig) {
        long untyped = rig.slot(0);
        int cnode = rig.architecture.number(ObjectType.CNODE);
        int max = rig.architecture.maxUntypedBits();
        rig.expect(
                KernelError.invalidArgument(0),
                rig.kernel.retype(untyped, 99, 99, 99, 99, 99, -1, 0),
                "there is no such type, whatever else is wrong");
        rig.expect(
                KernelError.rangeError(0, max),
                rig.kernel.retype(untyped, cnode, rig.depth, 99, 99, 99, -1, 0),
                "no object is so large, whatever the destination is");
        rig.expect(
                KernelError.rangeError(0, max),
                rig.make(ObjectType.ENDPOINT, rig.depth, 1),
                "the size is looked at even where the type has one only");
        rig.expect(KernelError.rangeError(0, max), rig.make(ObjectType.UNTYPED, max + 1, 1), "no untyped is so large");
        rig.expect(KernelError.invalidArgument(1), rig.make(ObjectType.CNODE, 0, 1), "a CNode of one slot");
        rig.expect(KernelError.invalidArgument(1), rig.make(ObjectType.UNTYPED, 3, 1), "an untyped of 8 bytes");
        rig.expect(
                missing(false, 0),
                rig.kernel.retype(untyped, cnode, 1, rig.slot(0), 0, 0, -1, 0),
                "the destination is no CNode");
        rig.isTrue(rig.isEmpty(1), "nothing was made");
    }

    private static void window(KernelRig rig) {
        int most = rig.architecture.fanOutLimit();
        rig.ok(rig.make(ObjectType.CNODE, 2, 1));
        rig.ok(rig.kernel.retype(rig.slot(0), rig.endpoint(), 0, rig.slot(1), 0, 0, 3, 1));
        rig.expect(KernelError.rangeError(0, 3), into(rig, 4, 0), "the offset is beyond the CNode's end");
        rig.expect(KernelError.rangeError(1, most), into(rig, 0, 0), "no objects at all");
        rig.expect(KernelError.rangeError(1, most), into(rig, 0, most + 1), "more than one retype makes");
        rig.expect(KernelError.rangeError(1, 3), into(rig, 1, 4), "the window reaches beyond the CNode's end");
        rig.expect(KernelError.deleteFirst(), into(rig, 1, 3), "the last slot is in use");
        rig.ok(into(rig, 1, 2));
    }

    private static KernelError into(KernelRig rig, long offset, int count) {
        return rig.kernel.retype(rig.slot(0), rig.endpoint(), 0, rig.slot(1), 0, 0, offset, count);
    }

    /** CNodes of 0x400 and 0x800 bytes and a page fill an untyped of 0x2000 bytes. */
    private static void watermark(KernelRig rig) {
        int radix = 10 - rig.architecture.slotBits();
        rig.ok(rig.make(ObjectType.CNODE, radix, 1));
        rig.expect(
                KernelError.notEnoughMemory(0x1c00),
                rig.make(ObjectType.UNTYPED, LARGE, 2),
                "bytes left count from the watermark, not from the next aligned address");
        rig.ok(rig.make(ObjectType.CNODE, radix + 1, 2));
        rig.expect(
                KernelError.notEnoughMemory(0x1000),
                rig.make(ObjectType.UNTYPED, LARGE, 3),
                "the second CNode is aligned, what was skipped is not left");
        rig.ok(rig.make(ObjectType.UNTYPED, LARGE - 1, 3));
        rig.expect(KernelError.notEnoughMemory(0), rig.make(ObjectType.CNODE, radix, 4), "nothing is left");
        rig.isTrue(rig.isEmpty(4), "nothing was made");
    }

    private static void devices(KernelRig rig) {
        // the largest object has to be larger than the untyped
        int most = rig.architecture.maxUntypedBits() - rig.architecture.slotBits() - 1;
        Untyped device = rig.bootInfo.untypeds().stream()
                .filter(untyped -> untyped.device() && untyped.sizeBits() >= LARGE && untyped.sizeBits() <= most)
                .findFirst()
                .orElseThrow(() -> new RuleLeftOut("there is no device untyped of 2^13 to 2^" + most + " bytes"));
        rig.expect(
                KernelError.invalidArgument(1),
                rig.retype(device.slot(), ObjectType.TCB, 0, rig.slot(1), 1),
                "no TCB lies in device memory");
        rig.expect(
                KernelError.notEnoughMemory(1L << device.sizeBits()),
                rig.retype(device.slot(), ObjectType.CNODE, device.sizeBits(), rig.slot(1), 1),
                "memory is looked at first");
        rig.ok(rig.retype(device.slot(), ObjectType.UNTYPED, rig.architecture.minUntypedBits(), rig.slot(1), 1));
        rig.ok(
                rig.retype(device.slot(), rig.architecture.frames().get(0), 0, rig.slot(2), 1),
                "a frame lies in device memory");
    }
}
