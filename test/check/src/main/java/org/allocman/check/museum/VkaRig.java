package org.allocman.check.museum;

import static org.allocman.vka.PageSize.PAGE_BITS;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.allocman.check.action.Outcome;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.untyped.MemoryKind;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;

/**
 * An allocator on a machine with a few small untypeds. It is asked for objects of the smallest and the largest sizes, at every
 * sort of address, and to free them; users copy capabilities. Every answer is compared with what a user can know: who holds
 * which memory.
 */
final class VkaRig extends Rig {
    private static final int MOST_LIVE = 3;
    private static final int WORDS = 4;
    private final Vka vka;
    private final List<Root> roots;
    private final long spare;
    private final boolean givesBack;

    /** Makes what is under test for a rig. */
    interface Factory extends Function<VkaRig, Vka> {}

    /**
     * A rig.
     *
     * @param machine the machine
     * @param roots its untypeds, in their order
     * @param givesBack whether objects can be freed
     * @param factory makes the allocator; the slot before the last is not its
     */
    @SuppressWarnings("nullness:argument") // a factory sees of it what a Rig has, and that is there
    VkaRig(PlainMachine machine, List<Root> roots, boolean givesBack, Factory factory) {
        super(machine);
        this.roots = roots;
        this.givesBack = givesBack;
        this.spare = machine.bootInfo().empty().end() - 1;
        this.vka = factory.apply(this);
        addAllocations();
        addAddresses();
        for (int i = 0; i < MOST_LIVE && givesBack; i++) {
            int index = i;
            add("free object " + i, () -> isLive(index), () -> free(index));
        }
        add(
                "copy object 0's capability",
                () -> isLive(0) && slots.isEmpty(slots.at(machine.cnode(), spare)),
                this::copy);
    }

    private void addAllocations() {
        allocation(ObjectType.ENDPOINT, 0);
        allocation(ObjectType.TCB, 0);
        allocation(ObjectType.SMALL_PAGE, 0);
        int largest = roots.stream()
                .filter(root -> root.kind() == MemoryKind.KERNEL)
                .mapToInt(root -> root.untyped().sizeBits())
                .max()
                .orElseThrow();
        allocation(ObjectType.CNODE, largest - architecture.slotBits());
        add(
                "allocate a page, of a device or not",
                this::hasRoom,
                () -> answered(
                        vka.allocateMaybeDevice(ObjectType.SMALL_PAGE, 0),
                        ObjectType.SMALL_PAGE,
                        0,
                        paddr -> isFreeIn(paddr, PAGE_BITS, MemoryKind.KERNEL)
                                || isFreeIn(paddr, PAGE_BITS, MemoryKind.DEVICE_RAM)));
    }

    private void allocation(ObjectType type, int size) {
        int bits = architecture.sizeBits(type, size);
        add(
                "allocate " + type.text() + " of 2^" + bits,
                this::hasRoom,
                () -> answered(
                        vka.allocate(type, size), type, size, paddr -> isFreeIn(paddr, bits, MemoryKind.KERNEL)));
    }

    private void addAddresses() {
        List<Long> addresses = new ArrayList<>(List.of(0L, 1L << PAGE_BITS));
        for (Root root : roots) {
            if (root.isPlaced()) {
                long start = root.untyped().paddr();
                long last = root.untyped().last() & -1L << PAGE_BITS;
                for (long address : new long[] {start, last, last + (1L << PAGE_BITS), start + (1L << PAGE_BITS - 1)}) {
                    if (!addresses.contains(address)) {
                        addresses.add(address);
                    }
                }
            }
        }
        for (long paddr : addresses) {
            add("allocate a page at 0x" + Long.toHexString(paddr), this::hasRoom, () -> at(paddr));
        }
    }

