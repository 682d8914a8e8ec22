package org.allocman.manager;

import org.allocman.cspace.CSpace;
import org.allocman.cspace.TwoLevelCSpace;
import org.allocman.mspace.Mspace;
import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.untyped.Refusal;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/**
 * The CSpace of another task, of two levels, made of our untypeds: a root CNode, and CNodes of the second level that come when
 * a slot is wanted and go when none of their slots is used. Its slots are named as the task will name them, and addressed by
 * {@link #path paths} from our own CSpace. When the task gets the root CNode, {@link #guard} makes slot numbers its cptrs.
 *
 * <p>All it takes are objects and memory that a user may have. Answers are those of {@link Allocman}: what was asked for, or a
 * negative {@link Refusal} and nothing changed.
 *
 * <p>The object is a view: what it knows lies in the pools.
 */
public final class TaskCSpace {
    /*
     *        63                                   7      0
     *   +0  |            handle of the root CNode           |
     *   +8  |                        | second  |   first   |   radixes
     *  +16  | handle of a CNode that is still to be freed   |
     *  +24  | state and sets of a TwoLevelCSpace            |
     *
     * A CNode of the second level is made in a slot of ours and copied into the root CNode, and the kernel can refuse what is
     * between the two. If it does not take back the CNode either, its handle waits to be freed before the next one is made.
     */
    private static final Word ROOT = new Word("root CNode", 0);
    private static final Bits FIRST_BITS = new Bits("first bits", 8, 0, 8);
    private static final Bits SECOND_BITS = new Bits("second bits", 8, 8, 8);
    private static final Word TO_FREE = new Word("CNode to free", 16);
    private static final int STATE = 24;
    private static final int SETS = STATE + TwoLevelCSpace.STATE_BYTES;
    private static final int MOST_BITS = 28;

    private final Allocman allocman;
    private final Kernel kernel;
    private final Memory memory;
    private final long record;
    private final TwoLevelCSpace cspace;
    private final SecondLevelMaker maker;

    /**
     * A view of a CSpace that was made.
     *
     * @param allocman of whose memory it is made
     * @param record what {@link #make} answered
     */
    public TaskCSpace(Allocman allocman, @VirtAddr long record) {
        this.allocman = allocman;
        this.kernel = allocman.kernel();
        this.memory = allocman.rootMemory();
        this.record = record;
        int firstBits = (int) FIRST_BITS.get(memory, record);
        int secondBits = (int) SECOND_BITS.get(memory, record);
        this.cspace = new TwoLevelCSpace(
                memory,
                record + STATE,
                record + SETS,
                new UserRecords(allocman.memory()),
                allocman.untypeds().manager().slot(ROOT.get(memory, record)),
                firstBits + secondBits,
                firstBits,
                secondBits);
        this.maker = new SecondLevelMaker(cspace, new Copied(allocman, cspace, record));
    }

    /** CNodes that are made in a slot of ours and copied into the root CNode. */
    private record Copied(Allocman allocman, TwoLevelCSpace cspace, long record) implements SecondLevelMaker.Source {
        @Override
        public long make(int node) {
            long handle = allocman.allocate(ObjectType.CNODE, cspace.secondBits(), 0);
            long refusal = handle < 0 ? handle : copy(handle, node);
            return refusal == 0 ? handle : refusal;
        }

        /** Copies a CNode into its place in the root CNode, or frees it. */
        private long copy(long handle, int node) {
            CSpace ours = allocman.slots().cspace();
            KernelError error = allocman.kernel()
                    .copy(
                            new CapPath(cspace.root(), node, cspace.depth() - cspace.secondBits()),
                            new CapPath(
                                    ours.root(), allocman.untypeds().manager().slot(handle), ours.depth()),
                            CapRights.ALL);
            if (!error.failed()) {
                return 0;
            }
            if (allocman.free(handle) != 0) {
                TO_FREE.set(allocman.rootMemory(), record, handle);
            }
            return Refusal.kernel(InvocationKind.COPY, error);
        }

        @Override
        public long free(long handle) {
            return allocman.free(handle);
        }
    }

    /**
     * Makes a CSpace, with no CNode but the root.
     *
     * @param allocman of whose memory it is made
     * @param firstBits radix of the root CNode, 1 or more
     * @param secondBits radix of the others, 1 or more; as the sets of free slots are one piece of memory, 2^9 bitmaps of up to
     *     1024 slots are the most
     * @return its record, for {@link #TaskCSpace}; or a refusal
     */
    public static @VirtAddr long make(Allocman allocman, @SizeBits int firstBits, @SizeBits int secondBits) {
        if (firstBits < 1 || secondBits < 1 || firstBits + secondBits > MOST_BITS) {
            return Refusal.ILLEGAL_SIZE;
        }
        long bytes = SETS + TwoLevelCSpace.setBytes(firstBits, secondBits);
        if (bytes > Mspace.MOST) {
            return Refusal.ILLEGAL_SIZE;
        }
        long record = allocman.memory().allocate((int) bytes);
        if (record < 0) {
            return record;
        }
        long root = allocman.allocate(ObjectType.CNODE, firstBits, 0);
        if (root < 0) {
            allocman.memory().free(record, (int) bytes);
            return root;
        }
        Memory memory = allocman.rootMemory();
        ROOT.set(memory, record, root);
        FIRST_BITS.set(memory, record, firstBits);
        SECOND_BITS.set(memory, record, secondBits);
        new TaskCSpace(allocman, record).cspace.initialise();
        return record;
    }

