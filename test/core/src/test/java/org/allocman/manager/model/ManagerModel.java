package org.allocman.manager.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.manager.Health;
import org.allocman.manager.Statistics;
import org.allocman.mspace.Mspace;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedRoots;
import org.allocman.vka.ObjectType;

/**
 * Calls of a user's, beside what the user has ({@link Holdings}, {@link ReservedHoldings}). They are made at random, sensible
 * and not; after each, what the manager says is compared with what is known.
 */
final class ManagerModel extends ReservedHoldings {
    private static final int PAGE_BITS = 12;
    private static final ObjectType[] SMALL = {
        ObjectType.ENDPOINT, ObjectType.NOTIFICATION, ObjectType.TCB, ObjectType.CNODE, ObjectType.UNTYPED
    };

    private final String start;
    private final ReserveLaw reserveLaw;
    private final FullCSpaceLaw fullCSpaceLaw;
    private int reservesChecked;
    private int cspacesFilled;

    ManagerModel(ModelMachine on, long seed) {
        super(on, seed);
        this.reserveLaw = new ReserveLaw(on);
        this.fullCSpaceLaw = new FullCSpaceLaw(on);
        allocman.trim();
        this.start = on.quietMemory();
    }

    /** So many calls. In some stretches the kernel refuses now and then. */
    void run(int calls, int percentRefused) {
        for (int i = 0; i < calls; i++) {
            if (percentRefused > 0 && random.below(12) == 0) {
                mayBeRefused = !mayBeRefused;
                if (mayBeRefused) {
                    on.kernel.failSome(random.next() & 0xffff, percentRefused);
                } else {
                    on.kernel.heal();
                }
            }
            boolean wasFull = allocman.isReserveFull();
            if (things.isEmpty()) {
                // a trim that finds nothing live forgets generations
                gone.clear();
            }
            boolean gaveBack = step();
            if (gaveBack && wasFull) {
                assertTrue(allocman.isReserveFull(), call + ": giving back made the reserve low");
            }
            assertEquals(List.of(), on.broken(), call);
            assertEquals(things.size(), allocman.statistics().liveObjects(), call);
            assertLevels();
            if (!mayBeRefused) {
                cspacesFilled += fullCSpaceLaw.checkIfNew(call) ? 1 : 0;
            }
            if (i % 16 == 0) {
                look();
                if (!mayBeRefused) {
                    reservesChecked += reserveLaw.check(call) ? 1 : 0;
                }
            }
        }
        on.kernel.heal();
        mayBeRefused = false;
        look();
        assertEquals(List.of(), on.brokenInKernel());
    }

    /** After what a user got the reserve of records is full, or it cannot be. */
    private void isFilled(long got) {
        if (got < 0) {
            return;
        }
        Health health = allocman.health();
        Statistics now = allocman.statistics();
        assertTrue(
                health.recordsReady()
                        || mayBeRefused
                        || !health.slotsReady()
                        || !architecture.hasPaging()
                        || now.virtualPagesMapped() == allocman.layout().windowPages()
                        || allocman.untypeds().manager().largestFree(MemoryKind.KERNEL) < PAGE_BITS,
                call + ": the reserve could be full, " + now);
    }

    /** How often a full reserve was put to the test. */
    int reservesChecked() {
        return reservesChecked;
    }

