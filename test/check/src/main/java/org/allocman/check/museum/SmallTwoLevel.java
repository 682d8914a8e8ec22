package org.allocman.check.museum;

import org.allocman.cspace.CSpace;
import org.allocman.untyped.Requester;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/**
 * A two-level CSpace as small as it can be, for bugs to be put into: second levels are made when they are wanted and given
 * back when they are empty, each from an untyped of its own. What is protected is what some exhibit gets wrong.
 */
class SmallTwoLevel implements CSpace {
    private static final int UNUSED = 1;

    final Kernel kernel;
    final int radix;
    final int levels;
    private final Memory memory;
    private final long state;
    final long root;
    final long untypeds;
    final int wordBits;

    /**
     * A CSpace of {@code 2^first} second levels of {@code 2^second} slots each, 32 at most.
     *
     * @param kernel makes second levels
     * @param setUp makes what there is from the beginning
     * @param memory where the state lies
     * @param state address of a word for each second level and one more, all zero
     * @param untyped cptr of an untyped that is large enough for everything
     * @param slot the first of {@code 2^first + 2} empty slots of the root CNode
     * @param first radix of the first level
     * @param second radix of the second levels
     */
    SmallTwoLevel(
            Kernel kernel, Kernel setUp, Memory memory, long state, long untyped, long slot, int first, int second) {
        this.kernel = kernel;
        this.memory = memory;
        this.state = state;
        this.radix = second;
        this.levels = 1 << first;
        this.wordBits = kernel.architecture().wordBits();
        this.root = slot;
        this.untypeds = slot + 2;
        int cnode = kernel.architecture().number(ObjectType.CNODE);
        check(setUp.retype(untyped, cnode, first, BootSlots.CNODE, 0, 0, slot + 1, 1));
        int guard = wordBits - first - second;
        check(setUp.mint(
                new CapPath(BootSlots.CNODE, slot, wordBits),
                new CapPath(BootSlots.CNODE, slot + 1, wordBits),
                CapRights.ALL,
                wordBits == Long.SIZE ? guard : (long) guard << 3));
        int small = kernel.architecture().number(ObjectType.UNTYPED);
        int bits = kernel.architecture().sizeBits(ObjectType.CNODE, second);
        for (int made = 0; made < levels; made += 256) {
            check(setUp.retype(
                    untyped, small, bits, BootSlots.CNODE, 0, 0, untypeds + made, Math.min(256, levels - made)));
        }
    }

    private static void check(KernelError error) {
        if (error.failed()) {
            throw new IllegalStateException(error.toString());
        }
    }

    /** The slots of a second level that may be handed out, a bit each. */
    protected long usable() {
        return -1L >>> Long.SIZE - (1 << radix);
    }

    /** Has the kernel take a second level back that is empty. */
    protected boolean dropLevel(int level) {
        return !kernel.delete(root, level, wordBits - radix).failed();
    }

    /** Where to look for a slot after a second level was made because the ones before were full. */
    protected int levelAfterGrowth(int full, int made) {
        return made;
    }

    /** The slots of a second level that are not free; 0 if there is no such second level. */
    private long bits(int level) {
        return memory.load64(state + (long) level * Long.BYTES, 0);
    }

    private void setBits(int level, long bits) {
        memory.store64(state + (long) level * Long.BYTES, 0, bits);
    }

    private long never(int level) {
        // number 0 stands for no slot
        return ~usable() | (level == 0 ? UNUSED : 0);
    }

    /** Has the kernel make a second level. */
    protected boolean makeLevel(int level) {
        return !kernel.retype(
                        untypeds + level, kernel.architecture().number(ObjectType.CNODE), radix, root, 0, 0, level, 1)
                .failed();
    }

    private boolean isMade(int level) {
        return bits(level) != 0;
    }

    private void setMade(int level) {
        // at most 32 slots, so that bits which stand for no slot are left to tell what is made
        setBits(level, never(level));
    }

