package org.allocman.script;

import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.CapabilityLookup;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What places mean in the thread's CSpace as it now is. */
final class PathResolver {
    private final ScriptNames names;
    private final Slots slots;
    private final CapabilityLookup lookup;
    private final int wordBits;
    private final long rootCptr;

    /** The slots of a CNode that a retype fills, as the kernel wants them. */
    record NodeSlots(long root, long nodeIndex, int nodeDepth, long offset, CapPath first) {}

    PathResolver(ScriptNames names, PhysicalMemory memory, Architecture architecture, long kernelState, long rootCptr) {
        this.names = names;
        this.slots = new Slots(memory.words(), architecture);
        this.lookup = new CapabilityLookup(memory.words(), architecture, slots, kernelState);
        this.wordBits = architecture.wordBits();
        this.rootCptr = rootCptr;
    }

    /** The path of a cptr. */
    CapPath ofCptr(@CPtr long cptr) {
        return new CapPath(rootCptr, cptr, wordBits);
    }

    long cptr(Operand.Value value) throws Mistake {
        return names.number(value, ofCptr(0));
    }

    CapPath path(Operand.Place place) throws Mistake {
        Operand.Value inNode = place.index();
        if (inNode == null) {
            CapPath known = names.path(place.root());
            return known != null ? known : ofCptr(cptr(place.root()));
        }
        long root = cptr(place.root());
        long index = cptr(inNode);
        Operand.Value bits = place.depth();
        return new CapPath(root, index, bits == null ? depth(root) : depth(bits));
    }

    private int depth(Operand.Value bits) throws Mistake {
        long depth = cptr(bits);
        if (depth >>> Integer.SIZE != 0) {
            throw new Mistake("a depth of " + bits.text() + " bits is out of all range");
        }
        return (int) depth;
    }

    /** The bits that a CNode resolves; the word's if it is none, so that the kernel says what is wrong. */
    private int depth(long root) {
        long slot = lookup.slot(root);
        return slot >= 0 && slots.type(slot) == CapabilityType.CNODE
                ? slots.cnode().guardSize(slot) + slots.cnode().radix(slot)
                : wordBits;
    }

    NodeSlots nodeSlots(Operand.Place place) throws Mistake {
        Operand.Value index = place.index();
        if (index == null) {
            CapPath known = names.path(place.root());
            if (known != null && (known.root() != rootCptr || known.depth() != wordBits)) {
                return new NodeSlots(known.root(), 0, 0, known.index(), known);
            }
            return split(cptr(place.root()));
        }
        long root = cptr(place.root());
        long number = cptr(index);
        Operand.Value offset = place.offset();
        if (offset == null) {
            return new NodeSlots(root, 0, 0, number, new CapPath(root, number, depth(root)));
        }
        Operand.Value bits = place.depth();
        int depth = bits == null ? depth(root) : depth(bits);
        long slot = cptr(offset);
        CapPath first = depth == 0 ? new CapPath(root, slot, depth(root)) : inside(root, number, depth, slot);
        return new NodeSlots(root, number, depth, slot, first);
    }

    /** The path of a slot in a CNode that is itself at a place. */
    private CapPath inside(long root, long index, int depth, long offset) {
        long start = lookup.slot(root);
        long node = start < 0 ? -1 : lookup.place(start, index, depth);
        int bits = node >= 0 && slots.type(node) == CapabilityType.CNODE
                ? slots.cnode().guardSize(node) + slots.cnode().radix(node)
                : 0;
        return new CapPath(root, index << bits | offset, depth + bits);
    }

    /** Which CNode a cptr ends in, and which slot of it that is. */
    private NodeSlots split(long cptr) {
        long node = lookup.root();
        int left = wordBits;
        int before = wordBits;
        while (node >= 0 && left > 0 && slots.type(node) == CapabilityType.CNODE) {
            before = left;
            left -= slots.cnode().guardSize(node) + slots.cnode().radix(node);
            if (left > 0) {
                node = slots.at(
                        slots.object(node), cptr >>> left & (1L << slots.cnode().radix(node)) - 1);
            }
        }
        CapPath path = ofCptr(cptr);
        if (before == wordBits || left != 0) {
            return new NodeSlots(rootCptr, 0, 0, cptr, path);
        }
        return new NodeSlots(rootCptr, cptr >>> before, wordBits - before, cptr & (1L << before) - 1, path);
    }

    /** The slot itself; negative if there is none. */
    @PhysAddr
    long slot(CapPath path) {
        if (path.root() == rootCptr && path.depth() == wordBits) {
            return lookup.slot(path.index());
        }
        long root = lookup.slot(path.root());
        return root < 0 ? -1 : lookup.place(root, path.index(), path.depth());
    }

    /** The name of a place as a script writes it. */
    String text(CapPath path) {
        if (path.root() == rootCptr && path.depth() == wordBits) {
            return "slot " + path.index();
        }
        return "slot " + path.index() + " of the CNode in " + path.root();
    }

    @Nullable
    CapabilityType typeAt(@CPtr long cptr) {
        long slot = lookup.slot(cptr);
        return slot < 0 ? null : slots.type(slot);
    }
}
