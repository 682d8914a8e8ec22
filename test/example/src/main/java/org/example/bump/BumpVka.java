package org.example.bump;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/** An allocator that never takes an object back: each is made behind the one before it, in the first untyped with room. */
public final class BumpVka implements Vka {
    private static final int LEAST_RADIX = 1;

    private final Kernel kernel;
    private final List<Untyped> untypeds;
    private final long[] used;
    private final Set<Long> lent = new HashSet<>();
    private final BootInfo.SlotRegion slots;
    private long nextSlot;

    /**
     * An allocator for what a kernel leaves the root task with.
     *
     * @param kernel the kernel
     * @param bootInfo untypeds, and empty slots
     */
    public BumpVka(Kernel kernel, BootInfo bootInfo) {
        this.kernel = kernel;
        this.untypeds = bootInfo.untypeds();
        this.used = new long[untypeds.size()];
        this.slots = bootInfo.empty();
        this.nextSlot = slots.start();
    }

    @Override
    public Architecture architecture() {
        return kernel.architecture();
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        return checked(type, size).flatMap(bits -> {
            for (int i = 0; i < used.length; i++) {
                if (!untypeds.get(i).device() && end(i, bits) <= 1L << untypeds.get(i).sizeBits()) {
                    return make(i, type, size, bits);
                }
            }
            return refuse(Reason.OUT_OF_UNTYPED, "no untyped has room for 2^" + bits + " bytes");
        });
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        return checked(type, size).flatMap(bits -> {
            if ((paddr & (1L << bits) - 1) != 0) {
                return refuse(Reason.UNALIGNED, "the address is no multiple of 2^" + bits);
            }
            for (int i = 0; i < used.length; i++) {
                Untyped untyped = untypeds.get(i);
                if (paddr - untyped.paddr() >>> untyped.sizeBits() == 0 && bits <= untyped.sizeBits()) {
                    if (untyped.device() && type != ObjectType.UNTYPED && !type.isFrame()) {
                        return refuse(Reason.WRONG_KIND, "that is device memory");
                    }
                    long next = untyped.paddr() + end(i, bits) - (1L << bits);
                    return paddr == next
                            ? make(i, type, size, bits)
                            : refuse(paddr < next ? Reason.IN_USE : Reason.NOT_NEXT, "the next address is " + next);
                }
            }
            return refuse(Reason.NOT_MANAGED, "no untyped holds it");
        });
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        return allocate(type, size);
    }

    /** How far an untyped will be in use with one more object, which lies at a multiple of its size. */
    private long end(int untyped, int bits) {
        return ((used[untyped] - 1 >> bits) + 2) << bits;
    }

    private Either<VkaError, VkaObject> make(int index, ObjectType type, int size, int bits) {
        if (nextSlot == slots.end()) {
            return refuse(Reason.OUT_OF_SLOTS, "all slots are in use");
        }
        Untyped untyped = untypeds.get(index);
        KernelError error = kernel.retype(
                untyped.slot(), architecture().number(type), size, BootSlots.CNODE, 0, 0, nextSlot, 1);
        if (error.failed()) {
            return Either.left(VkaError.ofKernel("nothing is made", InvocationKind.RETYPE, error));
        }
        used[index] = end(index, bits);
        long paddr = untyped.paddr() + used[index] - (1L << bits);
        return Either.right(new VkaObject(type, bits, nextSlot++, paddr));
    }

    private Either<VkaError, Integer> checked(ObjectType type, int size) {
        if (!architecture().has(type)) {
            return refuse(Reason.UNKNOWN_TYPE, "there is no " + type.text());
        }
        int least = type == ObjectType.UNTYPED ? Architecture.MIN_UNTYPED_BITS : LEAST_RADIX;
        int most = architecture().maxUntypedBits() - (type == ObjectType.CNODE ? architecture().slotBits() : 0);
        return type.isSizedByCaller() && (size < least || size > most)
                ? refuse(Reason.ILLEGAL_SIZE, type.text() + " has no size " + size)
                : Either.right(architecture().sizeBits(type, size));
    }

    private static <T> Either<VkaError, T> refuse(Reason reason, String message) {
        return Either.left(new VkaError(reason, message));
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        return Option.some(new VkaError(Reason.ALLOCATE_ONLY, "nothing is given back"));
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        return Either.right(object.handle());
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        if (nextSlot == slots.end()) {
            return refuse(Reason.OUT_OF_SLOTS, "all slots are in use");
        }
        lent.add(nextSlot);
        return Either.right(path(nextSlot++));
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        return slot.equals(path(slot.index())) && lent.remove(slot.index())
                ? Option.none()
                : Option.some(new VkaError(Reason.STALE_HANDLE, "nobody was given that"));
    }

    @Override
    public CapPath path(long cptr) {
        return new CapPath(BootSlots.CNODE, cptr, architecture().wordBits());
    }
}
