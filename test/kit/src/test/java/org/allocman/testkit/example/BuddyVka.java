package org.allocman.testkit.example;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;

/**
 * Somebody else's allocator: blocks are halved and made whole again, and all it knows is in Java collections. It is here to
 * show how another implementation is put under the contract; it shares nothing with ours.
 */
final class BuddyVka implements Vka {
    private final Kernel kernel;
    /** Slots two by two, because the halves of a block are made in one retype; whoever needs one slot gets two. */
    private final Deque<Long> freePairs = new ArrayDeque<>();

    private final Set<Long> takenSlots = new HashSet<>();
    private final List<Block> roots = new ArrayList<>();
    private final Map<Long, Block> live = new HashMap<>();
    private long handles;

    /** A block of memory: free, an object, or two halves. */
    private static final class Block {
        final Untyped untyped;
        List<Block> halves = List.of();
        long objectSlot;

        Block(Untyped untyped) {
            this.untyped = untyped;
        }

        boolean isFree() {
            return objectSlot == 0 && halves.isEmpty();
        }

        boolean holds(long paddr) {
            return paddr - untyped.paddr() >>> untyped.sizeBits() == 0;
        }
    }

    BuddyVka(Kernel kernel, BootInfo bootInfo) {
        this.kernel = kernel;
        for (long slot = bootInfo.empty().start(); slot + 1 < bootInfo.empty().end(); slot += 2) {
            freePairs.add(slot);
        }
        bootInfo.untypeds().forEach(untyped -> roots.add(new Block(untyped)));
    }

    @Override
    public Architecture architecture() {
        return kernel.architecture();
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        Option<VkaError> bad = check(type, size);
        if (bad.isDefined()) {
            return Either.left(bad.get());
        }
        int bits = architecture().sizeBits(type, size);
        roots.forEach(this::merge);
        Block best = null;
        Deque<Block> left = new ArrayDeque<>(roots);
        while (!left.isEmpty()) {
            Block block = left.pop();
            left.addAll(block.halves);
            if (block.isFree()
                    && !block.untyped.device()
                    && block.untyped.sizeBits() >= bits
                    && (best == null || block.untyped.sizeBits() < best.untyped.sizeBits())) {
                best = block;
            }
        }
        return best == null
                ? refuse(Reason.OUT_OF_UNTYPED, "no block of 2^" + bits + " bytes is free")
                : place(best, type, size, bits, best.untyped.paddr());
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        Option<VkaError> bad = check(type, size);
        if (bad.isDefined()) {
            return Either.left(bad.get());
        }
        int bits = architecture().sizeBits(type, size);
        if ((paddr & (1L << bits) - 1) != 0) {
            return refuse(Reason.UNALIGNED, "the address is no multiple of 2^" + bits);
        }
        roots.forEach(this::merge);
        for (Block root : roots) {
            if (root.holds(paddr) && root.untyped.sizeBits() >= bits) {
                if (root.untyped.device() && type != ObjectType.UNTYPED && !type.isFrame()) {
                    return refuse(Reason.WRONG_KIND, "that is device memory");
                }
                Block at = root;
                while (!at.halves.isEmpty() && at.untyped.sizeBits() > bits) {
                    at = half(at, paddr);
                }
                return at.isFree() ? place(at, type, size, bits, paddr) : refuse(Reason.IN_USE, "part of it is in use");
            }
        }
        return refuse(Reason.NOT_MANAGED, "no untyped holds it");
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        return allocate(type, size);
    }

    private Option<VkaError> check(ObjectType type, int size) {
        if (!architecture().has(type)) {
            return Option.some(new VkaError(Reason.UNKNOWN_TYPE, "there is no " + type.text()));
        }
        int least = type == ObjectType.UNTYPED ? Architecture.MIN_UNTYPED_BITS : 1;
        int most = architecture().maxUntypedBits()
                - (type == ObjectType.CNODE ? architecture().slotBits() : 0);
        return type.isSizedByCaller() && (size < least || size > most)
                ? Option.some(new VkaError(Reason.ILLEGAL_SIZE, type.text() + " has no size " + size))
                : Option.none();
    }

