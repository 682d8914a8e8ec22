package org.allocman.vka.wrap;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.allocman.qual.Bytes;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;

/**
 * An allocator for one client of several: it has at most so many bytes of objects and so many capability slots at a time, and
 * can give back only what it was given itself. What would be too much is refused with {@link Reason#OVER_QUOTA} before the
 * allocator behind it is asked. An object counts with its own size, and with one slot; an object in a slot of the client's with
 * its size alone, for the slot was counted when it was taken.
 *
 * <p>An object that is given back behind this allocator, to the one that does the work, counts until that is noticed: when it is
 * given back here, which is refused, or when a request would be too much, which looks at every object once. A slot that is given
 * back so counts until it is given back here and the allocator behind refuses.
 *
 * <p>Who has what is kept on the Java heap, so that the allocator behind it behaves as without it.
 */
public final class QuotaVka extends ForwardingVka {
    private final Map<Long, Held> objects = new HashMap<>();
    private final Set<CapPath> slots = new HashSet<>();
    private @Bytes long mostBytes;
    private long mostSlots;
    private @Bytes long bytes;
    private long objectSlots;

    /** An object that is counted, and the slots that were counted with it. */
    private record Held(VkaObject object, @Bytes long bytes, int slots) {}

    /**
     * Stands before an allocator, which several clients may share.
     *
     * @param vka who does the work
     * @param bytes the most bytes of objects, 0 or more
     * @param slots the most slots, 0 or more
     * @throws IllegalArgumentException if a quota is negative
     */
    public QuotaVka(Vka vka, @Bytes long bytes, long slots) {
        super(vka);
        if (bytes < 0 || slots < 0) {
            throw new IllegalArgumentException("a quota is 0 or more, not " + Math.min(bytes, slots));
        }
        this.mostBytes = bytes;
        this.mostSlots = slots;
    }

    /**
     * What of the quota of memory is not used.
     *
     * @return bytes, 0 or more
     */
    public @Bytes long bytesLeft() {
        return mostBytes - bytes;
    }

    /**
     * What of the quota of slots is not used.
     *
     * @return slots, 0 or more
     */
    public long slotsLeft() {
        return mostSlots - objectSlots - slots.size();
    }

