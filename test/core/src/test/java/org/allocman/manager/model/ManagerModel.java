package org.allocman.manager.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.allocman.lab.workload.XorShift;
import org.allocman.manager.Allocman;
import org.allocman.manager.ClientReserves;
import org.allocman.manager.Health;
import org.allocman.manager.Statistics;
import org.allocman.mspace.Mspace;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedRoots;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/**
 * What a user of a manager has, beside the manager: objects, slots, pieces of memory and reserves, each kept in Java. Calls are
 * made at random, sensible and not; after each, what the manager says is compared with what is known.
 */
final class ManagerModel {
    private static final int PIECE_SIZES = 6;
    private static final int PAGE_BITS = 12;
    private static final ObjectType[] SMALL = {
        ObjectType.ENDPOINT, ObjectType.NOTIFICATION, ObjectType.TCB, ObjectType.CNODE, ObjectType.UNTYPED
    };

    /** An object; the slot is 0 if the manager chose it. */
    record Thing(long handle, ObjectType type, int size, int bits, long paddr, long slot) {
        long end() {
            return paddr + (1L << bits);
        }
    }

    /** A piece of memory, filled with a pattern. */
    record Piece(long address, int bytes, long pattern) {}

    private final ModelMachine on;
    private final Allocman allocman;
    private final ClientReserves reserves;
    private final Architecture architecture;
    private final Memory memory;
    private final XorShift random;
    private final List<Thing> things = new ArrayList<>();
    private final TreeMap<Long, Thing> byAddress = new TreeMap<>();
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Long> slots = new ArrayList<>();
    private final Set<Long> gone = new HashSet<>();
    private final Map<String, int[]> kept = new TreeMap<>();
    private final String start;
    private final ReserveLaw reserveLaw;
    private final FullCSpaceLaw fullCSpaceLaw;
    private int reservesChecked;
    private int cspacesFilled;
    private int full;
    private boolean mayBeRefused;
    private long patterns = 0x1234_5678_9abc_def1L;
    private String call = "";

