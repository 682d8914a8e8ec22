package org.allocman.sim.kernel;

import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;

/**
 * Finding slots by walking CNodes (seL4 manual, "Capability address lookup"). A walk answers a slot or a negative number; why
 * it failed is found out by walking again, so that success makes no object.
 */
public final class CapabilityLookup {
    private static final long FAILED = -1;

    private final PagedMemory memory;
    private final Slots slots;
    private final int wordBits;
    private final long wordMask;
    private final long state;

    /**
     * Look-ups of the current thread.
     *
     * @param memory the physical memory
     * @param architecture decides the width of a cptr
     * @param slots the capabilities
     * @param state physical address of the kernel's state, see {@link KernelState}
     */
    public CapabilityLookup(PagedMemory memory, Architecture architecture, Slots slots, @PhysAddr long state) {
        this.memory = memory;
        this.slots = slots;
        this.wordBits = architecture.wordBits();
        this.wordMask = -1L >>> Long.SIZE - wordBits;
        this.state = state;
    }

    /**
     * The slot with the root of the current thread's CSpace.
     *
     * @return the slot; negative if there is no thread
     */
    public @PhysAddr long root() {
        long thread = KernelState.thread(memory, state);
        return thread < 0 ? FAILED : slots.at(thread, TcbLayout.CSPACE);
    }

    /**
     * Looks a cptr up in the current thread's CSpace, over the full word. A walk that ends early at something that is no
     * CNode has found it.
     *
     * @param cptr what to look up; bits above the width of a word are ignored
     * @return the slot, perhaps empty; negative if the look-up fails
     */
    public @PhysAddr long slot(@CPtr long cptr) {
        return slot(root(), cptr);
    }

    /** The same from a root just found, or not found. */
    long slot(long root, @CPtr long cptr) {
        return root < 0 ? FAILED : walk(root, cptr & wordMask, wordBits, false);
    }

    /**
     * Why a cptr's look-up failed.
     *
     * @param cptr what {@link #slot} failed on
     * @return the error
     */
    public KernelError slotError(@CPtr long cptr) {
        long root = root();
        return KernelError.failedLookup(
                false, root < 0 ? LookupFault.invalidRoot() : fault(root, cptr & wordMask, wordBits, false));
    }

    /**
     * Looks a place up in a CNode; it must be there at exactly the depth.
     *
     * @param root slot with the CNode to start in, or with anything
     * @param index the place; bits above the depth are ignored
     * @param depth bits to resolve, unsigned
     * @return the slot, perhaps empty; negative if the look-up fails
     */
    public @PhysAddr long place(@PhysAddr long root, long index, long depth) {
        if (depth < 1 || depth > wordBits) {
            return FAILED;
        }
        return walk(root, index, (int) depth, true);
    }

    /**
     * Why the look-up of a place failed.
     *
     * @param source whether it was an invocation's source
     * @param root as given to {@link #place}
     * @param index as given to {@link #place}
     * @param depth as given to {@link #place}
     * @return the error
     */
    public KernelError placeError(boolean source, @PhysAddr long root, long index, long depth) {
        if (slots.type(root) == CapabilityType.CNODE && (depth < 1 || depth > wordBits)) {
            return KernelError.rangeError(1, wordBits);
        }
        return KernelError.failedLookup(source, fault(root, index, (int) depth, true));
    }

    private long walk(long root, long index, int depth, boolean exact) {
        CNodeCap cnode = slots.cnode();
        long node = root;
        int left = depth;
        // each CNode resolves a bit or more
        do {
            long[] pin = slots.pin(node);
            long word = slots.word(pin, node);
            if (slots.typeOf(word) != CapabilityType.CNODE) {
                return exact || node == root ? FAILED : node;
            }
            int radix = cnode.radixOf(word);
            int guardBits = cnode.guardSizeOf(word);
            int level = radix + guardBits;
            if (level > left || guardIn(index, left, guardBits) != cnode.guard(pin, node)) {
                return FAILED;
            }
            left -= level;
            node = slots.at(slots.objectOf(word), index >>> left & lowBits(radix));
        } while (left != 0);
        return node;
    }

    private LookupFault fault(long root, long index, int depth, boolean exact) {
        long node = root;
        int left = depth;
        while (slots.type(node) == CapabilityType.CNODE) {
            int guardBits = slots.cnode().guardSize(node);
            int level = slots.cnode().radix(node) + guardBits;
            if (guardBits > left
                    || guardIn(index, left, guardBits) != slots.cnode().guard(node)) {
                return LookupFault.guardMismatch(left, slots.cnode().guard(node), guardBits);
            }
            if (level > left) {
                return LookupFault.depthMismatch(left, level);
            }
            left -= level;
            node = slots.at(
                    slots.object(node), index >>> left & lowBits(slots.cnode().radix(node)));
        }
        if (node == root) {
            return LookupFault.invalidRoot();
        }
        assert exact : "a look-up that may end early does not fail here";
        return LookupFault.depthMismatch(left, 0);
    }

    private static long guardIn(long index, int left, int guardBits) {
        return index >>> left - guardBits & lowBits(guardBits);
    }

    private static long lowBits(int bits) {
        return (1L << bits) - 1;
    }
}