    @Override
    public long take() {
        return takeRun(1, Requester.CLIENT);
    }

    @Override
    public long takeRun(int count, Requester requester) {
        if (count > 1 << radix) {
            return 0;
        }
        int full = -1;
        for (int level = 0; level < levels; level++) {
            if (isMade(level)) {
                int run = run(level, count);
                if (run >= 0) {
                    return taken(level, run, count);
                }
                full = level;
            }
        }
        for (int level = 0; level < levels; level++) {
            if (!isMade(level) && runIn(never(level), count) >= 0) {
                if (!makeLevel(level)) {
                    return 0;
                }
                setMade(level);
                int from = full < 0 ? level : levelAfterGrowth(full, level);
                return taken(from, Math.max(0, run(from, count)), count);
            }
        }
        return 0;
    }

    private int run(int level, int count) {
        return runIn(bits(level), count);
    }

    private int runIn(long bits, int count) {
        for (int first = 0; first + count <= 1 << radix; first += count) {
            if ((bits & mask(first, count)) == 0) {
                return first;
            }
        }
        return -1;
    }

    private static long mask(int first, int count) {
        return -1L >>> Long.SIZE - count << first;
    }

    private long taken(int level, int first, int count) {
        setBits(level, bits(level) | mask(first, count));
        return (long) level << radix | first;
    }

    @Override
    public boolean takeAt(long slot) {
        if (!isFree(slot)) {
            return false;
        }
        int level = (int) (slot >>> radix);
        if (!isMade(level)) {
            if (!makeLevel(level)) {
                return false;
            }
            setMade(level);
        }
        taken(level, (int) slot & (1 << radix) - 1, 1);
        return true;
    }

    @Override
    public long takeSeveral(int count) {
        int aligned = 1;
        while (aligned < count) {
            aligned *= 2;
        }
        long first = takeRun(aligned, Requester.CLIENT);
        if (first != 0 && aligned > count) {
            giveBackRun(first + count, aligned - count);
        }
        return first;
    }

    @Override
    public boolean isTaken(long slot) {
        long level = slot >>> radix;
        return slot > 0 && level < levels && (bits((int) level) & ~never((int) level) & bit(slot)) != 0;
    }

    private long bit(long slot) {
        return 1L << (slot & (1 << radix) - 1);
    }

    @Override
    public boolean isFree(long slot) {
        long level = slot >>> radix;
        return slot > 0 && level < levels && ((bits((int) level) | never((int) level)) & bit(slot)) == 0;
    }

    @Override
    public void giveBack(long slot) {
        giveBackRun(slot, 1);
    }

    @Override
    public void giveBackRun(long first, int count) {
        int level = (int) (first >>> radix);
        setBits(level, bits(level) & ~mask((int) first & (1 << radix) - 1, count));
        if ((bits(level) & ~never(level)) == 0 && dropLevel(level)) {
            setBits(level, 0);
        }
    }

    @Override
    public long freeSlots() {
        long free = 0;
        for (int level = 0; level < levels; level++) {
            free += Long.bitCount(~(bits(level) | never(level)));
        }
        return free;
    }

    @Override
    public void addFree(long start, long end) {
        throw new UnsupportedOperationException("the slots are those of the CNodes made here");
    }

    @Override
    public long end() {
        return (long) levels << radix;
    }

    /** What is set apart is remembered, but never there. */
    @Override
    public void reserve(int words) {
        memory.store64(state + (long) levels * Long.BYTES, 0, words);
    }

    @Override
    public boolean hasReserve() {
        return memory.load64(state + (long) levels * Long.BYTES, 0) == 0;
    }

    @Override
    public long root() {
        return root;
    }

    @Override
    public int depth() {
        return wordBits;
    }

    @Override
    public long nodeIndex(long slot) {
        return slot >>> radix;
    }

    @Override
    public int nodeDepth(long slot) {
        return wordBits - radix;
    }

    @Override
    public long nodeOffset(long slot) {
        return slot & (1 << radix) - 1;
    }
}
