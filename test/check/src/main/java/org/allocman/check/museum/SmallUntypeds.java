package org.allocman.check.museum;

import java.util.List;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.Requester;
import org.allocman.untyped.SlotRuns;
import org.allocman.vka.Architecture;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.layout.Bits;

/**
 * A buddy as small as it can be, for bugs to be put into: a tree of halves for each untyped, its nodes numbered as in a heap,
 * a word of memory each. What is protected is what some exhibit gets wrong.
 */
class SmallUntypeds extends FixedUntypeds {
    /** The smallest block. */
    static final int LEAST_BITS = 4;

    private static final int MOST_BITS = 16;
    private static final int TREE_BYTES = Long.BYTES << MOST_BITS - LEAST_BITS + 1;
    private static final int NODE_BITS = 16;
    private static final int NODE_MASK = (1 << NODE_BITS) - 1;

    private static final int ABSENT = 0;
    private static final int FREE = 1;
    private static final int SPLIT = 2;
    private static final int USED = 3;

    private static final Bits WHAT = new Bits("what", 0, 0, 2);
    private static final Bits KIND = new Bits("kind", 0, 2, 2);
    private static final Bits SLOT = new Bits("slot of the untyped", 0, 8, 16);
    private static final Bits OBJECT = new Bits("slot of the object", 0, 24, 16);
    private static final Bits SERIAL = new Bits("serial", 0, 40, 16);

    final Kernel kernel;
    final Memory memory;
    final SlotRuns slots;
    private final List<Root> roots;
    private final long state;

    /** A manager of a machine's untypeds. */
    @SuppressWarnings("nullness:method.invocation") // what is called uses memory and addresses, which are set
    SmallUntypeds(Home home) {
        this.kernel = home.kernel();
        this.memory = home.memory();
        this.slots = home.slots();
        this.state = home.trees();
        this.roots = adopt(home.roots());
        for (int root = 0; root < this.roots.size(); root++) {
            long top = node(root, 1);
            WHAT.set(memory, top, FREE);
            KIND.set(memory, top, this.roots.get(root).kind().ordinal());
            SLOT.set(memory, top, this.roots.get(root).untyped().slot());
        }
    }

    /** Decides what memory each untyped is. */
    protected List<Root> adopt(List<Root> found) {
        return found;
    }

    /** Whether a block lies wholly in an untyped. */
    protected boolean holds(Root root, long paddr, int bits) {
        return root.isPlaced()
                && paddr - root.untyped().paddr() >>> root.untyped().sizeBits() == 0
                && bits <= root.untyped().sizeBits();
    }

    /** Whether a block can begin at an address. */
    protected boolean isAligned(long paddr, int bits) {
        return (paddr & (1L << bits) - 1) == 0;
    }

    /** The kind of a block that becomes free. */
    protected MemoryKind kindOfFreed(MemoryKind kind) {
        return kind;
    }

    /** Gives a slot back that was taken for an object which the kernel then refused. */
    protected void giveBackUnused(long slot) {
        slots.giveBackRun(slot, 1);
    }

    /** Makes the kernel forget what was made of an untyped. */
    protected KernelError clear(long untyped, long object) {
        return kernel.revoke(slots.root(), untyped, slots.depth());
    }

    /** Makes the kernel forget both halves of an untyped. */
    protected KernelError clearHalves(long untyped, long halves) {
        return kernel.revoke(slots.root(), untyped, slots.depth());
    }

    private long node(int root, int number) {
        return state + Long.BYTES + (long) root * TREE_BYTES + (long) number * Long.BYTES;
    }

    private int what(int root, int number) {
        return (int) WHAT.get(memory, node(root, number));
    }

