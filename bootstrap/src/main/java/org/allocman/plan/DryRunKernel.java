package org.allocman.plan;

import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.Memory;
import org.allocman.vka.ThreadSpaces;
import org.allocman.vka.layout.Word;
import org.allocman.vka.wrap.NullKernel;

/**
 * A kernel that grants every request of a manager that makes no mistake. What such a manager cannot know beforehand is
 * modelled: which paging structures are there, and how many MPU regions are left.
 */
final class DryRunKernel extends NullKernel {
    /*
     * Everything lies in a memory of the kernel's own:
     *
     *   STATE     how many mappings there are, and how often the root task has changed its CSpace
     *   MAPPINGS  a list: the slot of each mapped table (MPU: frame), and where its entry below is
     *   TABLES    by bits left and address: which table is there
     *   PARENTS   by CSpace and slot: the untyped that the slot's object was made from
     */
    private static final long STATE = 0;
    private static final Word MAPPED = new Word("mappings", 0);
    private static final Word SPACES = new Word("changes of CSpace", 8);
    private static final long MAPPINGS = 1L << 32;
    private static final int MAPPING_BYTES = 16;
    private static final Word SLOT = new Word("slot", 0);
    private static final Word ENTRY = new Word("entry", 8);
    private static final int TABLES_SHIFT = 54;
    private static final long PARENTS = 1L << 61;
    private static final int SPACE_SHIFT = 56;
    private static final long THERE = 1;
    private static final int LEAST_TABLE_BITS = 13;

    private final int regions;
    private final boolean twoLevels;
    private final Memory own = new DryRunMemory();

    /**
     * A kernel right after boot.
     *
     * @param architecture what it is
     * @param regions MPU regions that are free; ignored with paging
     * @param twoLevels whether the root CNode of the CSpace that is managed holds CNodes
     */
    DryRunKernel(Architecture architecture, int regions, boolean twoLevels) {
        super(architecture);
        this.regions = regions;
        this.twoLevels = twoLevels;
    }

    /** Says that the paging structures on the way to an address are there from the beginning. */
    void isMappedAtBoot(long vaddr) {
        for (int bits = Long.SIZE - 2; bits >= LEAST_TABLE_BITS; bits--) {
            if (architecture().tableFor(bits) != null) {
                own.store64(entry(bits, vaddr), 0, THERE);
            }
        }
    }

    @Override
    public KernelError retype(
            long untyped,
            int type,
            int sizeBits,
            long root,
            long nodeIndex,
            int nodeDepth,
            long nodeOffset,
            int count) {
        if (twoLevels && nodeDepth == 0) {
            // a CNode of the second level, which has no number that could be mapped
            return KernelError.NO_ERROR;
        }
        long first = nodeDepth == 0 ? nodeOffset : (nodeIndex << architecture().wordBits() - nodeDepth) + nodeOffset;
        for (int i = 0; i < count; i++) {
            own.store64(parent(first + i), 0, untyped);
        }
        return KernelError.NO_ERROR;
    }

    /** Takes along the tables and frames that were made from the untyped in the slot. */
    @Override
    public KernelError revoke(long root, long index, int depth) {
        for (long i = MAPPED.get(own, STATE) - 1; i >= 0; i--) {
            long slot = SLOT.get(own, mapping(i));
            for (long at = slot; at != 0; at = own.load64(parent(at), 0)) {
                if (at == index && at != slot) {
                    unmap(i);
                    break;
                }
            }
        }
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError pageMap(long frame, long vspace, long vaddr, CapRights rights, long attributes) {
        if (!architecture().hasPaging()) {
            if (MAPPED.get(own, STATE) == regions) {
                return KernelError.deleteFirst();
            }
            map(frame, entry(0, vaddr));
            return KernelError.NO_ERROR;
        }
        int missing = missing(vaddr);
        return missing == 0
                ? KernelError.NO_ERROR
                : KernelError.failedLookup(false, LookupFault.missingCapability(missing));
    }

    @Override
    public KernelError tableMap(long table, long vspace, long vaddr, long attributes) {
        int missing = missing(vaddr);
        if (missing == 0) {
            return KernelError.deleteFirst();
        }
        map(table, entry(missing, vaddr));
        return KernelError.NO_ERROR;
    }

    /** Bits left where the walk to an address ends for want of a table; 0 if all are there. */
    private int missing(long vaddr) {
        for (int bits = Long.SIZE - 2; bits >= LEAST_TABLE_BITS; bits--) {
            if (architecture().tableFor(bits) != null && own.load64(entry(bits, vaddr), 0) == 0) {
                return bits;
            }
        }
        return 0;
    }

    private void map(long slot, long entry) {
        long count = MAPPED.get(own, STATE);
        own.store64(entry, 0, THERE);
        SLOT.set(own, mapping(count), slot);
        ENTRY.set(own, mapping(count), entry);
        MAPPED.set(own, STATE, count + 1);
    }

    private void unmap(long index) {
        long last = MAPPED.get(own, STATE) - 1;
        own.store64(ENTRY.get(own, mapping(index)), 0, 0);
        SLOT.set(own, mapping(index), SLOT.get(own, mapping(last)));
        ENTRY.set(own, mapping(index), ENTRY.get(own, mapping(last)));
        MAPPED.set(own, STATE, last);
    }

    private static long mapping(long index) {
        return MAPPINGS + index * MAPPING_BYTES;
    }

    private static long entry(int bits, long vaddr) {
        return ((long) bits << TABLES_SHIFT) + (vaddr >>> bits) * Long.BYTES;
    }

    private long parent(long slot) {
        return PARENTS + (SPACES.get(own, STATE) << SPACE_SHIFT) + slot * Long.BYTES;
    }

    @Override
    public KernelError tcbSetSpace(long tcb, ThreadSpaces spaces) {
        SPACES.add(own, STATE, 1);
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError tcbConfigure(long tcb, ThreadSpaces spaces, long buffer, long bufferFrame) {
        return tcbSetSpace(tcb, spaces);
    }
}
