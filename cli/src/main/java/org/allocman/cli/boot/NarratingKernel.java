package org.allocman.cli.boot;

import org.allocman.cli.frame.Figures;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.ThreadSpaces;
import org.allocman.vka.wrap.ForwardingKernel;

/** Tells of each invocation, as long as somebody wants to hear it. */
final class NarratingKernel extends ForwardingKernel {
    private final SlotReader slots;
    private final Narration narration;
    private boolean narrates;

    NarratingKernel(Kernel kernel, SlotReader slots, Narration narration) {
        super(kernel);
        this.slots = slots;
        this.narration = narration;
    }

    void tell(boolean wanted) {
        narrates = wanted;
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
        KernelError error = super.retype(untyped, type, sizeBits, root, nodeIndex, nodeDepth, nodeOffset, count);
        if (narrates) {
            Architecture architecture = architecture();
            ObjectType made = architecture.type(type);
            String what = made == null ? "type " + type : made.text();
            int bits = made == null ? sizeBits : architecture.sizeBits(made, sizeBits);
            String into = destination(nodeIndex, nodeDepth, nodeOffset, count);
            boolean inCNode = nodeDepth == architecture.wordBits();
            long first = nodeDepth == 0 ? nodeOffset : nodeIndex << architecture.wordBits() - nodeDepth | nodeOffset;
            String from = "untyped in slot " + untyped + " at " + Figures.hex(slots.object(untyped));
            narration.step(
                    "retype",
                    error,
                    (count == 1 ? what : count + " x " + what) + " of " + Figures.sizeOfBits(bits) + " into " + into
                            + (error.failed() || inCNode ? "" : " at " + Figures.hex(slots.object(first))),
                    from);
        }
        return error;
    }

    /** Slots by number; those of a CNode that is not part of the CSpace yet by their index in it. */
    private String destination(long nodeIndex, int nodeDepth, long nodeOffset, int count) {
        int wordBits = architecture().wordBits();
        boolean inCNode = nodeDepth == wordBits;
        long first = nodeDepth == 0 || inCNode ? nodeOffset : nodeIndex << wordBits - nodeDepth | nodeOffset;
        return (count == 1 ? "slot " + first : "slots " + first + " to " + (first + count - 1))
                + (inCNode ? " of the CNode in slot " + nodeIndex : "");
    }

    @Override
    public KernelError tcbSetSpace(long tcb, ThreadSpaces spaces) {
        KernelError error = super.tcbSetSpace(tcb, spaces);
        if (narrates) {
            narration.step("switch", error, "the thread to the root CNode in slot " + spaces.cspaceRoot(), "");
        }
        return error;
    }

    @Override
    public KernelError pageMap(long frame, long vspace, long vaddr, CapRights rights, long attributes) {
        KernelError error = super.pageMap(frame, vspace, vaddr, rights, attributes);
        if (narrates) {
            narration.step("map", error, "the frame in slot " + frame + " at virtual " + Figures.hex(vaddr), "");
        }
        return error;
    }

    @Override
    public KernelError tableMap(long table, long vspace, long vaddr, long attributes) {
        KernelError error = super.tableMap(table, vspace, vaddr, attributes);
        if (narrates) {
            narration.step("map", error, "the paging structure in slot " + table + " for " + Figures.hex(vaddr), "");
        }
        return error;
    }
}