    /**
     * Hands some of what is not used over to another client.
     *
     * @param to who gets it
     * @param moreBytes how many bytes, 0 or more
     * @param moreSlots how many slots, 0 or more
     * @return nothing, or why it was refused: {@link Reason#OVER_QUOTA} if so much is not left or the other would have 2^63 or
     *     more, {@link Reason#ILLEGAL_SIZE} if a number is negative
     */
    public Option<VkaError> transfer(QuotaVka to, @Bytes long moreBytes, long moreSlots) {
        Objects.requireNonNull(to, "to");
        if (moreBytes < 0 || moreSlots < 0) {
            return Option.some(new VkaError(Reason.ILLEGAL_SIZE, "0 or more of a quota can be transferred"));
        }
        if (isOver(moreBytes, moreSlots)) {
            return Option.some(over("cannot transfer " + moreBytes + " bytes and " + moreSlots + " slots"));
        }
        if (to != this && (moreBytes > Long.MAX_VALUE - to.mostBytes || moreSlots > Long.MAX_VALUE - to.mostSlots)) {
            return Option.some(new VkaError(Reason.OVER_QUOTA, "the other client would have a quota of 2^63 or more"));
        }
        mostBytes -= moreBytes;
        mostSlots -= moreSlots;
        to.mostBytes += moreBytes;
        to.mostSlots += moreSlots;
        return Option.none();
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        return within(type, size, 1, () -> vka().allocate(type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        return within(type, size, 1, () -> vka().allocateAt(type, size, paddr));
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        return within(type, size, 1, () -> vka().allocateMaybeDevice(type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateInto(CapPath slot, ObjectType type, int size) {
        return slots.contains(slot)
                ? within(type, size, 0, () -> vka().allocateInto(slot, type, size))
                : Either.left(notTaken(slot));
    }

    @Override
    public Either<VkaError, VkaObject> allocateIntoAt(CapPath slot, ObjectType type, int size, long paddr) {
        return slots.contains(slot)
                ? within(type, size, 0, () -> vka().allocateIntoAt(slot, type, size, paddr))
                : Either.left(notTaken(slot));
    }

    private Either<VkaError, VkaObject> within(
            ObjectType type, int size, int slot, Supplier<Either<VkaError, VkaObject>> allocation) {
        Architecture architecture = architecture();
        // what no kernel makes is for the allocator to refuse, which says why
        int bits = architecture.has(type) && isPossible(type, size) ? architecture.sizeBits(type, size) : 0;
        if (bits > 0 && isOver(1L << bits, slot)) {
            return Either.left(over("cannot make an object of type " + type.text() + " and 2^" + bits + " bytes"));
        }
        Either<VkaError, VkaObject> answer = allocation.get();
        answer.forEach(object -> {
            Held held = new Held(object, 1L << object.sizeBits(), slot);
            // a handle that was given back behind may come again
            forget(object);
            objects.put(object.handle(), held);
            bytes += held.bytes;
            objectSlots += slot;
        });
        return answer;
    }

    /** Whether so much is not left, even when what was given back behind counts no more. */
    private boolean isOver(long moreBytes, long moreSlots) {
        if (moreBytes <= bytesLeft() && moreSlots <= slotsLeft()) {
            return false;
        }
        List<Held> gone = objects.values().stream()
                .filter(held -> vka().physicalAddress(held.object).isLeft())
                .toList();
        gone.forEach(held -> forget(held.object));
        return moreBytes > bytesLeft() || moreSlots > slotsLeft();
    }

    private void forget(VkaObject object) {
        Held held = objects.remove(object.handle());
        if (held != null) {
            bytes -= held.bytes;
            objectSlots -= held.slots;
        }
    }

    private boolean isPossible(ObjectType type, int size) {
        return !type.isSizedByCaller()
                || size >= 1
                        && size <= architecture().maxUntypedBits()
                        && architecture().sizeBits(type, size) <= architecture().maxUntypedBits();
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        Option<VkaError> bad = notOurs(object);
        if (bad.isDefined()) {
            return bad;
        }
        Held held = objects.get(object.handle());
        Option<VkaError> refused = vka().free(object);
        if (refused.isEmpty()
                || held != null && vka().physicalAddress(held.object).isLeft()) {
            forget(object);
        }
        return refused;
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        Option<VkaError> bad = notOurs(object);
        return bad.isDefined() ? Either.left(bad.get()) : vka().physicalAddress(object);
    }

    /** What was never given to this client, though perhaps to another; a handle that is not good is explained behind. */
    private Option<VkaError> notOurs(VkaObject object) {
        if (objects.containsKey(object.handle())) {
            return Option.none();
        }
        Either<VkaError, Long> anybodys = vka().physicalAddress(object);
        return Option.some(
                anybodys.isLeft()
                        ? anybodys.getLeft()
                        : new VkaError(
                                Reason.FOREIGN_HANDLE, "the " + object + " was not given out by this allocator"));
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        if (isOver(0, 1)) {
            return Either.left(over("cannot take a slot"));
        }
        Either<VkaError, CapPath> answer = vka().allocateSlot();
        answer.forEach(slots::add);
        return answer;
    }

    @Override
    public Either<VkaError, CapPath> allocateSlots(int count) {
        if (count > 0 && isOver(0, count)) {
            return Either.left(over("cannot take " + count + " slots"));
        }
        Either<VkaError, CapPath> answer = vka().allocateSlots(count);
        answer.forEach(first -> {
            for (int i = 0; i < count; i++) {
                slots.add(new CapPath(first.root(), first.index() + i, first.depth()));
            }
        });
        return answer;
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        if (!slots.contains(slot)) {
            return Option.some(notTaken(slot));
        }
        Option<VkaError> refused = vka().freeSlot(slot);
        if (refused.isEmpty() || refused.get().reason() == Reason.STALE_HANDLE) {
            slots.remove(slot);
        }
        return refused;
    }

    private static VkaError notTaken(CapPath slot) {
        return new VkaError(Reason.STALE_HANDLE, "slot " + slot + " is not one that was taken from this allocator");
    }

    private VkaError over(String asked) {
        return new VkaError(
                Reason.OVER_QUOTA,
                asked + ": of the quota " + bytesLeft() + " of " + mostBytes + " bytes and " + slotsLeft() + " of "
                        + mostSlots + " slots are left");
    }
}
