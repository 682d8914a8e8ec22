package org.allocman.check.contract;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.List;
import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.CapRights;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.ObjectType;

/** Rules about what frames hold, seen by loads and stores of the root task. */
final class MemoryRules {
    private static final long PATTERN = 0x0123_4567_89ab_cdefL;

    private MemoryRules() {}

    static List<KernelRule> all() {
        return List.of(
                KernelRule.manager(
                        "aMappedFrameIsMemory",
                        KernelPart.MEMORY,
                        "What is stored in a mapped frame is loaded again, and is in no other frame.",
                        MemoryRules::isMemory),
                KernelRule.manager(
                        "memoryIsClearedBetweenOwners",
                        KernelPart.MEMORY,
                        "A frame of memory that somebody wrote to before is all zero.",
                        MemoryRules::cleared),
                KernelRule.manager(
                        "aRevokedFrameIsSeenNoMore",
                        KernelPart.MEMORY,
                        "A revoke unmaps the frames that it takes: their addresses fault.",
                        rig -> seenNoMore(rig, 0)),
                KernelRule.manager(
                        "aDeletedFrameIsSeenNoMore",
                        KernelPart.MEMORY,
                        "A delete of a frame's capability unmaps what it mapped.",
                        rig -> seenNoMore(rig, 1)),
                KernelRule.seL4(
                        "anUnmappedFrameIsSeenNoMore",
                        KernelPart.MEMORY,
                        "After an unmap the address faults, and the frame keeps what it holds.",
                        MemoryRules::unmapped),
                KernelRule.seL4(
                        "mappingsOfOneFrameShareIt",
                        KernelPart.MEMORY,
                        "A copy of a frame that is mapped elsewhere is the same memory.",
                        MemoryRules::shared),
                KernelRule.seL4(
                        "rightsOfMappingsAreKept",
                        KernelPart.MEMORY,
                        "A mapping allows what both the capability and the caller allow.",
                        MemoryRules::rights));
    }

    private static RootSpace space(KernelRig rig) {
        RootSpace space = rig.space;
        if (space == null || rig.architecture.hasPaging() && space.free() == 0) {
            throw new RuleLeftOut("nothing is known of the root task's memory");
        }
        return space;
    }

    private static ObjectType page(KernelRig rig) {
        return rig.architecture.frames().get(0);
    }

    private static long bytes(KernelRig rig) {
        return 1L << rig.architecture.sizeBits(page(rig), 0);
    }

    /** An untyped of two pages in slot 1 and a frame of it in slot 2. */
    private static long frame(KernelRig rig) {
        if (bytes(rig) > 1L << PAGE_BITS) {
            throw new RuleLeftOut("the smallest frame has more than 4 KiB");
        }
        rig.ok(rig.retype(rig.source().slot(), ObjectType.UNTYPED, PAGE_BITS + 1, rig.slot(1), 1));
        return frame(rig, 2);
    }

    private static long frame(KernelRig rig, int to) {
        rig.ok(rig.retype(rig.slot(1), page(rig), 0, rig.slot(to), 1));
        return rig.slot(to);
    }

    /** Where a frame goes: where nothing is, or without paging structures at its own address. */
    private static long place(KernelRig rig, @CPtr long frame, int number) {
        return rig.architecture.hasPaging()
                ? space(rig).free() + number * bytes(rig)
                : rig.got(rig.kernel.pageGetAddress(frame), "a frame has an address");
    }

    private static long map(KernelRig rig, @CPtr long frame, int number, CapRights rights) {
        long vaddr = place(rig, frame, number);
        MappedFrames.inRootSpace(rig).map(frame, vaddr, rights);
        return vaddr;
    }

    private static void holds(KernelRig rig, @VirtAddr long vaddr, long value, String what) {
        try {
            long loaded = space(rig).memory().load64(vaddr, 0);
            rig.isTrue(
                    loaded == value,
                    what + ": 0x" + Long.toHexString(loaded) + " was loaded where 0x" + Long.toHexString(value)
                            + " is wanted");
        } catch (MemoryFault fault) {
            throw new RuleBroken(what + ": " + fault.getMessage());
        }
    }

    private static void store(KernelRig rig, @VirtAddr long vaddr, long value) {
        try {
            space(rig).memory().store64(vaddr, 0, value);
        } catch (MemoryFault fault) {
            throw new RuleBroken("a mapped frame can be written: " + fault.getMessage());
        }
    }

    private static void faults(KernelRig rig, @VirtAddr long vaddr, String what) {
        try {
            space(rig).memory().load64(vaddr, 0);
        } catch (MemoryFault wanted) {
            return;
        }
        throw new RuleBroken("a load at 0x" + Long.toHexString(vaddr) + " is carried out although " + what);
    }

