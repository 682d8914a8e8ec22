package org.allocman.child;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import org.allocman.bootstrap.InitialState;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;

/**
 * Memory that was handed over to another task: untypeds in its CSpace, and a table of their sizes and addresses as the boot info
 * has it, so that the task can start a manager of its own. Normal memory, in as few untypeds as possible.
 *
 * @param objects the untypeds, as the allocator knows them; their capabilities are not in its slots any more
 * @param untypeds the same as the task knows them, in slot order
 */
public record HandOver(List<VkaObject> objects, List<Untyped> untypeds) {
    private static final @SizeBits int LEAST_BITS = 12;
    private static final int PER_BYTE = 8;

    /**
     * Keeps copies of the lists.
     *
     * @param objects the untypeds, as the allocator knows them
     * @param untypeds the same as the task knows them, in slot order
     */
    public HandOver {
        objects = List.copyOf(objects);
        untypeds = List.copyOf(untypeds);
    }

    /**
     * Hands over all that is left, in pieces of a page or more, the largest first, as long as there are slots for them. What the
     * allocator's pools need for growing it must have set apart before.
     *
     * @param from the allocator
     * @param kernel the kernel below it
     * @param first the first of the slots in the task's CSpace that are to hold them, in the caller's words; all are empty
     * @param slots how many slots there are, one behind the other
     * @return what was handed over, perhaps nothing; or why nothing was: the kernel's refusal
     */
    public static Either<VkaError, HandOver> all(Vka from, Kernel kernel, CapPath first, int slots) {
        return new Taking(from, kernel, first, slots).take(Long.MAX_VALUE, false);
    }

    /**
     * Hands over an amount, all of it or nothing.
     *
     * @param from the allocator
     * @param kernel the kernel below it
     * @param first the first of the slots in the task's CSpace that are to hold it, in the caller's words; all are empty
     * @param slots how many slots there are, one behind the other
     * @param bytes how much, 1 or more; it is rounded up to pages
     * @return what was handed over; or why nothing was: {@link Reason#ILLEGAL_SIZE}, {@link Reason#OUT_OF_UNTYPED}, {@link
     *     Reason#OUT_OF_SLOTS} if it is in more pieces than there are slots, the allocator's or the kernel's refusal
     */
    public static Either<VkaError, HandOver> amount(
            Vka from, Kernel kernel, CapPath first, int slots, @Bytes long bytes) {
        long most = 1L << Long.SIZE - 2;
        return bytes < 1 || bytes > most
                ? Either.left(new VkaError(
                        Reason.ILLEGAL_SIZE, "1 byte or more can be handed over, and at most 2^62, not " + bytes))
                : new Taking(from, kernel, first, slots).take(bytes, true);
    }

    /** How untypeds are taken from an allocator and moved. */
    private record Taking(Vka from, Kernel kernel, CapPath first, int slots, List<VkaObject> taken) {
        Taking(Vka from, Kernel kernel, CapPath first, int slots) {
            this(from, kernel, first, slots, new ArrayList<>());
        }

        Either<VkaError, HandOver> take(long bytes, boolean isExact) {
            int least = Math.max(LEAST_BITS, from.architecture().minUntypedBits());
            int bits = from.architecture().maxUntypedBits();
            Option<VkaError> ended = Option.none();
            for (long left = bytes; left > 0 && ended.isEmpty(); ) {
                bits = Math.max(least, Math.min(bits, Long.SIZE - 1 - Long.numberOfLeadingZeros(left)));
                if (taken.size() == slots) {
                    ended = Option.some(new VkaError(
                            Reason.OUT_OF_SLOTS,
                            "what is to be handed over is in more than " + slots
                                    + " pieces, for which there are slots"));
                } else {
                    Either<VkaError, VkaObject> answer = from.untyped(bits);
                    if (answer.isRight()) {
                        taken.add(answer.get());
                        left -= 1L << bits;
                        // as many pages as were asked for, or the one that has the rest
                        left = left < 0 ? 0 : left;
                    } else if (answer.getLeft().reason() == Reason.OUT_OF_UNTYPED && bits > least) {
                        bits--;
                    } else {
                        ended = Option.some(answer.getLeft());
                    }
                }
            }
            boolean wantsMore = isExact || ended.exists(why -> why.reason() == Reason.KERNEL_REFUSED);
            return ended.isDefined() && wantsMore ? Either.left(undo(ended.get())) : move();
        }