    /** Everything is given back, some of it twice; then the memory is what it was at the start. */
    void giveAllBack() {
        while (!things.isEmpty()) {
            free(random.below(things.size()));
        }
        while (!pieces.isEmpty()) {
            freePiece(random.below(pieces.size()));
        }
        while (!slots.isEmpty()) {
            freeSlot(random.below(slots.size()));
        }
        for (String what : List.copyOf(kept.keySet())) {
            keep(what, 0);
        }
        allocman.trim();
        assertEquals(List.of(), on.broken());
        assertEquals(0, allocman.untypeds().manager().liveObjects());
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            assertTrue(allocman.untypeds().roots().isWhole(i), "untyped " + i + " is whole");
        }
        assertEquals(start, on.quietMemory(), "the memory is what it was at the start");
        gone.clear();
    }

    private boolean step() {
        switch (random.below(20)) {
            case 0, 1, 2, 3 -> allocate();
            case 4, 5 -> allocateAt();
            case 6 -> allocatePiece();
            case 7 -> takeSlots();
            case 8 -> changeReserve();
            case 9 -> takeFromReserve();
            case 10 -> call(() -> allocman.fillReserves(), "fill reserves");
            case 11 -> grow();
            case 12 -> {
                call(() -> allocman.trim(), "trim");
                boolean hasNothing = things.isEmpty() && pieces.isEmpty() && slots.isEmpty() && kept.isEmpty();
                assertTrue(mayBeRefused || !hasNothing || allocman.isReserveFull(), "after trim");
            }
            case 13 -> nonsense();
            case 14 -> {
                if (!pieces.isEmpty()) {
                    freePiece(random.below(pieces.size()));
                    return true;
                }
            }
            case 15 -> {
                if (!slots.isEmpty()) {
                    freeSlot(random.below(slots.size()));
                    return true;
                }
            }
            default -> {
                if (!things.isEmpty()) {
                    free(random.below(things.size()));
                    return true;
                }
            }
        }
        return false;
    }

    private void call(Runnable runnable, String text) {
        call = text;
        runnable.run();
    }

    private void allocate() {
        ObjectType type = random.below(3) == 0
                ? architecture
                        .frames()
                        .get(random.below(Math.min(2, architecture.frames().size())))
                : SMALL[random.below(SMALL.length)];
        int size =
                type == ObjectType.CNODE ? 1 + random.below(7) : type == ObjectType.UNTYPED ? 4 + random.below(12) : 0;
        int bits = architecture.sizeBits(type, size);
        long slot = random.below(3) == 0 && !slots.isEmpty() ? slots.get(random.below(slots.size())) : 0;
        boolean maybeDevice = random.below(4) == 0;
        call = "allocate " + type + " " + size + " into " + slot + (maybeDevice ? ", maybe device" : "");
        long handle =
                maybeDevice ? allocman.allocateMaybeDevice(type, size, slot) : allocman.allocate(type, size, slot);
        if (handle == Refusal.OUT_OF_UNTYPED) {
            assertTrue(
                    allocman.untypeds().manager().largestFree(MemoryKind.KERNEL) < bits,
                    call + ": a free block is large enough");
        }
        made(handle, type, size, bits, slot);
        isFilled(handle);
        if (handle > 0 && !maybeDevice) {
            assertEquals(
                    MemoryKind.KERNEL,
                    allocman.untypeds()
                            .roots()
                            .kindAt(allocman.untypeds().manager().physicalAddress(handle)),
                    call);
        }
    }

    private void allocateAt() {
        UntypedRoots roots = allocman.untypeds().roots();
        int root = random.below(roots.count());
        boolean frame = random.below(2) == 0;
        ObjectType type = frame ? architecture.frames().get(0) : ObjectType.UNTYPED;
        int size = frame ? 0 : 4 + random.below(10);
        int bits = architecture.sizeBits(type, size);
        if (bits > roots.sizeBits(root)) {
            return;
        }
        long blocks = 1L << roots.sizeBits(root) - bits;
        long paddr = roots.physicalAddress(root) + (Long.remainderUnsigned(random.next(), blocks) << bits);
        if (random.below(3) == 0 && !things.isEmpty()) {
            // beside or inside what is there
            Thing other = things.get(random.below(things.size()));
            paddr = other.paddr() & -(1L << bits);
        }
        long slot = random.below(4) == 0 && !slots.isEmpty() ? slots.get(random.below(slots.size())) : 0;
        call = "allocate " + type + " " + size + " at 0x" + Long.toHexString(paddr) + " into " + slot;
        long handle = allocman.allocateAt(type, size, paddr, slot);
        made(handle, type, size, bits, slot);
        isFilled(handle);
        if (handle > 0) {
            assertEquals(paddr, allocman.untypeds().manager().physicalAddress(handle), call);
        }
    }

    /** How often the last CNode of the second level came, and all its slots could be had. */
    int cspacesFilled() {
        return cspacesFilled;
    }

    private void free(int index) {
        Thing thing = things.get(index);
        call = "free " + thing;
        long refusal = allocman.free(thing.handle());
        if (refusal != 0) {
            assertTrue(mayBeRefused && Refusal.isKernel(refusal), call + ": " + refusal);
            assertEquals(0, allocman.untypeds().manager().check(thing.handle()), call + ": it is still there");
            return;
        }
        things.remove(index);
        byAddress.remove(thing.paddr());
        on.elsewhere.remove(thing.paddr());
        gone.add(thing.handle());
        if (thing.slot() != 0) {
            slots.add(thing.slot());
        }
        assertTrue(allocman.free(thing.handle()) < 0, call + " a second time");
    }

    private void allocatePiece() {
        int bytes = sizeOfPiece(random.below(PIECE_SIZES));
        call = "allocate " + bytes + " bytes";
        long address = allocman.memory().allocate(bytes);
        pieceIs(address, bytes);
        isFilled(address);
    }

    private void freePiece(int index) {
        Piece piece = pieces.get(index);
        call = "free " + piece;
        check(piece);
        assertEquals(0, allocman.memory().free(piece.address(), piece.bytes()), call);
        pieces.remove(index);
        assertTrue(allocman.memory().free(piece.address(), piece.bytes()) < 0, call + " a second time");
    }

    private static boolean isForSlots(long refusal) {
        return refusal == Refusal.OUT_OF_SLOTS
                || refusal == Refusal.OUT_OF_BOOK_KEEPING
                || refusal == Refusal.NO_BLOCK_FOR_PAGE
                || refusal == Refusal.NO_BLOCK_FOR_SLOTS;
    }

    private void takeSlots() {
        int count = random.below(3) == 0
                ? 1 + random.below(allocman.slots().cspace().longestRun())
                : 1;
        boolean at = count == 1 && random.below(4) == 0;
        long wanted =
                at ? 1 + random.below((int) Math.min(allocman.slots().cspace().end(), 1 << 14)) : 0;
        call = "take " + count + " slots" + (at ? " at " + wanted : "");
        boolean wasFree = at && allocman.slots().cspace().isFree(wanted);
        long first = at
                ? allocman.slots().takeAt(wanted)
                : count == 1 ? allocman.slots().take() : allocman.slots().takeSeveral(count);
        if (first < 0) {
            assertTrue(
                    !at || !wasFree || isForSlots(first) || Refusal.isKernel(first) && kernelMayRefuse(first),
                    call + ": " + Refusal.text(first));
            if (count == 1 && !at) {
                refusalIsTrue(first);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            slotIs(first + i);
        }
    }

    private void freeSlot(int index) {
        long slot = slots.get(index);
        call = "free slot " + slot;
        long refusal = allocman.slots().free(slot);
        if (refusal != 0) {
            assertTrue(mayBeRefused && Refusal.isKernel(refusal), call + ": " + refusal);
            return;
        }
        slots.remove(index);
        assertTrue(allocman.slots().free(slot) < 0, call + " a second time");
    }

    /** A growth is whole or changes nothing, whichever of its invocations is refused. */
    private void grow() {
        boolean refuses = !mayBeRefused && random.below(3) > 0;
        call = "grow" + (refuses ? ", refused" : "");
        Statistics before = allocman.statistics();
        long own = allocman.untypeds().manager().liveObjects();
        if (refuses) {
            on.kernel.failAt(1 + random.below(9), false);
        }
        boolean grown = allocman.addPage() == 0;
        boolean failed = refuses && on.kernel.hasFailed();
        if (refuses) {
            on.kernel.heal();
        }
        Statistics after = allocman.statistics();
        if (grown) {
            assertEquals(before.virtualPagesMapped() + 1, after.virtualPagesMapped(), call);
        } else if (!mayBeRefused) {
            assertTrue(
                    failed
                            || before.virtualPagesMapped() == allocman.layout().windowPages()
                            || allocman.untypeds().manager().largestFree(MemoryKind.KERNEL) < 12
                            || !before.reserveFull()
                            || !architecture.hasPaging(),
                    call + ": there was all that it needs, " + before);
            // an MPU has few regions: the map fails by itself, and what is refused is the undo
            long mayBeLeft = architecture.hasPaging() || !failed ? 0 : 1;
            long left = allocman.untypeds().manager().liveObjects() - own;
            assertTrue(left <= mayBeLeft, call + " left " + left + " objects behind, " + before + after);
            assertEquals(before.pagingStructures(), after.pagingStructures(), call);
            assertEquals(before.virtualPagesMapped(), after.virtualPagesMapped(), call);
        }
    }

    /** What must be refused, and change nothing. */
    private void nonsense() {
        call = "nonsense";
        String before = on.quietMemory();
        long number = random.next() >> random.below(60);
        assertTrue(
                things.stream().anyMatch(thing -> thing.handle() == number) || allocman.free(number) < 0, "" + number);
        for (long handle : gone.stream().limit(20).toList()) {
            assertTrue(allocman.free(handle) < 0, "free " + handle + ", given back before");
        }
        assertEquals(Refusal.STALE_HANDLE, allocman.slots().free(0));
        assertTrue(allocman.slots().free(allocman.slots().cspace().end() + random.below(3)) < 0);
        assertTrue(allocman.slots().free(-1 - random.below(100)) < 0);
        assertTrue(allocman.allocate(ObjectType.UNTYPED, random.below(2) == 0 ? 3 : 64, 0) < 0);
        assertTrue(allocman.allocate(ObjectType.CNODE, random.below(2) == 0 ? 0 : 60, 0) < 0);
        assertTrue(allocman.memory().allocate(random.below(2) == 0 ? 0 : Mspace.MOST + 1) < 0);
        assertTrue(reserves.keepSlots(-1) < 0 && reserves.keepMemory(0, 1) < 0 && reserves.keepMemory(64, -1) < 0);
        for (int i = 0; i < 40; i++) {
            long slot =
                    1 + random.below((int) Math.min(allocman.slots().cspace().end() - 1, 1 << 16));
            if (!slots.contains(slot) && things.stream().noneMatch(thing -> thing.slot() == slot)) {
                assertTrue(allocman.slots().free(slot) < 0, "slot " + slot + " is nobody's to give back");
            }
        }
        nobodysMemory();
        assertEquals(before, on.quietMemory(), call);
    }

    /** Of all addresses and sizes, only a user's own pieces could be given back. */
    private void nobodysMemory() {
        Set<Long> own = new HashSet<>();
        pieces.forEach(piece -> own.add(piece.address()));
        long from = allocman.layout().base();
        for (long address = from; address < from + allocman.layout().bytes(); address += 64) {
            for (int which = 0; which < PIECE_SIZES && !own.contains(address); which++) {
                int bytes = sizeOfPiece(which);
                long refusal = allocman.memory().free(address, bytes);
                assertTrue(
                        refusal < 0, bytes + " bytes at 0x" + Long.toHexString(address) + " are nobody's to give back");
            }
        }
    }
}
