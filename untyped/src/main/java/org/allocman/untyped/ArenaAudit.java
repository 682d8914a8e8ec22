package org.allocman.untyped;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of arenas between two operations, in themselves and against the kernel. */
final class ArenaAudit {
    private final SlotProbe slots;

    ArenaAudit(SlotProbe slots) {
        this.slots = slots;
    }

    List<String> check(List<ArenaView> arenas, long liveObjects) {
        List<String> broken = new ArrayList<>();
        partition(arenas, liveObjects, broken);
        oneRecordPerBlock(arenas, broken);
        slotsAgree(arenas, broken);
        watermarkAgrees(arenas, broken);
        return broken;
    }

    /** Every child of an arena is exactly one of free, an arena, an object; arenas lie where their parents say. */
    private static void partition(List<ArenaView> arenas, long liveObjects, List<String> broken) {
        long objects = 0;
        for (ArenaView arena : arenas) {
            long all = -1L >>> 64 - arena.count();
            if ((arena.free() & arena.subArenas()) != 0) {
                broken.add("partition: " + name(arena) + " has children both free and arenas");
            }
            if (((arena.free() | arena.subArenas() | arena.own()) & ~all) != 0) {
                broken.add("partition: " + name(arena) + " has more children than it can have");
            }
            if ((arena.own() & (arena.free() | arena.subArenas())) != 0) {
                broken.add("partition: " + name(arena) + " counts free children as the pools' own");
            }
            objects += Long.bitCount(all & ~(arena.free() | arena.subArenas()));
        }
        if (objects != liveObjects) {
            broken.add("partition: " + liveObjects + " objects are counted, " + objects + " are in arenas");
        }
    }

    private static void oneRecordPerBlock(List<ArenaView> arenas, List<String> broken) {
        Set<Long> records = new HashSet<>();
        for (ArenaView arena : arenas) {
            if (!records.add(arena.record())) {
                broken.add("one record per block: two arenas share record 0x" + Long.toHexString(arena.record()));
            }
        }
        ArenaView[] byBase = arenas.stream()
                .filter(arena -> arena.depth() == 0)
                .sorted((left, right) -> Long.compareUnsigned(left.base(), right.base()))
                .toArray(ArenaView[]::new);
        for (int i = 1; i < byBase.length; i++) {
            if (byBase[i].base() - byBase[i - 1].base() >>> byBase[i - 1].childBits() == 0) {
                broken.add("one record per block: " + name(byBase[i - 1]) + " overlaps " + name(byBase[i]));
            }
        }
    }

    /** A slot the manager says holds something does. */
    private void slotsAgree(List<ArenaView> arenas, List<String> broken) {
        Set<Long> used = new HashSet<>();
        for (ArenaView arena : arenas) {
            for (int child = 0; child < arena.count(); child++) {
                expect(
                        broken,
                        used,
                        arena,
                        arena.childSlots() + child,
                        child < arena.made(),
                        arena.childBase(child),
                        false);
                if (arena.objectSlots() != 0) {
                    expect(
                            broken,
                            used,
                            arena,
                            arena.objectSlots() + child,
                            arena.isObject(child),
                            arena.childBase(child),
                            (arena.own() >>> child & 1) != 0 || slots.isInClientSlot(arena.childBase(child)));
                }
            }
        }
    }

    private void expect(
            List<String> broken,
            Set<Long> used,
            ArenaView arena,
            long slot,
            boolean holds,
            long paddr,
            boolean mayBeElsewhere) {
        if (!slots.isThere(slot)) {
            broken.add("slots agree: the CNode of slot " + slot + " of " + name(arena) + " is not there");
            return;
        }
        if (!used.add(slot)) {
            broken.add("slots agree: slot " + slot + " is used twice, the second time by " + name(arena));
        }
        if (slots.isFree(slot)) {
            broken.add("slots agree: slot " + slot + " of " + name(arena) + " is called free");
        }
        boolean isEmpty = slots.isEmpty(slot);
        if (mayBeElsewhere && isEmpty) {
            return;
        }
        if (holds == isEmpty) {
            broken.add("slots agree: slot " + slot + " of " + name(arena) + (holds ? " is empty" : " is not empty"));
        } else if (holds && slots.object(slot) != paddr) {
            broken.add("slots agree: slot " + slot + " of " + name(arena) + " holds what is at 0x"
                    + Long.toHexString(slots.object(slot)) + ", not at 0x" + Long.toHexString(paddr));
        }
    }

    /** What an arena believes was made of its untyped is what the kernel's watermark says. */
    private void watermarkAgrees(List<ArenaView> arenas, List<String> broken) {
        for (ArenaView arena : arenas) {
            long slot = arena.untypedSlot();
            if (arena.depth() > 0
                    && arena.made() > 0
                    && (slots.untypedBits(slot) < 0
                            || slots.watermark(slot) != (long) arena.made() << arena.childBits())) {
                broken.add("watermark agrees: " + name(arena) + " has made " + arena.made()
                        + " children, the kernel's watermark is at " + slots.watermark(slot));
            }
        }
    }

    private static String name(ArenaView arena) {
        return "the arena of " + arena.count() + " x 2^" + arena.childBits() + " bytes at 0x"
                + Long.toHexString(arena.base());
    }
}