        private Either<VkaError, HandOver> move() {
            List<Untyped> untypeds = new ArrayList<>();
            for (VkaObject object : taken) {
                long slot = first.index() + untypeds.size();
                Either<VkaError, Long> paddr = from.physicalAddress(object);
                if (paddr.isLeft()) {
                    return Either.left(undo(paddr.getLeft()));
                }
                KernelError error =
                        kernel.move(new CapPath(first.root(), slot, first.depth()), from.path(object.cptr()));
                if (error.failed()) {
                    return Either.left(undo(VkaError.ofKernel(
                            "the " + object + " cannot be handed over to slot " + slot, InvocationKind.MOVE, error)));
                }
                untypeds.add(new Untyped(slot, paddr.get(), object.sizeBits(), false));
            }
            return Either.right(new HandOver(taken, untypeds));
        }

        private VkaError undo(VkaError why) {
            return giveBack(from, taken)
                    .map(rest -> why.withMessage(why.message() + "; and not everything went back: " + rest.message()))
                    .getOrElse(why);
        }
    }

    private static Option<VkaError> giveBack(Vka to, List<VkaObject> objects) {
        Option<VkaError> first = Option.none();
        for (VkaObject object : objects) {
            boolean isThere = to.physicalAddress(object).isRight();
            Option<VkaError> refused = isThere ? to.free(object) : Option.none();
            first = first.orElse(refused);
        }
        return first;
    }

    /**
     * Takes everything back, with all that the task has made of it.
     *
     * @param to the allocator that it came from
     * @return nothing; or the first refusal: what was not refused is back, and this can be called again
     */
    public Option<VkaError> takeBack(Vka to) {
        return giveBack(to, objects);
    }

    /**
     * How much was handed over.
     *
     * @return the sum of the sizes
     */
    public @Bytes long bytes() {
        return untypeds.stream().mapToLong(untyped -> 1L << untyped.sizeBits()).sum();
    }

    /**
     * What a manager of the task starts from, in a CSpace of one CNode whose capabilities are where those of a root task are.
     *
     * @param architecture the kernel's architecture
     * @param firstFree the first of its slots that is empty; so are all behind it
     * @param end one more than its greatest slot
     * @return the initial state
     */
    public InitialState initialState(Architecture architecture, @CPtr long firstFree, @CPtr long end) {
        return InitialState.described(architecture, BootSlots.CNODE, architecture.wordBits(), firstFree, end, untypeds);
    }

    /**
     * Writes the table as the boot info has it: for each untyped its address as a word, then a word whose lowest byte is its size
     * in bits and whose next byte is 0, for normal memory.
     *
     * @param architecture the kernel's architecture, whose words these are
     * @param memory where to
     * @param address the first byte, a multiple of two words
     */
    public void writeTable(Architecture architecture, Memory memory, @VirtAddr long address) {
        int word = architecture.wordBits() / PER_BYTE;
        long at = address;
        for (Untyped untyped : untypeds) {
            put(memory, word, at, untyped.paddr());
            put(memory, word, at + word, untyped.sizeBits());
            at += 2L * word;
        }
    }

    private static void put(Memory memory, int bytes, long address, long word) {
        if (bytes == Long.BYTES) {
            memory.store64(address, 0, word);
        } else {
            memory.store32(address, 0, (int) word);
        }
    }
}