    private Outcome at(long paddr) {
        Either<VkaError, VkaObject> answer = vka.allocateAt(ObjectType.SMALL_PAGE, 0, paddr);
        if (answer.isRight()) {
            return got(answer.get(), ObjectType.SMALL_PAGE, 0, place -> place == paddr && isFreeAnywhere(place));
        }
        boolean aligned = (paddr & (1L << PAGE_BITS) - 1) == 0;
        Reason expected = !aligned
                ? Reason.UNALIGNED
                : holder(paddr) < 0 ? Reason.NOT_MANAGED : !isFreeAnywhere(paddr) ? Reason.IN_USE : null;
        Reason reason = answer.getLeft().reason();
        boolean good = reason == expected
                || isFaulty()
                || !aligned && holder(paddr & -1L << PAGE_BITS) < 0 && reason == Reason.NOT_MANAGED
                || expected == null && (reason == Reason.OUT_OF_SLOTS || reason == Reason.OUT_OF_BOOK_KEEPING)
                || expected == null && !givesBack;
        return good
                ? Outcome.refused(answer.getLeft())
                : Outcome.wrong(answer.getLeft(), "refusals have a reason: it should be " + expected);
    }

    private boolean isFreeAnywhere(long paddr) {
        for (MemoryKind kind : MemoryKind.values()) {
            if (isFreeIn(paddr, PAGE_BITS, kind)) {
                return true;
            }
        }
        return false;
    }