    private static <T> Either<VkaError, T> refuse(Reason reason, String message) {
        return Either.left(new VkaError(reason, message));
    }

    private static Either<VkaError, VkaObject> refuse(KernelError error) {
        return Either.left(VkaError.ofKernel("nothing is made", InvocationKind.RETYPE, error));
    }

    private static Block half(Block block, long paddr) {
        return block.halves.get(block.halves.get(0).holds(paddr) ? 0 : 1);
    }

    private Either<VkaError, VkaObject> place(Block top, ObjectType type, int size, int bits, long paddr) {
        int levels = top.untyped.sizeBits() - bits;
        if (freePairs.size() <= levels) {
            return refuse(Reason.OUT_OF_SLOTS, freePairs.size() + " pairs of slots are left");
        }
        Block at = top;
        KernelError error = KernelError.NO_ERROR;
        while (at.untyped.sizeBits() > bits && !error.failed()) {
            error = split(at);
            at = error.failed() ? at : half(at, paddr);
        }
        long slot = freePairs.pop();
        if (!error.failed()) {
            error = retype(at.untyped.slot(), type, size, slot, 1);
        }
        if (error.failed()) {
            freePairs.push(slot);
            merge(top);
            return refuse(error);
        }
        at.objectSlot = slot;
        live.put(++handles, at);
        return Either.right(new VkaObject(type, bits, slot, handles));
    }

    private KernelError split(Block block) {
        Untyped whole = block.untyped;
        int bits = whole.sizeBits() - 1;
        long pair = freePairs.pop();
        KernelError error = retype(whole.slot(), ObjectType.UNTYPED, bits, pair, 2);
        if (error.failed()) {
            freePairs.push(pair);
        } else {
            block.halves = List.of(
                    new Block(new Untyped(pair, whole.paddr(), bits, whole.device())),
                    new Block(new Untyped(pair + 1, whole.paddr() + (1L << bits), bits, whole.device())));
        }
        return error;
    }

    /** Makes halves that are both free whole again, unless the kernel will not. */
    private void merge(Block block) {
        block.halves.forEach(this::merge);
        if (!block.halves.isEmpty()
                && block.halves.stream().allMatch(Block::isFree)
                && !revoke(block).failed()) {
            freePairs.push(block.halves.get(0).untyped.slot());
            block.halves = List.of();
        }
    }

    private KernelError retype(long untyped, ObjectType type, int size, long slot, int count) {
        return kernel.retype(untyped, architecture().number(type), size, BootSlots.CNODE, 0, 0, slot, count);
    }

    private KernelError revoke(Block block) {
        return kernel.revoke(
                BootSlots.CNODE, block.untyped.slot(), architecture().wordBits());
    }

    private Option<Block> block(VkaObject object) {
        return Option.of(live.get(object.handle())).filter(block -> block.objectSlot == object.cptr());
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        Option<Block> block = block(object);
        if (block.isEmpty()) {
            return Option.some(new VkaError(Reason.STALE_HANDLE, "nobody holds that"));
        }
        KernelError error = revoke(block.get());
        if (error.failed()) {
            return Option.some(refuse(error).getLeft());
        }
        freePairs.push(block.get().objectSlot);
        block.get().objectSlot = 0;
        live.remove(object.handle());
        return Option.none();
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        return block(object)
                .map(block -> block.untyped.paddr())
                .toEither(() -> new VkaError(Reason.STALE_HANDLE, "nobody holds that"));
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        if (freePairs.isEmpty()) {
            return refuse(Reason.OUT_OF_SLOTS, "no slot is left");
        }
        long slot = freePairs.pop();
        takenSlots.add(slot);
        return Either.right(path(slot));
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        if (!slot.equals(path(slot.index())) || !takenSlots.remove(slot.index())) {
            return Option.some(new VkaError(Reason.STALE_HANDLE, "nobody holds that"));
        }
        freePairs.push(slot.index());
        return Option.none();
    }

    @Override
    public CapPath path(long cptr) {
        return new CapPath(BootSlots.CNODE, cptr, architecture().wordBits());
    }
}
