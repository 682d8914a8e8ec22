package org.allocman.manager;

import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;

/** Turns a refusal into a sentence: what was asked, what ran out, what is left. */
final class Explanation {
    private final Allocman allocman;

    Explanation(Allocman allocman) {
        this.allocman = allocman;
    }

    VkaError ofAllocation(long refusal, MemoryKind kind, ObjectType type, int size, long paddr) {
        Architecture architecture = allocman.architecture();
        if (refusal == Refusal.UNKNOWN_TYPE) {
            return new VkaError(Reason.UNKNOWN_TYPE, architecture.text() + " has no object of type " + type.text());
        }
        if (refusal == Refusal.ILLEGAL_SIZE) {
            return new VkaError(Reason.ILLEGAL_SIZE, illegalSize(type, size));
        }
        String asked = "cannot make " + article(type) + " of " + bytes(architecture.sizeBits(type, size));
        String there = " at 0x" + Long.toHexString(paddr);
        if (Refusal.isKernel(refusal)) {
            return ofKernel(refusal, asked);
        }
        return switch (Refusal.which(refusal)) {
            case (int) Refusal.OUT_OF_UNTYPED -> new VkaError(Reason.OUT_OF_UNTYPED, asked + ": " + largest(kind));
            case (int) Refusal.NO_BLOCK_FOR_SLOTS ->
                new VkaError(Reason.OUT_OF_UNTYPED, asked + ": no run of slots is free beyond the reserve" + noCNode());
            case (int) Refusal.OUT_OF_SLOTS ->
                new VkaError(
                        Reason.OUT_OF_SLOTS, asked + ": no run of slots is free beyond the reserve; " + slotsLeft());
            case (int) Refusal.OUT_OF_BOOK_KEEPING ->
                new VkaError(
                        Reason.OUT_OF_BOOK_KEEPING,
                        asked + ": the pools have no room for its records beyond the reserve" + orBitmaps() + "; "
                                + poolsLeft());
            case (int) Refusal.NO_BLOCK_FOR_PAGE ->
                new VkaError(
                        Reason.OUT_OF_UNTYPED,
                        asked + ": the pools have no room for its records beyond the reserve" + orBitmaps() + noPage());
            case (int) Refusal.UNALIGNED ->
                new VkaError(Reason.UNALIGNED, asked + there + ": the address is no multiple of the size");
            case (int) Refusal.WRONG_KIND ->
                new VkaError(
                        Reason.WRONG_KIND,
                        asked + there + ": that is device memory, which holds frames and untypeds only");
            case (int) Refusal.NOT_MANAGED ->
                new VkaError(Reason.NOT_MANAGED, asked + there + ": no untyped that was handed over holds all of it");
            case (int) Refusal.IN_USE -> new VkaError(Reason.IN_USE, asked + there + ": part of it is in use");
            case (int) Refusal.NOT_NEXT ->
                new VkaError(
                        Reason.NOT_NEXT,
                        asked + there + ": this manager allocates only, in address order, and that is not the next");
            default -> new VkaError(Reason.FOREIGN_HANDLE, asked + ": " + Refusal.text(refusal));
        };
    }

    VkaError ofHandle(long refusal, VkaObject object) {
        if (Refusal.isKernel(refusal)) {
            return ofKernel(refusal, "cannot give the " + object + " back");
        }
        if (refusal == Refusal.ALLOCATE_ONLY) {
            return new VkaError(
                    Reason.ALLOCATE_ONLY, "the " + object + " cannot be given back: this manager allocates only");
        }
        return refusal == Refusal.STALE_HANDLE
                ? new VkaError(Reason.STALE_HANDLE, "the " + object + " was given back before")
                : new VkaError(Reason.FOREIGN_HANDLE, "the " + object + " was never given out by this allocator");
    }

    private static VkaError ofKernel(long refusal, String what) {
        InvocationKind invocation = Refusal.invocation(refusal);
        KernelError error = Refusal.kernelError(refusal);
        return error == null
                ? new VkaError(Reason.KERNEL_REFUSED, what + ": the kernel: " + Refusal.text(refusal), invocation, null)
                : VkaError.ofKernel(what, invocation, error);
    }

