package org.allocman.sim.kernel.paging;

import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.layout.Word;

/**
 * Which ASID belongs to which address space: a table of pools among the kernel's own words, and pools of entries, each the
 * physical address of an address space's root or-ed with 1, or 0; of a guest's root or-ed with 3.
 */
public final class AsidTable {
    /** The root task's ASID. */
    public static final int ROOT_TASK = 1;

    /** In place of an address: there is none. */
    static final long NONE = -1;

    private static final long USED = 1;
    private static final long GUEST = 2;
    private static final long FLAGS = USED | GUEST;
    private static final Word POOL = new Word("pool", KernelState.ASID_TABLE);

    private final PagedMemory memory;
    private final long state;
    private final int pools;
    private final int indexBits;
    private final int entryShift;

    /**
     * ASIDs as an architecture has them.
     *
     * @param memory the physical memory
     * @param architecture decides how many pools there are and how large
     * @param state physical address of the kernel's own words
     */
    public AsidTable(PagedMemory memory, Architecture architecture, @PhysAddr long state) {
        this.memory = memory;
        this.state = state;
        this.pools = architecture.asidPools();
        this.indexBits = architecture.asidIndexBits();
        this.entryShift = architecture.wordBits() == Long.SIZE ? 3 : 2;
    }

    /** The root with an ASID; {@link #NONE} if the pool is gone or the entry is free. */
    @PhysAddr
    long root(int asid) {
        long pool = pool(asid);
        return pool == NONE || isGuest(pool, asid & size() - 1) ? NONE : entry(pool, asid & size() - 1);
    }

    /** With VT-x: the guest's root with an ASID; {@link #NONE} if it is none of a guest's. */
    @PhysAddr
    long guestRoot(int asid) {
        long pool = pool(asid);
        return pool == NONE || !isGuest(pool, asid & size() - 1) ? NONE : entry(pool, asid & size() - 1);
    }

    /** Whether the root in a pool's entry is a guest's. */
    boolean isGuest(@PhysAddr long pool, int index) {
        return (load(pool, index) & GUEST) != 0;
    }

    /** Enters a guest's root. */
    void putGuest(@PhysAddr long pool, int index, @PhysAddr long root) {
        store(pool, index, root | FLAGS);
    }

    /** Forgets a guest's root, if it has the ASID. */
    void removeGuest(int asid, @PhysAddr long root) {
        if (guestRoot(asid) == root) {
            store(pool(asid), asid & size() - 1, 0);
        }
    }

    /** The pool that an ASID belongs to, or {@link #NONE}. */
    @PhysAddr
    long pool(int asid) {
        long word = asid >>> indexBits < pools ? POOL.get(memory, poolWord(asid)) : 0;
        return word == 0 ? NONE : word & ~USED;
    }

    /**
     * Enters a pool.
     *
     * @param base its first ASID, a multiple of its number of entries
     * @param pool the pool's physical address
     */
    public void putPool(int base, @PhysAddr long pool) {
        POOL.set(memory, poolWord(base), pool | USED);
    }

    /** Forgets a pool, if it is the one for its base. */
    void removePool(int base, @PhysAddr long pool) {
        if (pool(base) == pool) {
            POOL.set(memory, poolWord(base), 0);
        }
    }

    /** The lowest base without a pool, or negative. */
    int freeBase() {
        for (int i = 0; i < pools; i++) {
            if (pool(i << indexBits) == NONE) {
                return i << indexBits;
            }
        }
        return -1;
    }

    /** The lowest free entry of a pool, or negative; ASID 0 is never given. */
    int freeIndex(@PhysAddr long pool, int base) {
        for (int i = base == 0 ? 1 : 0; i < size(); i++) {
            if (entry(pool, i) == NONE) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Enters an address space.
     *
     * @param pool the pool
     * @param index which of its entries
     * @param root the address space's root
     */
    public void put(@PhysAddr long pool, int index, @PhysAddr long root) {
        store(pool, index, root | USED);
    }

    /** Forgets an address space, if it has the ASID. */
    void remove(int asid, @PhysAddr long root) {
        if (root(asid) == root) {
            store(pool(asid), asid & size() - 1, 0);
        }
    }

    /** How many pools there can be. */
    int pools() {
        return pools;
    }

    /** How many entries a pool has. */
    int size() {
        return 1 << indexBits;
    }

    /** The root in a pool's entry, or {@link #NONE}. */
    @PhysAddr
    long entry(@PhysAddr long pool, int index) {
        long word = load(pool, index);
        return word == 0 ? NONE : word & ~FLAGS;
    }

    private long load(long pool, int index) {
        long at = pool + ((long) index << entryShift);
        return entryShift == 3 ? memory.load64(at, 0) : Integer.toUnsignedLong(memory.load32(at, 0));
    }

    private void store(long pool, int index, long word) {
        long at = pool + ((long) index << entryShift);
        if (entryShift == 3) {
            memory.store64(at, 0, word);
        } else {
            memory.store32(at, 0, (int) word);
        }
    }

    private long poolWord(int asid) {
        return state + ((long) (asid >>> indexBits) << 3);
    }
}
