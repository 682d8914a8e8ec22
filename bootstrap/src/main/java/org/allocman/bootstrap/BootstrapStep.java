package org.allocman.bootstrap;

import org.allocman.qual.CPtr;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ThreadSpaces;

/**
 * An invocation on the way to a manager, and how it is undone. Steps are planned as a whole before the first is made, and are
 * undone in reverse order, the last first.
 */
public sealed interface BootstrapStep {
    /**
     * Makes the step.
     *
     * @param kernel the kernel
     * @return what it answered
     */
    KernelError make(Kernel kernel);

    /**
     * Undoes the step; all later ones have been undone.
     *
     * @param kernel the kernel
     * @return what it answered
     */
    KernelError undo(Kernel kernel);

    /**
     * What the kernel is asked for.
     *
     * @return the invocation that {@link #make} makes
     */
    InvocationKind invocation();

    /**
     * What the step does, for a message.
     *
     * @return a few words
     */
    String text();

    /**
     * Makes objects of an untyped. The first retype of an untyped is undone by revoking it, which undoes the others too.
     *
     * @param untyped cptr of the untyped
     * @param type what to make, as the architecture numbers it
     * @param size what the kernel takes as size
     * @param root the CNode to look the destination up in
     * @param node where in it the destination CNode is
     * @param nodeDepth bits of that; 0 means the root itself
     * @param slot the first slot in the destination
     * @param count how many
     * @param depth bits of the untyped's cptr that a look-up in the root resolves
     * @param isFirst whether it is the untyped's first
     * @param text what it makes
     */
    record Retype(
            @CPtr long untyped,
            int type,
            int size,
            @CPtr long root,
            long node,
            int nodeDepth,
            long slot,
            int count,
            int depth,
            boolean isFirst,
            String text)
            implements BootstrapStep {
        @Override
        public InvocationKind invocation() {
            return InvocationKind.RETYPE;
        }

        @Override
        public KernelError make(Kernel kernel) {
            return kernel.retype(untyped, type, size, root, node, nodeDepth, slot, count);
        }

        @Override
        public KernelError undo(Kernel kernel) {
            return isFirst ? kernel.revoke(root, untyped, depth) : KernelError.NO_ERROR;
        }
    }

    /**
     * Copies a capability into the new CSpace; it goes with it.
     *
     * @param to an empty place
     * @param from the capability
     * @param guard guard data for the copy; 0 for a plain copy
     * @param text what it copies
     */
    record Copy(CapPath to, CapPath from, long guard, String text) implements BootstrapStep {
        @Override
        public InvocationKind invocation() {
            return guard == 0 ? InvocationKind.COPY : InvocationKind.MINT;
        }

        @Override
        public KernelError make(Kernel kernel) {
            return guard == 0 ? kernel.copy(to, from, CapRights.ALL) : kernel.mint(to, from, CapRights.ALL, guard);
        }

        @Override
        public KernelError undo(Kernel kernel) {
            return kernel.delete(to.root(), to.index(), to.depth());
        }
    }

    /**
     * Moves a capability; a slot in which there is none is passed over.
     *
     * @param to an empty place
     * @param from the capability
     */
    record Move(CapPath to, CapPath from) implements BootstrapStep {
        @Override
        public InvocationKind invocation() {
            return InvocationKind.MOVE;
        }

        @Override
        public KernelError make(Kernel kernel) {
            return move(kernel, to, from);
        }

        @Override
        public KernelError undo(Kernel kernel) {
            return move(kernel, from, to);
        }

        private static KernelError move(Kernel kernel, CapPath to, CapPath from) {
            KernelError error = kernel.move(to, from);
            LookupFault fault = error.lookupFault();
            boolean isEmpty =
                    fault != null && error.detail(0) == SOURCE && fault.kind() == LookupFault.Kind.MISSING_CAPABILITY;
            return isEmpty ? KernelError.NO_ERROR : error;
        }

        private static final long SOURCE = 1;

        @Override
        public String text() {
            return "moving the capability in slot " + from.index();
        }
    }

    /**
     * Gives the thread its new CSpace.
     *
     * @param tcb cptr of the thread, in both CSpaces
     * @param vspace cptr of its address space, in both
     * @param newRoot cptr of the new root CNode in the old CSpace
     * @param guard guard data for it
     * @param oldRoot cptr of the old root CNode in the new CSpace
     */
    record Switch(
            @CPtr long tcb,
            @CPtr long vspace,
            @CPtr long newRoot,
            long guard,
            @CPtr long oldRoot) implements BootstrapStep {
        @Override
        public InvocationKind invocation() {
            return InvocationKind.TCB_SET_SPACE;
        }

        @Override
        public KernelError make(Kernel kernel) {
            return kernel.tcbSetSpace(tcb, new ThreadSpaces(0, newRoot, guard, vspace, 0));
        }

        @Override
        public KernelError undo(Kernel kernel) {
            return kernel.tcbSetSpace(tcb, new ThreadSpaces(0, oldRoot, 0, vspace, 0));
        }

        @Override
        public String text() {
            return "giving the thread its new CSpace";
        }
    }
}