    private static void isMemory(KernelRig rig) {
        space(rig);
        long first = map(rig, frame(rig), 0, CapRights.READ_WRITE);
        long second = map(rig, frame(rig, 3), 1, CapRights.READ_WRITE);
        long last = bytes(rig) - Long.BYTES;
        store(rig, first, PATTERN);
        store(rig, first + last, ~PATTERN);
        holds(rig, second, 0, "another frame was not written");
        store(rig, second, 7);
        holds(rig, first, PATTERN, "what was stored");
        holds(rig, first + last, ~PATTERN, "what was stored in the last word");
        holds(rig, second, 7, "what was stored in the other frame");
        rig.isTrue(
                rig.got(rig.kernel.pageGetAddress(rig.slot(2)), "a frame has an address")
                                .longValue()
                        != rig.got(rig.kernel.pageGetAddress(rig.slot(3)), "a frame has an address"),
                "two frames have two addresses");
    }

    private static void cleared(KernelRig rig) {
        space(rig);
        frame(rig);
        for (int turn = 0; turn < 3; turn++) {
            long vaddr = map(rig, rig.slot(2), 0, CapRights.READ_WRITE);
            for (long at = 0; at < bytes(rig); at += bytes(rig) / 4) {
                holds(rig, vaddr + at, 0, "a new frame is zero at byte " + at);
                store(rig, vaddr + at, PATTERN + turn);
            }
            store(rig, vaddr + bytes(rig) - Long.BYTES, PATTERN);
            rig.ok(turn == 0 ? rig.revoke(1) : rig.delete(2));
            frame(rig, 2);
        }
        long vaddr = map(rig, rig.slot(2), 0, CapRights.READ_WRITE);
        holds(rig, vaddr + bytes(rig) - Long.BYTES, 0, "a new frame is zero in its last word");
    }

    private static void seenNoMore(KernelRig rig, int how) {
        space(rig);
        long vaddr = map(rig, frame(rig), 0, CapRights.READ_WRITE);
        store(rig, vaddr, PATTERN);
        rig.ok(how == 0 ? rig.revoke(1) : rig.delete(2));
        faults(rig, vaddr, "the frame was " + (how == 0 ? "revoked" : "deleted"));
        long again = map(rig, frame(rig, 3), 0, CapRights.READ_WRITE);
        store(rig, again, 1);
        holds(rig, again, 1, "another frame in its place");
    }

    private static void unmapped(KernelRig rig) {
        space(rig);
        long frame = frame(rig);
        long vaddr = map(rig, frame, 0, CapRights.READ_WRITE);
        store(rig, vaddr, PATTERN);
        rig.ok(rig.kernel.pageUnmap(frame));
        faults(rig, vaddr, "the frame was unmapped");
        long again = map(rig, frame, 1, CapRights.READ_WRITE);
        holds(rig, again, PATTERN, "a frame keeps what it holds");
    }

    private static void shared(KernelRig rig) {
        space(rig);
        if (!rig.architecture.hasPaging()) {
            throw new RuleLeftOut("a frame has one address on this architecture");
        }
        long first = map(rig, frame(rig), 0, CapRights.READ_WRITE);
        rig.ok(rig.copy(3, 2));
        long second = map(rig, rig.slot(3), 1, CapRights.READ_WRITE);
        store(rig, first, PATTERN);
        holds(rig, second, PATTERN, "the same frame at another address");
        rig.ok(rig.delete(3));
        faults(rig, second, "its capability was deleted");
        holds(rig, first, PATTERN, "the other mapping stays");
    }

    private static void rights(KernelRig rig) {
        space(rig);
        long vaddr = map(rig, frame(rig), 0, CapRights.READ_ONLY);
        isReadOnly(rig, vaddr, "it was mapped to be read");
        rig.ok(rig.kernel.pageUnmap(rig.slot(2)));
        rig.ok(rig.copy(3, 2, CapRights.READ_ONLY));
        long copied = map(rig, rig.slot(3), 1, CapRights.READ_WRITE);
        isReadOnly(rig, copied, "its capability may be read only");
    }

    private static void isReadOnly(KernelRig rig, @VirtAddr long vaddr, String why) {
        holds(rig, vaddr, 0, "a frame that may be read");
        try {
            space(rig).memory().store64(vaddr, 0, PATTERN);
        } catch (MemoryFault wanted) {
            return;
        }
        throw new RuleBroken("a store at 0x" + Long.toHexString(vaddr) + " is carried out although " + why);
    }
}
