package org.allocman.check.manager;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.allocman.manager.Allocman;
import org.allocman.manager.Health;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.untyped.ArenaUntypeds;
import org.allocman.untyped.ArenaView;
import org.allocman.untyped.SplitUntypeds;
import org.allocman.untyped.TwinkleUntypeds;
import org.allocman.untyped.TwinkleView;

/**
 * What must hold of a manager between two operations. Each check answers sentences that name the arena, slot or address
 * that breaks it; an empty list is good.
 */
public final class ManagerInvariants {
    private final Allocman allocman;
    private final Slots slots;
    private final SlotPlaces places;
    private final LongPredicate isElsewhere;

    /**
     * Prepares to check.
     *
     * @param allocman the manager
     * @param slots reads the kernel's slots
     * @param cnode physical address of the root CNode whose slots are managed
     */
    public ManagerInvariants(Allocman allocman, Slots slots, @PhysAddr long cnode) {
        this(allocman, slots, cnode, paddr -> false);
    }

    /**
     * Prepares to check a manager whose users choose slots themselves.
     *
     * @param allocman the manager
     * @param slots reads the kernel's slots
     * @param cnode physical address of the root CNode whose slots are managed
     * @param isElsewhere whether the object at a physical address is in a slot that its user chose
     */
    public ManagerInvariants(Allocman allocman, Slots slots, @PhysAddr long cnode, LongPredicate isElsewhere) {
        this.isElsewhere = isElsewhere;
        this.allocman = allocman;
        this.slots = slots;
        this.places = new SlotPlaces(slots, cnode, allocman.cspace());
    }

    /**
     * Checks all.
     *
     * @return what is broken
     */
    public List<String> check() {
        List<String> broken = new ArrayList<>();
        broken.addAll(freeSlotsAreEmpty());
        Health health = allocman.health();
        if (allocman.isReserveFull() != (health.recordsReady() && health.slotsReady())) {
            broken.add("reserve is known: the manager believes that it is "
                    + (allocman.isReserveFull() ? "full" : "low") + ", and it is not");
        }
        if (allocman.untypeds() instanceof ArenaUntypeds manager) {
            List<ArenaView> arenas = manager.inspect();
            broken.addAll(partition(arenas));
            broken.addAll(oneRecordPerBlock(arenas));
            broken.addAll(slotsAgree(arenas));
            broken.addAll(watermarkAgrees(arenas));
        }
        if (allocman.untypeds() instanceof SplitUntypeds manager) {
            broken.addAll(new SplitInvariants(manager, allocman.cspace()::isFree, slots, places::at).check());
        }
        if (allocman.untypeds() instanceof TwinkleUntypeds manager) {
            broken.addAll(watermarksAgree(manager));
        }
        return broken;
    }

    /** What twinkle has given away of an untyped is what the kernel's watermark says. */
    private List<String> watermarksAgree(TwinkleUntypeds manager) {
        List<String> broken = new ArrayList<>();
        for (TwinkleView untyped : manager.inspect()) {
            long at = places.at(untyped.slot());
            if (slots.type(at) != CapabilityType.UNTYPED
                    || slots.object(at) != untyped.base()
                    || slots.freeIndex(at) != untyped.used()) {
                broken.add("watermark agrees: of the untyped at 0x" + Long.toHexString(untyped.base()) + " "
                        + untyped.used() + " bytes are given away, the kernel's watermark is at "
                        + slots.freeIndex(at));
            }
        }
        return broken;
    }

    /** Every child of an arena is exactly one of free, an arena, an object; arenas lie where their parents say. */
    private List<String> partition(List<ArenaView> arenas) {
        List<String> broken = new ArrayList<>();
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
        if (objects != allocman.untypeds().liveObjects()) {
            broken.add("partition: " + allocman.untypeds().liveObjects() + " objects are counted, " + objects
                    + " are in arenas");
        }
        return broken;
    }

    private List<String> oneRecordPerBlock(List<ArenaView> arenas) {
        List<String> broken = new ArrayList<>();
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
        return broken;
    }

    /** A slot the manager calls free is empty in the kernel. */
    private List<String> freeSlotsAreEmpty() {
        List<String> broken = new ArrayList<>();
        places.forEach(slot -> {
            long at = places.at(slot);
            if (allocman.cspace().isFree(slot) && (at < 0 || !slots.isEmpty(at))) {
                broken.add("slots agree: slot " + slot + " is called free and "
                        + (at < 0 ? "its CNode is not there" : "holds a capability"));
            }
        });
        return broken;
    }

    /** A slot the manager says holds something does. */
    private List<String> slotsAgree(List<ArenaView> arenas) {
        List<String> broken = new ArrayList<>();
        Set<Long> used = new HashSet<>();
        for (ArenaView arena : arenas) {
            for (int child = 0; child < arena.count(); child++) {
                boolean exists = child < arena.made();
                expect(broken, used, arena, arena.childSlots() + child, exists, arena.childBase(child), false);
                if (arena.objectSlots() != 0) {
                    expect(
                            broken,
                            used,
                            arena,
                            arena.objectSlots() + child,
                            arena.isObject(child),
                            arena.childBase(child),
                            (arena.own() >>> child & 1) != 0 || isElsewhere.test(arena.childBase(child)));
                }
            }
        }
        return broken;
    }

    private void expect(
            List<String> broken,
            Set<Long> used,
            ArenaView arena,
            long slot,
            boolean holds,
            long paddr,
            boolean mayBeElsewhere) {
        long at = places.at(slot);
        if (at < 0) {
            broken.add("slots agree: the CNode of slot " + slot + " of " + name(arena) + " is not there");
            return;
        }
        if (!used.add(slot)) {
            broken.add("slots agree: slot " + slot + " is used twice, the second time by " + name(arena));
        }
        if (allocman.cspace().isFree(slot)) {
            broken.add("slots agree: slot " + slot + " of " + name(arena) + " is called free");
        }
        if (mayBeElsewhere && slots.isEmpty(at)) {
            return;
        }
        if (holds == slots.isEmpty(at)) {
            broken.add("slots agree: slot " + slot + " of " + name(arena) + (holds ? " is empty" : " is not empty"));
        } else if (holds && slots.object(at) != paddr) {
            broken.add("slots agree: slot " + slot + " of " + name(arena) + " holds what is at 0x"
                    + Long.toHexString(slots.object(at)) + ", not at 0x" + Long.toHexString(paddr));
        }
    }

    /** What an arena believes was made of its untyped is what the kernel's watermark says. */
    private List<String> watermarkAgrees(List<ArenaView> arenas) {
        List<String> broken = new ArrayList<>();
        for (ArenaView arena : arenas) {
            long at = places.at(arena.untypedSlot());
            if (arena.depth() > 0
                    && arena.made() > 0
                    && (slots.type(at) != CapabilityType.UNTYPED
                            || slots.freeIndex(at) != (long) arena.made() << arena.childBits())) {
                broken.add("watermark agrees: " + name(arena) + " has made " + arena.made()
                        + " children, the kernel's watermark is at " + slots.freeIndex(at));
            }
        }
        return broken;
    }

    private static String name(ArenaView arena) {
        return "the arena of " + arena.count() + " x 2^" + arena.childBits() + " bytes at 0x"
                + Long.toHexString(arena.base());
    }
}
