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
import org.allocman.manager.Statistics;
import org.allocman.mspace.Mspace;
import org.allocman.untyped.Refusal;
import org.allocman.vka.Architecture;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/**
 * What a user of a manager has: objects, slots, pieces of memory, each kept in Java; and what is true of each of them, when it comes
 * and for as long as it is there.
 */
abstract class Holdings {
    /** An object; the slot is 0 if the manager chose it. */
    record Thing(long handle, ObjectType type, int size, int bits, long paddr, long slot) {
        long end() {
            return paddr + (1L << bits);
        }
    }

    /** A piece of memory, filled with a pattern. */
    record Piece(long address, int bytes, long pattern) {}

    static final int PIECE_SIZES = 6;

    final ModelMachine on;
    final Allocman allocman;
    final Architecture architecture;
    final XorShift random;
    final List<Thing> things = new ArrayList<>();
    final TreeMap<Long, Thing> byAddress = new TreeMap<>();
    final List<Piece> pieces = new ArrayList<>();
    final List<Long> slots = new ArrayList<>();
    final Set<Long> gone = new HashSet<>();
    boolean mayBeRefused;
    String call = "";
    private final Memory memory;
    private int full;
    private long patterns = 0x1234_5678_9abc_def1L;

    Holdings(ModelMachine on, long seed) {
        this.on = on;
        this.allocman = on.allocman;
        this.architecture = allocman.architecture();
        this.memory = on.machine.rootMemory();
        this.random = new XorShift(seed * 0x9e37 + 1);
    }

    void made(long handle, ObjectType type, int size, int bits, long slot) {
        if (handle < 0) {
            assertTrue(!Refusal.isKernel(handle) || kernelMayRefuse(handle), call + ": " + handle);
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

    /** Because it was made to; or because an MPU has no region for one more page of the pools. */
    boolean kernelMayRefuse(long refusal) {
        return mayBeRefused
                || !allocman.architecture().hasPaging()
                        && Refusal.invocation(refusal) == InvocationKind.PAGE_MAP
                        && Refusal.kernelCode(refusal) == KernelError.Code.DELETE_FIRST;
    }

    /** Where nothing can grow any more nothing is set apart for growing: users are refused only what is not there. */
    void refusalIsTrue(long refusal) {
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

    /** How many requests were refused when nothing could grow. */
    int refusedWhenFull() {
        return full;
    }

    void check(Thing thing) {
        assertEquals(0, allocman.untypeds().manager().check(thing.handle()), call + ": " + thing);
        assertEquals(thing.paddr(), allocman.untypeds().manager().physicalAddress(thing.handle()), call);
        assertEquals(thing.bits(), allocman.untypeds().manager().sizeBits(thing.handle()), call);
        long slot = thing.slot() == 0 ? allocman.untypeds().manager().slot(thing.handle()) : thing.slot();
        long at = on.places.at(slot);
        assertTrue(at > 0 && !on.slots.isEmpty(at), call + ": the slot of " + thing + " is empty");
        assertEquals(thing.paddr(), on.slots.object(at), call + ": " + thing);
        assertFalse(allocman.slots().cspace().isFree(slot), call + ": the slot of " + thing + " is called free");
    }

    static int sizeOfPiece(int which) {
        return new int[] {1, 64, 200, 576, 1000, Mspace.MOST}[which];
    }

    void pieceIs(long address, int bytes) {
        if (address < 0) {
            assertTrue(
                    Refusal.isKernel(address) && kernelMayRefuse(address)
                            || address == Refusal.OUT_OF_BOOK_KEEPING
                            || address == Refusal.NO_BLOCK_FOR_PAGE
                            || address == Refusal.OUT_OF_SLOTS
                            || address == Refusal.RESERVE_EMPTY,
                    call + ": " + address);
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

    void check(Piece piece) {
        for (int offset = 0; offset + 8 <= piece.bytes(); offset += 8) {
            assertEquals(piece.pattern() + offset, memory.load64(piece.address(), offset), call + ": " + piece);
        }
    }

    void slotIs(long slot) {
        assertTrue(slot > 0 && on.slots.isEmpty(on.places.at(slot)), call + ": slot " + slot + " is not empty");
        assertFalse(allocman.slots().cspace().isFree(slot), call + ": slot " + slot + " is called free");
        assertFalse(slots.contains(slot), call + ": slot " + slot + " is a user's already");
        assertTrue(
                things.stream().noneMatch(thing -> thing.slot() == slot), call + ": slot " + slot + " holds an object");
        slots.add(slot);
    }

    /** Everything that a user has is what it was. */
    void look() {
        things.forEach(this::check);
        pieces.forEach(this::check);
        for (long slot : slots) {
            assertTrue(on.slots.isEmpty(on.places.at(slot)), call + ": slot " + slot + " is not empty");
            assertFalse(allocman.slots().cspace().isFree(slot), call + ": slot " + slot + " is called free");
        }
    }
}