    /**
     * Where a slot is, from our own CSpace.
     *
     * @param slot its number
     * @return the path to it
     */
    public CapPath path(@CPtr long slot) {
        return new CapPath(cspace.root(), slot, cspace.depth());
    }

    /**
     * The root CNode.
     *
     * @return its cptr in our own CSpace
     */
    public @CPtr long root() {
        return cspace.root();
    }

    /**
     * The guard with which slot numbers are the task's cptrs.
     *
     * @return guard data, as {@link Kernel#tcbSetSpace} takes it
     */
    public long guard() {
        return kernel.architecture().guardOfZeros(kernel.architecture().wordBits() - cspace.depth());
    }

    /**
     * CNodes of the second level that are there.
     *
     * @return how many
     */
    public int nodes() {
        return cspace.nodes();
    }

    /**
     * Slots that can be taken without another CNode.
     *
     * @return how many
     */
    public long freeSlots() {
        return cspace.freeSlots();
    }

    /**
     * Takes an empty slot.
     *
     * @return its number, or a refusal
     */
    public @CPtr long takeSlot() {
        long slot = cspace.take();
        if (slot != 0) {
            return slot;
        }
        long refusal = grow(cspace.firstMissing());
        return refusal == 0 ? cspace.take() : refusal;
    }

    /**
     * Takes consecutive slots of one CNode. Each is given back for itself.
     *
     * @param count how many, 1 to {@link CSpace#longestRun}
     * @return the first, or a refusal
     */
    public @CPtr long takeSlots(int count) {
        if (count < 1 || count > cspace.longestRun()) {
            return Refusal.ILLEGAL_SIZE;
        }
        long first = cspace.takeSeveral(count);
        for (int node = cspace.firstMissing(); first == 0; node = cspace.firstMissing()) {
            // in the first CNode slot 0 is not free, so that it can be too small
            long refusal = grow(node);
            if (refusal != 0) {
                return refusal;
            }
            first = cspace.takeSeveral(count);
        }
        return first;
    }

    /**
     * Takes a given slot.
     *
     * @param slot its number, 1 or more
     * @return the slot, or a refusal
     */
    public @CPtr long takeSlotAt(@CPtr long slot) {
        if (slot <= 0 || slot >= cspace.end()) {
            return Refusal.NOT_MANAGED;
        }
        int node = cspace.nodeOf(slot);
        long refusal = cspace.isThere(node) ? 0 : grow(node);
        if (refusal != 0) {
            return refusal;
        }
        return cspace.takeAt(slot) ? slot : Refusal.IN_USE;
    }

    /**
     * Empties a slot and gives it back, and then CNodes that are no longer used, but for one.
     *
     * @param slot what was taken
     * @return 0, or a refusal
     */
    public long freeSlot(@CPtr long slot) {
        long refusal = ManagedSlots.empty(kernel, cspace, slot);
        if (refusal != 0) {
            return refusal;
        }
        freeWaiting();
        int kept = maker.firstUnused();
        int node = maker.surplus(kept);
        while (node >= 0 && maker.free(node) == 0) {
            node = maker.surplus(kept);
        }
        return 0;
    }

    /** Frees every CNode of which no slot is used. */
    public void trim() {
        freeWaiting();
        int node = maker.firstUnused();
        while (node >= 0 && maker.free(node) == 0) {
            node = maker.firstUnused();
        }
    }

    /**
     * Deletes all that is in the CSpace, and gives back all that it took. If the kernel refuses that half-way, what is left is
     * a CSpace with fewer CNodes, and it can be tried again.
     *
     * @return 0, and the view is of no more use; or a refusal
     */
    public long destroy() {
        long refusal = freeWaiting();
        for (int node = cspace.nextNode(0); node >= 0 && refusal == 0; node = cspace.nextNode(node)) {
            refusal = maker.free(node);
        }
        if (refusal == 0) {
            refusal = allocman.free(ROOT.get(memory, record));
        }
        if (refusal == 0) {
            int firstBits = (int) FIRST_BITS.get(memory, record);
            int secondBits = (int) SECOND_BITS.get(memory, record);
            allocman.memory().free(record, SETS + (int) TwoLevelCSpace.setBytes(firstBits, secondBits));
        }
        return refusal;
    }

    /** Makes a CNode of the second level; 0 or a refusal. */
    private long grow(int node) {
        if (node < 0) {
            return Refusal.OUT_OF_SLOTS;
        }
        long refusal = freeWaiting();
        if (refusal != 0) {
            return refusal;
        }
        return maker.make(node);
    }

    private long freeWaiting() {
        long handle = TO_FREE.get(memory, record);
        long refusal = handle == 0 ? 0 : allocman.free(handle);
        if (refusal == 0) {
            TO_FREE.set(memory, record, 0);
        }
        return refusal;
    }
}