    /** The number of the placed untyped that holds an address, or -1. */
    private int holder(long paddr) {
        for (int i = 0; i < roots.size(); i++) {
            if (roots.get(i).isPlaced()
                    && paddr - roots.get(i).untyped().paddr()
                                    >>> roots.get(i).untyped().sizeBits()
                            == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a place is one where an object of a kind may be now. */
    private interface Place {
        boolean isGood(long paddr);
    }

    private boolean isFreeIn(long paddr, int bits, MemoryKind kind) {
        boolean inside = false;
        for (Root root : roots) {
            inside |= root.kind() == kind
                    && paddr - root.untyped().paddr() >>> root.untyped().sizeBits() == 0
                    && bits <= root.untyped().sizeBits();
        }
        if (!inside || (paddr & (1L << bits) - 1) != 0) {
            return false;
        }
        for (int i = 0; i < MOST_LIVE; i++) {
            if (isLive(i)) {
                long base = memory.load64(word(WORDS * i + 3), 0);
                int other = (int) memory.load64(word(WORDS * i), 0) >>> 8;
                int wider = Math.max(bits, other);
                if (base >>> wider == paddr >>> wider) {
                    return false;
                }
            }
        }
        return true;
    }

    private Outcome answered(Either<VkaError, VkaObject> answer, ObjectType type, int size, Place place) {
        if (answer.isRight()) {
            return got(answer.get(), type, size, place);
        }
        Reason reason = answer.getLeft().reason();
        if (isFaulty()) {
            return Outcome.refused(answer.getLeft());
        }
        if (reason == Reason.OUT_OF_UNTYPED && givesBack && isRoomFor(architecture.sizeBits(type, size), place)) {
            return Outcome.wrong(answer.getLeft(), "refusals have a reason: there is a free block");
        }
        return reason == Reason.OUT_OF_UNTYPED || reason == Reason.OUT_OF_SLOTS || reason == Reason.OUT_OF_BOOK_KEEPING
                ? Outcome.refused(answer.getLeft())
                : Outcome.wrong(answer.getLeft(), "refusals have a reason: nothing was wrong with the request");
    }

    private boolean isRoomFor(int bits, Place place) {
        for (Root root : roots) {
            int levels = root.untyped().sizeBits() - bits;
            for (long block = 0; levels >= 0 && block < 1L << levels; block++) {
                if (place.isGood(root.untyped().paddr() + (block << bits))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The kernel says where an object is; the allocator has to say the same, and the place has to be one that was free. */
    private Outcome got(VkaObject object, ObjectType type, int size, Place place) {
        int bits = architecture.sizeBits(type, size);
        long slot = slots.at(machine.cnode(), object.cptr());
        long paddr = slots.isEmpty(slot) ? -1 : slots.object(slot);
        if (paddr < 0) {
            return Outcome.wrong(object, "objects are in their slots: slot " + object.cptr() + " is empty");
        }
        if (object.type() != type || object.sizeBits() != bits) {
            return Outcome.wrong(object, "objects are what was asked for");
        }
        if (!place.isGood(paddr)) {
            return Outcome.wrong(
                    object, "objects are where they may be: 0x" + Long.toHexString(paddr) + " is not such a place");
        }
        Either<VkaError, Long> said = vka.physicalAddress(object);
        if (said.isLeft() || said.get() != paddr) {
            return Outcome.wrong(
                    object,
                    "the allocator knows where objects are: it says " + said + " of 0x" + Long.toHexString(paddr));
        }
        int index = 0;
        while (isLive(index)) {
            index++;
        }
        memory.store64(word(WORDS * index), 0, (long) bits << 8 | type.index() + 1);
        memory.store64(word(WORDS * index + 1), 0, object.cptr());
        memory.store64(word(WORDS * index + 2), 0, object.handle());
        memory.store64(word(WORDS * index + 3), 0, paddr);
        return Outcome.DONE;
    }

    private boolean isLive(int index) {
        return index < MOST_LIVE && memory.load64(word(WORDS * index), 0) != 0;
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (int i = 0; i < MOST_LIVE; i++) {
            if (isLive(i)) {
                facts.add("object " + i + ": " + object(i) + " at 0x"
                        + Long.toHexString(memory.load64(word(WORDS * i + 3), 0)));
            }
        }
        return facts;
    }

    private boolean hasRoom() {
        for (int i = 0; i < MOST_LIVE; i++) {
            if (!isLive(i)) {
                return true;
            }
        }
        return false;
    }

    private VkaObject object(int index) {
        int what = (int) memory.load64(word(WORDS * index), 0);
        return new VkaObject(
                ObjectType.values()[(what & 0xff) - 1],
                what >>> 8,
                memory.load64(word(WORDS * index + 1), 0),
                memory.load64(word(WORDS * index + 2), 0));
    }

    private Outcome free(int index) {
        VkaObject object = object(index);
        Option<VkaError> answer = vka.free(object);
        if (answer.isDefined()) {
            return isFaulty()
                    ? Outcome.refused(answer.get())
                    : Outcome.wrong(answer.get(), "free never fails: nothing was wrong with the handle");
        }
        for (int i = 0; i < WORDS; i++) {
            memory.store64(word(WORDS * index + i), 0, 0);
        }
        return vka.free(object).isDefined()
                ? Outcome.DONE
                : Outcome.wrong(object, "handles are checked: it was freed twice");
    }

    private Outcome copy() {
        int depth = architecture.wordBits();
        var error = machine.kernel()
                .copy(
                        new CapPath(BootSlots.CNODE, spare, depth),
                        new CapPath(BootSlots.CNODE, object(0).cptr(), depth),
                        CapRights.ALL);
        return error.failed() ? Outcome.refused(error) : Outcome.DONE;
    }

    /** When all is given back, every untyped can be had as one object, and every slot. */
    @Override
    List<String> probe() {
        if (!givesBack) {
            return List.of();
        }
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < MOST_LIVE; i++) {
            if (isLive(i)) {
                vka.free(object(i)).forEach(error -> broken.add("free never fails: " + error));
            }
        }
        for (Root root : roots) {
            if (root.isPlaced()) {
                int bits = root.untyped().sizeBits();
                Either<VkaError, VkaObject> whole =
                        vka.allocateAt(ObjectType.UNTYPED, bits, root.untyped().paddr());
                if (whole.isLeft()) {
                    broken.add("nothing lost: " + root.untyped() + " cannot be had whole: " + whole.getLeft());
                } else {
                    vka.free(whole.get()).forEach(error -> broken.add("free never fails: " + error));
                }
            }
        }
        if (vka instanceof SmallVka small) {
            small.manager.trim();
        }
        long free = 0;
        while (vka.allocateSlot().isRight()) {
            free++;
        }
        long all = machine.bootInfo().empty().size() - 1;
        if (free != all) {
            broken.add("nothing lost: of " + all + " slots " + free + " can be had");
        }
        return broken;
    }
}
