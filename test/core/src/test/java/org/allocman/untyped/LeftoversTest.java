package org.allocman.untyped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.allocman.lab.workload.XorShift;
import org.allocman.untyped.BareManager.Block;
import org.allocman.untyped.BareManager.Kind;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * After any history, short of slots, of records, and refused by the kernel, a manager in which nothing lives is the manager
 * it was at the start, word for word; and in the middle of it, what it shows is what was handed out.
 */
class LeftoversTest {
    private static final int SEEDS = 12;
    private static final int STEPS = 120;

    /** What a user or the pools hold; the slot is 0 if the manager chose one. */
    private record Live(long handle, long paddr, int bits, long callersSlot, long chosenSlot, boolean own) {}

    private final List<Live> live = new ArrayList<>();
    private final Set<Long> gone = new HashSet<>();

    private static BareManager small(Kind kind, int seed) {
        // in turn: enough of all, few records, few slots
        int recordPages = seed % 3 == 1 ? 2 : 12;
        int radix = seed % 3 == 2 ? 8 : 11;
        return new BareManager(kind, BareManager.BLOCKS, radix, recordPages, behind -> behind, 1 + seed % 6);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ARENA", "SPLIT", "COMPATIBLE"})
    void nothingIsLeftBehind(Kind kind) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            BareManager bare = small(kind, seed);
            List<Long> fresh = bare.bookKeeping();
            long slots = bare.cspace.freeSlots();
            XorShift random = new XorShift(seed);
            for (int round = 0; round < 2; round++) {
                bare.kernel.failSome(seed, 15 * (seed % 2));
                run(bare, random, seed % 4 == 0);
                bare.kernel.heal();
                assertEquals(List.of(), bare.broken(), "seed " + seed);
                while (!live.isEmpty()) {
                    free(bare, live.size() - 1);
                }
                gone.forEach(handle -> assertTrue(bare.manager.check(handle) < 0, "it is no longer good"));
                bare.manager.giveBackKeptSlots(handles -> {});
                bare.manager.trim();
                gone.clear();
                assertEquals(slots, bare.cspace.freeSlots(), "seed " + seed);
                assertEquals(fresh, bare.bookKeeping(), "seed " + seed);
                assertEquals(0, bare.manager.liveObjects());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsShownIsWhatWasHandedOut(Kind kind) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            BareManager bare = small(kind, seed);
            live.clear();
            gone.clear();
            bare.kernel.failSome(seed, 10 * (seed % 2));
            run(bare, new XorShift(seed + 50L), kind == Kind.TWINKLE);
            for (Live object : live) {
                assertEquals(0, bare.manager.check(object.handle));
                assertEquals(object.paddr, bare.manager.physicalAddress(object.handle));
                assertEquals(object.bits, bare.manager.sizeBits(object.handle));
            }
            assertEquals(live.size(), bare.manager.liveObjects());
            TreeMap<Long, String> shown = new TreeMap<>();
            long free = show(bare, shown);
            TreeMap<Long, String> known = new TreeMap<>();
            live.forEach(object -> known.put(object.paddr, object.bits + (object.own ? " own" : "")));
            if (kind == Kind.TWINKLE) {
                long given =
                        live.stream().mapToLong(object -> 1L << object.bits).sum();
                long all = BareManager.BLOCKS.stream()
                        .mapToLong(block -> 1L << block.bits())
                        .sum();
                assertTrue(given <= all - free, "what was given away is used");
            } else {
                assertEquals(known, shown, "seed " + seed);
                long all = BareManager.BLOCKS.stream()
                        .mapToLong(block -> 1L << block.bits())
                        .sum();
                long given =
                        live.stream().mapToLong(object -> 1L << object.bits).sum();
                assertEquals(all, free + given, "every byte is free or given away, seed " + seed);
                assertEquals(free, listed(bare), "what is free can be found by size");
            }
        }
    }

    /** What is kept for objects to come goes, what holds an object stays; of arenas in which a user has one, all. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ARENA", "SPLIT", "COMPATIBLE"})
    void slotsThatAreKeptForNothingGo(Kind kind) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            BareManager bare = small(kind, seed);
            live.clear();
            run(bare, new XorShift(seed + 70L), false);
            while (live.stream().anyMatch(object -> !object.own)) {
                free(bare, (int) live.stream().takeWhile(object -> object.own).count());
            }
            bare.manager.trim();
            boolean any = bare.manager.giveBackKeptSlots(this::visitInChosenSlots);
            assertFalse(bare.manager.giveBackKeptSlots(this::visitInChosenSlots), "once is enough");
            long free = bare.cspace.freeSlots();
            assertEquals(List.of(), bare.broken(), "seed " + seed);
            long kept = keptSlots(bare);
            assertTrue(kept == 0, "seed " + seed + ": " + kept + " runs are kept for nothing");
            for (Live object : live) {
                assertEquals(0, bare.manager.check(object.handle));
                assertTrue(object.chosenSlot == 0 || object.chosenSlot == bare.manager.slot(object.handle));
                assertTrue(object.chosenSlot == 0 || !bare.cspace.isFree(object.chosenSlot));
            }
            assertTrue(kind == Kind.ARENA || !any, "only arenas keep slots");
            assertTrue(free <= bare.cspace.freeSlots());
            gone.clear();
        }
    }

    private void visitInChosenSlots(LongConsumer handles) {
        live.stream().filter(object -> object.chosenSlot != 0).forEach(object -> handles.accept(object.handle));
    }

    /** Runs of slots for objects of arenas in which nothing is in such a slot. */
    private long keptSlots(BareManager bare) {
        if (!(bare.manager instanceof ArenaUntypeds arenas)) {
            return 0;
        }
        Set<Long> used = new HashSet<>();
        live.stream().filter(object -> object.chosenSlot != 0).forEach(object -> used.add(object.chosenSlot));
        return arenas.inspect().stream()
                .filter(arena -> arena.objectSlots() != 0)
                .filter(arena -> used.stream()
                        .noneMatch(slot -> slot >= arena.objectSlots() && slot < arena.objectSlots() + arena.count()))
                .count();
    }