    ManagerModel(ModelMachine on, long seed) {
        this.on = on;
        this.allocman = on.allocman;
        this.reserves = allocman.reserves();
        this.reserveLaw = new ReserveLaw(on);
        this.fullCSpaceLaw = new FullCSpaceLaw(on);
        this.architecture = allocman.architecture();
        this.memory = on.machine.rootMemory();
        this.random = new XorShift(seed * 0x9e37 + 1);
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

    private void made(long handle, ObjectType type, int size, int bits, long slot) {
        if (handle < 0) {
            assertTrue(mayBeRefused || !Refusal.isKernel(handle), call + ": " + handle);
            assertNotEquals(Refusal.STALE_HANDLE, handle, call);
            refusalIsTrue(handle);
            return;
        }
        Thing thing = new Thing(
                handle, type, size, bits, allocman.untypeds().manager().physicalAddress(handle), slot);
        Map.Entry<Long, Thing> before = byAddress.lowerEntry(thing.end());
        assertTrue(before == null || before.getValue().end() <= thing.paddr(), call + ": overlaps " + before);
        assertFalse(gone.contains(handle), call + ": a handle that was given back before");
        things.add(thing);
        byAddress.put(thing.paddr(), thing);
        if (slot != 0) {
            slots.remove(slot);
            on.elsewhere.add(thing.paddr());
        }
        check(thing);
    }

    /** Where nothing can grow any more nothing is set apart for growing: users are refused only what is not there. */
    private void refusalIsTrue(long refusal) {
        Statistics now = allocman.statistics();
        boolean isFull = now.virtualPagesMapped() == allocman.layout().windowPages()
                && now.slotsThere() == allocman.slots().cspace().end();
        if (isFull) {
            full++;
            // a line of arenas takes records and tables, which are in pages of their own
            int wanted = call.startsWith("allocate ") && !call.endsWith(" bytes") ? 2 : 1;
            boolean hasPages = now.staticPagesReady() + now.virtualPagesReady() >= wanted;
            assertFalse(refusal == Refusal.OUT_OF_BOOK_KEEPING && hasPages, call + ": pages are ready, " + now);
            boolean isForSlot = call.startsWith("take ");
            assertFalse(
                    refusal == Refusal.OUT_OF_SLOTS && isForSlot && now.freeSlots() > 0,
                    call + ": slots are free, " + now);
        }
    }

    /** How often the last CNode of the second level came, and all its slots could be had. */
    int cspacesFilled() {
        return cspacesFilled;
    }

    /** How many requests were refused when nothing could grow. */
    int refusedWhenFull() {
        return full;
    }

    private void check(Thing thing) {
        assertEquals(0, allocman.untypeds().manager().check(thing.handle()), call + ": " + thing);
        assertEquals(thing.paddr(), allocman.untypeds().manager().physicalAddress(thing.handle()), call);
        assertEquals(thing.bits(), allocman.untypeds().manager().sizeBits(thing.handle()), call);
        long slot = thing.slot() == 0 ? allocman.untypeds().manager().slot(thing.handle()) : thing.slot();
        long at = on.places.at(slot);
        assertTrue(at > 0 && !on.slots.isEmpty(at), call + ": the slot of " + thing + " is empty");
        assertEquals(thing.paddr(), on.slots.object(at), call + ": " + thing);
        assertFalse(allocman.slots().cspace().isFree(slot), call + ": the slot of " + thing + " is called free");
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

    private static int sizeOfPiece(int which) {
        return new int[] {1, 64, 200, 576, 1000, Mspace.MOST}[which];
    }

    private void pieceIs(long address, int bytes) {
        if (address < 0) {
            assertTrue(
                    address == Refusal.OUT_OF_BOOK_KEEPING || address == Refusal.RESERVE_EMPTY, call + ": " + address);
            refusalIsTrue(address);
            return;
        }
        for (Piece other : pieces) {
            assertTrue(
                    address + bytes <= other.address() || other.address() + other.bytes() <= address,
                    call + ": overlaps " + other);
        }
        patterns = patterns * 0x5851_f42d_4c95_7f2dL + 1;
        for (int offset = 0; offset + 8 <= bytes; offset += 8) {
            assertEquals(0, memory.load64(address, offset), call + ": not all zero");
            memory.store64(address, offset, patterns + offset);
        }
        pieces.add(new Piece(address, bytes, patterns));
    }

    private void check(Piece piece) {
        for (int offset = 0; offset + 8 <= piece.bytes(); offset += 8) {
            assertEquals(piece.pattern() + offset, memory.load64(piece.address(), offset), call + ": " + piece);
        }
    }

    private void freePiece(int index) {
        Piece piece = pieces.get(index);
        call = "free " + piece;
        check(piece);
        assertEquals(0, allocman.memory().free(piece.address(), piece.bytes()), call);
        pieces.remove(index);
        assertTrue(allocman.memory().free(piece.address(), piece.bytes()) < 0, call + " a second time");
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
            assertTrue(!at || !wasFree || first == Refusal.OUT_OF_SLOTS, call + ": " + first);
            if (count == 1 && !at) {
                refusalIsTrue(first);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            slotIs(first + i);
        }
    }

    private void slotIs(long slot) {
        assertTrue(slot > 0 && on.slots.isEmpty(on.places.at(slot)), call + ": slot " + slot + " is not empty");
        assertFalse(allocman.slots().cspace().isFree(slot), call + ": slot " + slot + " is called free");
        assertFalse(slots.contains(slot), call + ": slot " + slot + " is a user's already");
        assertTrue(
                things.stream().noneMatch(thing -> thing.slot() == slot), call + ": slot " + slot + " holds an object");
        slots.add(slot);
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

    private void changeReserve() {
        String what = switch (random.below(7)) {
            case 0 -> "slots";
            case 1 -> "pieces of " + sizeOfPiece(random.below(PIECE_SIZES)) + " bytes";
            case 2 -> "pieces of 200 bytes";
            case 3 -> "objects of type " + ObjectType.ENDPOINT.text();
            case 4 -> "CNodes of 2^3 slots";
            case 5 -> "untypeds of 2^6 bytes";
            default -> "objects of type " + ObjectType.TCB.text();
        };
        keep(what, random.below(4) == 0 ? 0 : random.below(random.below(4) == 0 ? 150 : 6));
    }

    private void keep(String what, int count) {
        call = "keep " + count + " " + what;
        long refusal = what.equals("slots")
                ? reserves.keepSlots(count)
                : what.startsWith("pieces")
                        ? reserves.keepMemory(bytesOf(what), count)
                        : reserves.keepObjects(typeOf(what), sizeOf(what), count);
        if (count == 0 && refusal == 0) {
            kept.remove(what);
            return;
        }
        Health.Level level = level(what);
        if (level == null) {
            assertTrue(refusal < 0, call);
            kept.remove(what);
        } else {
            int[] now = kept.computeIfAbsent(what, key -> new int[1]);
            now[0] = (int) level.ready();
            assertTrue(refusal < 0 || level.ready() == count && level.wanted() == count, call + ": " + level);
        }
    }

    private static int bytesOf(String what) {
        return Integer.parseInt(what.split(" ")[2]);
    }

    private static ObjectType typeOf(String what) {
        return what.startsWith("CNodes")
                ? ObjectType.CNODE
                : what.startsWith("untypeds")
                        ? ObjectType.UNTYPED
                        : what.endsWith(ObjectType.TCB.text()) ? ObjectType.TCB : ObjectType.ENDPOINT;
    }

    private static int sizeOf(String what) {
        return what.startsWith("CNodes") ? 3 : what.startsWith("untypeds") ? 6 : 0;
    }

    private Health.Level level(String what) {
        return reserves.levels().stream()
                .filter(level -> level.what().equals(what))
                .findFirst()
                .orElse(null);
    }

    private void takeFromReserve() {
        if (kept.isEmpty()) {
            return;
        }
        List<String> names = List.copyOf(kept.keySet());
        String what = names.get(random.below(names.size()));
        int ready = kept.get(what)[0];
        call = "take of " + ready + " " + what;
        long value = what.equals("slots")
                ? reserves.takeSlot()
                : what.startsWith("pieces")
                        ? reserves.takeMemory(bytesOf(what))
                        : reserves.takeObject(typeOf(what), sizeOf(what));
        if (ready == 0) {
            assertEquals(Refusal.RESERVE_EMPTY, value, call);
            return;
        }
        kept.get(what)[0] = ready - 1;
        if (what.equals("slots")) {
            slotIs(value);
        } else if (what.startsWith("pieces")) {
            assertTrue(value > 0, call);
            pieceIs(value, bytesOf(what));
        } else {
            assertTrue(value > 0, call);
            ObjectType type = typeOf(what);
            made(value, type, sizeOf(what), architecture.sizeBits(type, sizeOf(what)), 0);
        }
    }

    private void assertLevels() {
        List<Health.Level> levels = reserves.levels();
        assertEquals(kept.size(), levels.size(), call + ": " + levels);
        for (Health.Level level : levels) {
            int[] ready = kept.get(level.what());
            assertTrue(ready != null, call + ": " + level);
            if (call.equals("fill reserves")) {
                assertTrue(level.ready() >= ready[0], call + ": " + level);
                ready[0] = (int) level.ready();
            }
            assertEquals(ready[0], level.ready(), call + ": " + level);
        }
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

    /** Everything that a user has is what it was. */
    private void look() {
        things.forEach(this::check);
        pieces.forEach(this::check);
        for (long slot : slots) {
            assertTrue(on.slots.isEmpty(on.places.at(slot)), call + ": slot " + slot + " is not empty");
            assertFalse(allocman.slots().cspace().isFree(slot), call + ": slot " + slot + " is called free");
        }
    }
}