    private static int level(int number) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number);
    }

    private int bits(int root, int number) {
        return roots.get(root).untyped().sizeBits() - level(number);
    }

    private long base(int root, int number) {
        return roots.get(root).untyped().paddr() + ((long) (number - (1 << level(number))) << bits(root, number));
    }

    @Override
    public long allocate(MemoryKind kind, int type, int size, int bits, long slot, Requester requester) {
        if (!isAllowed(kind, type)) {
            return Refusal.WRONG_KIND;
        }
        tidyAll();
        int bestRoot = -1;
        int best = 0;
        for (int root = 0; root < roots.size(); root++) {
            int found = smallest(root, 1, kind, bits);
            if (found != 0 && (best == 0 || bits(root, found) < bits(bestRoot, best))) {
                bestRoot = root;
                best = found;
            }
        }
        return best == 0
                ? Refusal.OUT_OF_UNTYPED
                : place(bestRoot, best, base(bestRoot, best), type, size, bits, slot, requester);
    }

    private int smallest(int root, int number, MemoryKind kind, int bits) {
        if (bits(root, number) < bits) {
            return 0;
        }
        if (what(root, number) == FREE) {
            return KIND.get(memory, node(root, number)) == kind.ordinal() ? number : 0;
        }
        if (what(root, number) != SPLIT) {
            return 0;
        }
        int left = smallest(root, 2 * number, kind, bits);
        int right = smallest(root, 2 * number + 1, kind, bits);
        return left == 0 || right != 0 && bits(root, right) < bits(root, left) ? right : left;
    }

    @Override
    public long allocateAt(int type, int size, int bits, long paddr, long slot, Requester requester) {
        int root = 0;
        while (root < roots.size() && !holds(roots.get(root), paddr, bits)) {
            root++;
        }
        if (root == roots.size()) {
            return Refusal.NOT_MANAGED;
        }
        if (!isAligned(paddr, bits)) {
            return Refusal.UNALIGNED;
        }
        if (!isAllowed(roots.get(root).kind(), type)) {
            return Refusal.WRONG_KIND;
        }
        tidyAll();
        int at = 1;
        while (what(root, at) == SPLIT && bits(root, at) > bits) {
            at = half(root, at, paddr);
        }
        return what(root, at) == FREE ? place(root, at, paddr, type, size, bits, slot, requester) : Refusal.IN_USE;
    }

    private int half(int root, int number, long paddr) {
        long offset = paddr - roots.get(root).untyped().paddr();
        return 2 * number + (int) (offset >>> bits(root, number) - 1 & 1);
    }

    private boolean isAllowed(MemoryKind kind, int type) {
        ObjectType object = kernel.architecture().type(type);
        return kind == MemoryKind.KERNEL || object == ObjectType.UNTYPED || object != null && object.isFrame();
    }

    private long place(int root, int top, long paddr, int type, int size, int bits, long slot, Requester requester) {
        long destination = slot == 0 ? slots.takeRun(1, requester) : slot;
        if (destination == 0) {
            return Refusal.OUT_OF_SLOTS;
        }
        int at = top;
        long refusal = 0;
        while (bits(root, at) > bits && refusal == 0) {
            refusal = split(root, at, requester);
            at = refusal == 0 ? half(root, at, paddr) : at;
        }
        if (refusal != 0) {
            tidy(root, 1);
            giveBack(slot, destination);
            return refusal;
        }
        if (base(root, at) != paddr) {
            throw new AssertionError("no block begins at 0x" + Long.toHexString(paddr));
        }
        KernelError error = retype(SLOT.get(memory, node(root, at)), type, size, destination, 1);
        if (error.failed()) {
            tidy(root, 1);
            if (slot == 0) {
                giveBackUnused(destination);
            }
            return Refusal.kernel(InvocationKind.RETYPE, error);
        }
        long serial = memory.load64(state, 0) + 1 & NODE_MASK;
        memory.store64(state, 0, serial);
        WHAT.set(memory, node(root, at), USED);
        OBJECT.set(memory, node(root, at), destination);
        SERIAL.set(memory, node(root, at), serial);
        return serial << 2 * NODE_BITS | (long) root << NODE_BITS | at;
    }

    private void giveBack(long asked, long destination) {
        if (asked == 0) {
            slots.giveBackRun(destination, 1);
        }
    }

    private long split(int root, int number, Requester requester) {
        long pair = slots.takeRun(2, requester);
        if (pair == 0) {
            return Refusal.OUT_OF_SLOTS;
        }
        int untyped = kernel.architecture().number(ObjectType.UNTYPED);
        KernelError error = retype(SLOT.get(memory, node(root, number)), untyped, bits(root, number) - 1, pair, 2);
        if (error.failed()) {
            slots.giveBackRun(pair, 2);
            return Refusal.kernel(InvocationKind.RETYPE, error);
        }
        long kind = KIND.get(memory, node(root, number));
        WHAT.set(memory, node(root, number), SPLIT);
        for (int side = 0; side < 2; side++) {
            long half = node(root, 2 * number + side);
            WHAT.set(memory, half, FREE);
            KIND.set(memory, half, kind);
            SLOT.set(memory, half, pair + side);
        }
        return 0;
    }

    KernelError retype(long untyped, int type, int size, long slot, int count) {
        return kernel.retype(
                untyped,
                type,
                size,
                slots.root(),
                slots.nodeIndex(slot),
                slots.nodeDepth(slot),
                slots.nodeOffset(slot),
                count);
    }

    private void tidyAll() {
        for (int root = 0; root < roots.size(); root++) {
            tidy(root, 1);
        }
    }

    /** Makes halves that are both free whole again, unless the kernel will not. */
    private void tidy(int root, int number) {
        if (what(root, number) != SPLIT) {
            return;
        }
        tidy(root, 2 * number);
        tidy(root, 2 * number + 1);
        if (what(root, 2 * number) == FREE && what(root, 2 * number + 1) == FREE) {
            long halves = SLOT.get(memory, node(root, 2 * number));
            if (!clearHalves(SLOT.get(memory, node(root, number)), halves).failed()) {
                WHAT.set(memory, node(root, number), FREE);
                KIND.set(memory, node(root, number), KIND.get(memory, node(root, 2 * number)));
                memory.store64(node(root, 2 * number), 0, ABSENT);
                memory.store64(node(root, 2 * number + 1), 0, ABSENT);
                slots.giveBackRun(halves, 2);
            }
        }
    }

    @Override
    public long free(long handle) {
        long refusal = check(handle);
        if (refusal != 0) {
            return refusal;
        }
        long node = node(root(handle), number(handle));
        long object = OBJECT.get(memory, node);
        KernelError error = clear(SLOT.get(memory, node), object);
        if (error.failed()) {
            return Refusal.kernel(InvocationKind.REVOKE, error);
        }
        slots.giveBackRun(object, 1);
        MemoryKind kind = MemoryKind.values()[(int) KIND.get(memory, node)];
        WHAT.set(memory, node, FREE);
        KIND.set(memory, node, kindOfFreed(kind).ordinal());
        OBJECT.set(memory, node, 0);
        SERIAL.set(memory, node, 0);
        tidy(root(handle), 1);
        return 0;
    }

    private static int root(long handle) {
        return (int) (handle >>> NODE_BITS) & NODE_MASK;
    }

    private static int number(long handle) {
        return (int) handle & NODE_MASK;
    }

    @Override
    public long check(long handle) {
        if (handle <= 0 || root(handle) >= roots.size()) {
            return Refusal.FOREIGN_HANDLE;
        }
        int number = number(handle);
        if (number == 0 || number >= TREE_BYTES / Long.BYTES - 1 || handle >>> 3 * NODE_BITS != 0) {
            return Refusal.FOREIGN_HANDLE;
        }
        long node = node(root(handle), number);
        return WHAT.get(memory, node) == USED && SERIAL.get(memory, node) == handle >>> 2 * NODE_BITS
                ? 0
                : Refusal.STALE_HANDLE;
    }

    @Override
    public long physicalAddress(long handle) {
        return base(root(handle), number(handle));
    }

    @Override
    public long slot(long handle) {
        return OBJECT.get(memory, node(root(handle), number(handle)));
    }

    @Override
    public int sizeBits(long handle) {
        return bits(root(handle), number(handle));
    }

    @Override
    public void trim() {
        tidyAll();
    }

    @Override
    public long freeBlocks(MemoryKind kind, int bits) {
        return count(kind, bits, FREE);
    }

    @Override
    public int largestFree(MemoryKind kind) {
        int bits = MOST_BITS;
        while (bits >= 0 && freeBlocks(kind, bits) == 0) {
            bits--;
        }
        return bits;
    }

    @Override
    public long liveObjects() {
        long live = 0;
        for (MemoryKind kind : MemoryKind.values()) {
            for (int bits = LEAST_BITS; bits <= MOST_BITS; bits++) {
                live += count(kind, bits, USED);
            }
        }
        return live;
    }

    private long count(MemoryKind kind, int bits, int what) {
        long count = 0;
        for (int root = 0; root < roots.size(); root++) {
            int levels = roots.get(root).untyped().sizeBits() - bits;
            for (int i = 0; levels >= 0 && bits >= LEAST_BITS && i < 1 << levels; i++) {
                long node = node(root, (1 << levels) + i);
                count += WHAT.get(memory, node) == what && KIND.get(memory, node) == kind.ordinal() ? 1 : 0;
            }
        }
        return count;
    }

    Architecture architecture() {
        return kernel.architecture();
    }
}