    /** The bytes that are free, as the manager shows it; objects go into the map. */
    private static long show(BareManager bare, TreeMap<Long, String> objects) {
        long free = 0;
        if (bare.manager instanceof ArenaUntypeds arenas) {
            for (ArenaView arena : arenas.inspect()) {
                free += (long) Long.bitCount(arena.free()) << arena.childBits();
                assertEquals(0, arena.free() & arena.subArenas());
                assertEquals(0, arena.own() & (arena.free() | arena.subArenas()), "what is free is nobody's");
                for (int child = 0; child < arena.count(); child++) {
                    if (arena.isObject(child)) {
                        String own = (arena.own() >>> child & 1) != 0 ? " own" : "";
                        objects.put(arena.childBase(child), arena.childBits() + own);
                    }
                }
            }
        } else if (bare.manager instanceof SplitUntypeds split) {
            for (SplitView half : split.inspect()) {
                free += half.what() == SplitView.What.FREE ? 1L << half.sizeBits() : 0;
                if (half.what() == SplitView.What.USER || half.what() == SplitView.What.OWN) {
                    objects.put(half.base(), half.sizeBits() + (half.what() == SplitView.What.OWN ? " own" : ""));
                    assertFalse(bare.cspace.isFree(half.slot()));
                }
            }
        } else if (bare.manager instanceof TwinkleUntypeds twinkle) {
            List<TwinkleView> views = twinkle.inspect();
            assertEquals(BareManager.BLOCKS.size(), views.size());
            for (TwinkleView view : views) {
                free += (1L << view.sizeBits()) - view.used();
            }
        }
        return free;
    }

    private static long listed(BareManager bare) {
        long free = 0;
        for (MemoryKind kind : MemoryKind.values()) {
            for (int bits = 0; bits < 64; bits++) {
                free += bare.manager.freeBlocks(kind, bits) << bits;
            }
        }
        return free;
    }

    private void run(BareManager bare, XorShift random, boolean onlyTaking) {
        for (int step = 0; step < STEPS; step++) {
            if (!onlyTaking && random.below(3) == 0 && !live.isEmpty()) {
                free(bare, random.below(live.size()));
            } else {
                allocate(bare, random, random.below(3) == 0);
            }
            if (random.below(20) == 0) {
                bare.manager.trim();
                if (live.isEmpty()) {
                    gone.clear();
                }
            }
        }
    }

    private void allocate(BareManager bare, XorShift random, boolean own) {
        Requester requester = own ? Requester.POOLS : Requester.CLIENT;
        int bits = 4 + random.below(9);
        int type = BareManager.ARCHITECTURE.number(ObjectType.UNTYPED);
        long slot = random.below(4) == 0 ? bare.cspace.take() : 0;
        Block block = BareManager.BLOCKS.get(random.below(BareManager.BLOCKS.size()));
        long paddr = block.paddr() + ((long) random.below(1 << block.bits() - bits) << bits);
        long handle = random.below(3) == 0
                ? bare.manager.allocateAt(type, bits, bits, paddr, slot, requester)
                : bare.manager.allocate(block.kind(), type, bits, bits, slot, requester);
        if (handle > 0) {
            long chosen = slot == 0 ? bare.manager.slot(handle) : 0;
            live.add(new Live(handle, bare.manager.physicalAddress(handle), bits, slot, chosen, own));
            assertFalse(gone.contains(handle), "a handle of the past is not given out again soon");
        } else if (slot != 0) {
            bare.cspace.giveBack(slot);
        }
    }

    private void free(BareManager bare, int index) {
        Live object = live.get(index);
        if (bare.manager.free(object.handle) == 0) {
            live.remove(index);
            gone.add(object.handle);
            if (object.callersSlot != 0) {
                bare.cspace.giveBack(object.callersSlot);
            }
        } else {
            assertEquals(0, bare.manager.check(object.handle), "what was not freed is still there");
        }
    }
}
