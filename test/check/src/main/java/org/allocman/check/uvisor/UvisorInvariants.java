package org.allocman.check.uvisor;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.invariants.Invariant;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.TopLevel;
import org.allocman.uvisor.box.BoxRegion;
import org.allocman.vka.Memory;
import org.allocman.vka.MemoryFault;

/** Laws of a microcontroller's memory, between two calls. */
public final class UvisorInvariants {
    /** Every block has one owner or none, and all that is counted agrees with that. */
    public static final Invariant<Subject> ONE_OWNER = new Invariant<>(
            "one owner",
            "every block has one owner or none, and the counts of the pool and of the boxes agree with that",
            UvisorInvariants::oneOwner);

    /** Static regions, arena, pool and stack never overlap. */
    public static final Invariant<Subject> DISJOINT = new Invariant<>(
            "pool and boxes disjoint",
            "static regions of boxes, the arena, the pool and the stack never overlap",
            UvisorInvariants::disjoint);

    /** No box has more blocks than it may. */
    public static final Invariant<Subject> QUOTA =
            new Invariant<>("quota", "no box owns more blocks than it may", UvisorInvariants::quota);

    /** The box that runs reaches no block of another. */
    public static final Invariant<Subject> ISOLATION = new Invariant<>(
            "isolation",
            "no region of the MPU lets the box that runs reach a block of another, or write one of box 0",
            UvisorInvariants::isolation);

    /** What is free is zero. */
    public static final Invariant<Subject> FREE_IS_ZERO =
            new Invariant<>("free is zero", "a block that nobody owns is all zero", UvisorInvariants::freeIsZero);

    /** A block that goes with a thread is one of the thread's box. */
    public static final Invariant<Subject> BLOCKS_OF_THREADS = new Invariant<>(
            "blocks of threads",
            "a block that goes with a thread goes with a live one, and belongs to its box",
            UvisorInvariants::blocksOfThreads);

    private static final List<Invariant<Subject>> ALL =
            List.of(ONE_OWNER, DISJOINT, QUOTA, ISOLATION, FREE_IS_ZERO, BLOCKS_OF_THREADS);

    /**
     * A running system.
     *
     * @param uvisor the system
     * @param memory the memory as privileged code sees it
     * @param behindMpu the memory as the MPU lets unprivileged code see it
     */
    public record Subject(Uvisor uvisor, Memory memory, Memory behindMpu) {}

    private UvisorInvariants() {}

    /**
     * The laws.
     *
     * @return all of them
     */
    public static List<Invariant<Subject>> all() {
        return ALL;
    }

    private static List<String> oneOwner(Subject subject) {
        BlockPool pool = subject.uvisor.pool();
        TopLevel top = subject.uvisor.topLevel();
        List<String> broken = new ArrayList<>();
        long[] owned = new long[pool.boxes()];
        long free = 0;
        for (int block = 0; block < pool.geometry().count(); block++) {
            int owner = pool.owner(block);
            boolean isTop =
                    block < top.arenaBlocks() || block >= pool.geometry().count() - top.stackBlocks();
            if (isTop && owner != BlockPool.PUBLIC_BOX) {
                broken.add("block " + block + " of arena or stack is owned by " + owner);
            }
            if (!pool.isInside(block) && (pool.isFree(block) || owner != BlockPool.NONE && !isTop)) {
                broken.add("block " + block + " is outside of the pool and in use there");
            }
            if (pool.isInside(block)) {
                if (pool.isFree(block) != (owner == BlockPool.NONE)) {
                    broken.add("block " + block + " is owned by " + owner + " and free: " + pool.isFree(block));
                }
                if (owner == BlockPool.NONE) {
                    free++;
                } else {
                    owned[owner]++;
                }
            }
        }
        for (int box = 0; box < pool.boxes(); box++) {
            if (owned[box] != pool.owned(box)) {
                broken.add("box " + box + " owns " + owned[box] + " blocks, but " + pool.owned(box) + " are counted");
            }
        }
        long room = pool.geometry().count() - top.arenaBlocks() - top.stackBlocks() - (pool.end() - pool.first());
        if (free + room != pool.available()) {
            broken.add(free + " free blocks and room for " + room + ", but " + pool.available() + " are counted");
        }
        return broken;
    }

