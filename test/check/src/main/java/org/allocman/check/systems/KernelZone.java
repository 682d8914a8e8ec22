package org.allocman.check.systems;

import org.allocman.check.action.Subject;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.DerivationList;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.layout.Bits;

/**
 * The part of a kernel's memory that invocations can change if they stay below one untyped: that untyped, everything derived
 * from it, and the capability that comes next in the derivation list. It is read in the order of that list, fast and without
 * garbage.
 *
 * <p>Which of the user's slots holds what makes no difference to what can be done, so the order of the list takes the place of
 * their addresses: all ways to distribute the same capabilities over those slots are one state.
 */
final class KernelZone implements Subject.StateReduction {
    /*
     * The memory's fingerprint is the exclusive or of what each word adds. With the zone's words taken out, what is left
     * stands for all other memory, and must never change; so a stray write anywhere is noticed at once, and the zone's words
     * are all that has to be looked at.
     */
    private static final int MOST = 64;
    private static final long STEP_HIGH = 0x9e37_79b9_7f4a_7c15L;
    private static final long STEP_LOW = 0xc2b2_ae3d_27d4_eb4fL;

    private final PhysicalMemory physical;
    private final PagedMemory memory;
    private final Slots slots;
    private final ObjectRegions regions;
    private final ObjectTypes types;
    private final DerivationList list;
    private final int slotBits;
    private final Bits next;
    private final Bits before;
    private final Bits revocable;
    private final Bits firstBadged;
    private final long parent;
    private final long first;
    private final long after;
    private final long window;
    private final long windowEnd;
    private final long restHigh;
    private final long restLow;

    private final long[] slot = new long[MOST];
    private int size;
    private boolean isWhole;
    private long memoryHigh;
    private long memoryLow;
    private long nameHigh;
    private long nameLow;
    private long otherHigh;
    private long otherLow;
    private long high;
    private long low;

    /**
     * The zone below an untyped, in a state that is right.
     *
     * @param physical the memory, with its journal on
     * @param architecture the kernel's architecture
     * @param parent the untyped's slot
     * @param first the first of the user's slots
     * @param window the first of those that are alike; they are the last ones
     * @param count how many are alike
     */
    KernelZone(
            PhysicalMemory physical,
            Architecture architecture,
            @PhysAddr long parent,
            @PhysAddr long first,
            @PhysAddr long window,
            int count) {
        this.physical = physical;
        this.memory = physical.words();
        this.slots = new Slots(memory, architecture);
        this.regions = new ObjectRegions(slots, architecture);
        this.list = new DerivationList(slots, regions);
        this.types = new ObjectTypes(slots, architecture);
        this.slotBits = slots.slotBits();
        this.next = slots.mdb().layout().next();
        this.before = slots.mdb().layout().previous();
        this.revocable = slots.mdb().layout().revocable();
        this.firstBadged = slots.mdb().layout().firstBadged();
        this.parent = parent;
        this.first = first;
        this.window = window;
        this.windowEnd = slots.at(window, count);
        long behind = slots.mdb().next(parent);
        while (behind >= 0 && list.isParent(parent, behind)) {
            behind = slots.mdb().next(behind);
        }
        this.after = behind;
        compute();
        this.restHigh = otherHigh;
        this.restLow = otherLow;
    }

    @Override
    public void compute() {
        Fingerprint all = physical.fingerprint();
        if (all.high() == memoryHigh && all.low() == memoryLow) {
            return;
        }
        memoryHigh = all.high();
        memoryLow = all.low();
        otherHigh = all.high();
        otherLow = all.low();
        nameHigh = 0;
        nameLow = 0;
        size = 0;
        isWhole = false;
        try {
            follow();
        } catch (MemoryFault nonsense) {
            isWhole = false;
        }
        high = otherHigh ^ nameHigh;
        low = otherLow ^ nameLow;
    }

    /** Goes along the derivation list from the untyped to what follows its descendants. */
    private void follow() {
        takeOutLinks(parent);
        slot[size++] = parent;
        long previous = parent;
        long at = slots.mdb().next(parent);
        while (at >= 0 && at != after && size < MOST) {
            long forward = memory.load64(at, next.offset());
            long backward = memory.load64(at, before.offset());
            if (before.of(backward) != (previous >>> slotBits) + 1) {
                break;
            }
            slot[size++] = at;
            takeOutLinks(at);
            long marks = revocable.of(forward) | firstBadged.of(forward) << 1;
            name(isAlike(at) ? marks : at | marks);
            for (int offset = 0; offset < next.offset(); offset += Long.BYTES) {
                long word = memory.load64(at, offset);
                takeOut(at + offset, word);
                name(word);
            }
            previous = at;
            at = next.of(forward) - 1 << slotBits;
        }
        if (at == after && after >= 0) {
            isWhole = slots.mdb().previous(after) == previous;
            takeOutLinks(after);
        } else {
            isWhole = at < 0 && after < 0;
        }
    }

    private boolean isAlike(long at) {
        return window <= at && at < windowEnd;
    }

    private void takeOutLinks(long at) {
        takeOut(at + next.offset(), memory.load64(at, next.offset()));
        if (before.offset() != next.offset()) {
            takeOut(at + before.offset(), memory.load64(at, before.offset()));
        }
    }

    private void takeOut(long address, long word) {
        otherHigh ^= Fingerprint.high(address, word);
        otherLow ^= Fingerprint.low(address, word);
    }

    private void name(long word) {
        nameHigh = spread((nameHigh ^ word) * STEP_HIGH);
        nameLow = spread((nameLow + word) * STEP_LOW);
    }

    private static long spread(long word) {
        long mixed = (word ^ word >>> 32) * STEP_LOW;
        return mixed ^ mixed >>> 29;
    }

    @Override
    public long high() {
        return high;
    }

    @Override
    public long low() {
        return low;
    }

    /** Whether the list leads from the untyped to what follows its descendants, and all other memory is as at first. */
    boolean isIntact() {
        return isWhole && otherHigh == restHigh && otherLow == restLow;
    }

    /** How many slots were found, the untyped's own first. */
    int size() {
        return size;
    }

    /** A slot that was found, in the order of the derivation list. */
    long slot(int number) {
        return slot[number];
    }

    /** The first of the user's slots. */
    long first() {
        return first;
    }

    /** Whether a slot is one of the user's, alike or not. */
    boolean isOfUser(long at) {
        return first <= at && at < windowEnd;
    }

    Slots slots() {
        return slots;
    }

    ObjectTypes types() {
        return types;
    }

    ObjectRegions regions() {
        return regions;
    }

    DerivationList list() {
        return list;
    }
}