    VkaError ofNative(long refusal, long handle) {
        return refusal == Refusal.STALE_HANDLE
                ? new VkaError(Reason.STALE_HANDLE, "the object of handle " + handle + " was given back before")
                : new VkaError(Reason.FOREIGN_HANDLE, "handle " + handle + " was never given out by this manager");
    }

    /** Why no slot can be had: there is none, or why no CNode of the second level can be made. */
    VkaError ofSlots(long refusal) {
        String asked = "no slot is free beyond the reserve";
        if (Refusal.isKernel(refusal)) {
            return ofKernel(refusal, asked + ", and no CNode could be made for more");
        }
        return switch (Refusal.which(refusal)) {
            case (int) Refusal.NO_BLOCK_FOR_SLOTS -> new VkaError(Reason.OUT_OF_UNTYPED, asked + noCNode());
            case (int) Refusal.OUT_OF_BOOK_KEEPING ->
                new VkaError(
                        Reason.OUT_OF_BOOK_KEEPING,
                        asked + ", and the pools have no room for the bitmaps of one more CNode; " + poolsLeft());
            case (int) Refusal.NO_BLOCK_FOR_PAGE ->
                new VkaError(
                        Reason.OUT_OF_UNTYPED,
                        asked + ", and the pools have no room for the bitmaps of one more CNode" + noPage());
            default -> new VkaError(Reason.OUT_OF_SLOTS, asked + "; " + slotsLeft());
        };
    }

    /** Why a run of slots cannot be had. */
    VkaError ofRun(long refusal, int count) {
        return refusal == Refusal.ILLEGAL_SIZE
                ? new VkaError(
                        Reason.ILLEGAL_SIZE,
                        "a run has 1 to " + allocman.slots().cspace().longestRun() + " slots, not " + count)
                : ofSlots(refusal);
    }

    private String noCNode() {
        return ", and there is no block for a CNode with more; " + largest(MemoryKind.KERNEL);
    }

    private String noPage() {
        return ", and no block can be had for one more page; " + largest(MemoryKind.KERNEL);
    }

    /** In a CSpace of two levels, slots need records as objects do. */
    private String orBitmaps() {
        return allocman.layout().cspace().secondBits() == 0 ? "" : ", or for the bitmaps of a CNode with its slots";
    }

    VkaError ofSlot(long refusal, CapPath slot) {
        if (Refusal.isKernel(refusal)) {
            return ofKernel(refusal, "cannot give slot " + slot + " back");
        }
        return refusal == Refusal.STALE_HANDLE
                ? new VkaError(Reason.STALE_HANDLE, "slot " + slot + " is not one that was taken singly")
                : new VkaError(Reason.FOREIGN_HANDLE, "slot " + slot + " is not in the CSpace that is managed");
    }

    private String illegalSize(ObjectType type, int size) {
        int least = allocman.architecture().leastSize(type);
        int most = allocman.architecture().mostSize(type);
        return switch (type.kind()) {
            case CNODE -> "a CNode's radix is " + least + " to " + most + ", not " + size;
            case UNTYPED -> "an untyped has " + least + " to " + most + " size bits, not " + size;
            default -> "an object of type " + type.text() + " has " + least + " to " + most + " size bits, not " + size;
        };
    }

    private String largest(MemoryKind kind) {
        int bits = allocman.untypeds().manager().largestFree(kind);
        return bits < 0
                ? "no " + kind.text() + " is left"
                : "the largest free block of " + kind.text() + " has " + bytes(bits);
    }

    private String slotsLeft() {
        return allocman.slots().cspace().freeSlots() + " slots are left";
    }

    private String poolsLeft() {
        Statistics now = allocman.statistics();
        return (now.staticPagesReady() + now.virtualPagesReady()) + " pages are ready, "
                + now.virtualPagesMapped() + " of " + allocman.layout().windowPages()
                + " pages of the virtual pool are mapped";
    }

    private static String bytes(int bits) {
        return "2^" + bits + " bytes";
    }

    private static String article(ObjectType type) {
        return ("aeiou".indexOf(Character.toLowerCase(type.text().charAt(0))) >= 0 ? "an " : "a ") + type.text();
    }
}