    private static List<String> disjoint(Subject subject) {
        BlockPool pool = subject.uvisor.pool();
        TopLevel top = subject.uvisor.topLevel();
        BlockGeometry geometry = pool.geometry();
        List<String> broken = new ArrayList<>();
        if (top.arenaBlocks() > pool.first()
                || pool.first() > pool.end()
                || pool.end() > geometry.count() - top.stackBlocks()) {
            broken.add("arena to " + top.arenaBlocks() + ", pool " + pool.first() + " to " + pool.end()
                    + ", stack from " + (geometry.count() - top.stackBlocks()));
        }
        if (top.end() > geometry.addressOf(top.arenaBlocks())) {
            broken.add("the arena ends behind its blocks");
        }
        long end = subject.uvisor.plan().start();
        for (BoxRegion region : subject.uvisor.plan().placement().regions()) {
            if (region.base() < end) {
                broken.add("box " + region.box() + " begins before the one before it ends");
            }
            end = region.base() + region.bytes();
        }
        if (end > geometry.start()) {
            broken.add("the blocks begin within a box");
        }
        return broken;
    }

    private static List<String> quota(Subject subject) {
        BlockPool pool = subject.uvisor.pool();
        List<String> broken = new ArrayList<>();
        for (int box = 0; box < pool.boxes(); box++) {
            if (pool.owned(box) > pool.quota(box)) {
                broken.add("box " + box + " owns " + pool.owned(box) + " of " + pool.quota(box));
            }
        }
        return broken;
    }

    private static List<String> isolation(Subject subject) {
        List<String> broken = new ArrayList<>();
        BlockPool pool = subject.uvisor.pool();
        int active = subject.uvisor.guard().active();
        for (int block = 0; block < pool.geometry().count(); block++) {
            int owner = pool.owner(block);
            long at = pool.geometry().addressOf(block);
            for (long address : new long[] {at, at + pool.geometry().blockBytes() - Long.BYTES}) {
                if (owner != active && writes(subject, address)) {
                    broken.add("box " + active + " writes block " + block + " of " + name(owner));
                }
                if (owner != active && owner != BlockPool.PUBLIC_BOX && reads(subject, address)) {
                    broken.add("box " + active + " reads block " + block + " of " + name(owner));
                }
            }
        }
        for (BoxRegion region : subject.uvisor.plan().placement().regions()) {
            long last = (region.stackPointer() - 1) & -Long.BYTES;
            if (region.box() != active
                    && (reads(subject, last) || region.data() != 0 && reads(subject, region.data()))) {
                broken.add("box " + active + " reads the static memory of box " + region.box());
            }
        }
        return broken;
    }

    private static String name(int owner) {
        return owner == BlockPool.NONE ? "nobody" : "box " + owner;
    }

    private static boolean reads(Subject subject, long address) {
        try {
            subject.behindMpu.load64(address, 0);
            return true;
        } catch (MemoryFault fault) {
            return false;
        }
    }

    private static boolean writes(Subject subject, long address) {
        try {
            subject.behindMpu.store64(address, 0, subject.memory.load64(address, 0));
            return true;
        } catch (MemoryFault fault) {
            return false;
        }
    }

    private static List<String> freeIsZero(Subject subject) {
        List<String> broken = new ArrayList<>();
        BlockPool pool = subject.uvisor.pool();
        for (int block = pool.first(); block < pool.end(); block++) {
            long start = pool.geometry().addressOf(block);
            long at = 0;
            while (pool.isFree(block) && at < pool.geometry().blockBytes()) {
                if (subject.memory.load64(start + at, 0) != 0) {
                    broken.add("block " + block + " is free, and not zero at 0x" + Long.toHexString(start + at));
                    break;
                }
                at += Long.BYTES;
            }
        }
        return broken;
    }

    private static List<String> blocksOfThreads(Subject subject) {
        List<String> broken = new ArrayList<>();
        Uvisor uvisor = subject.uvisor;
        for (int block = 0; block < uvisor.pool().geometry().count(); block++) {
            int thread = uvisor.threads().threadOf(block);
            boolean isGood = thread < 0
                    || uvisor.threads().isLive(thread)
                            && uvisor.pool().isInside(block)
                            && uvisor.threads().box(thread) == uvisor.pool().owner(block);
            if (!isGood) {
                broken.add("block " + block + " goes with thread " + thread);
            }
        }
        return broken;
    }
}
