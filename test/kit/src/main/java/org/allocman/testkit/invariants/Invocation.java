package org.allocman.testkit.invariants;

import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;

/**
 * One invocation of a kernel, valid or not, as plain numbers: good for drawing at random, for enumerating, and for
 * printing.
 *
 * @param kind which
 * @param target cptr of the capability invoked
 * @param index the destination's or target's index
 * @param depth bits of the index
 * @param source cptr of the CNode of the source
 * @param sourceIndex the source's index
 * @param sourceDepth bits of the source's index
 * @param first rights, object type, or pivot's index, as the kind has it
 * @param second badge, size bits, or count, as the kind has it
 */
public record Invocation(
        Kind kind,
        long target,
        long index,
        int depth,
        long source,
        long sourceIndex,
        int sourceDepth,
        int first,
        long second) {
    /** The invocations that do not concern address spaces. */
    public enum Kind {
        /** Retype one object: {@code first} is the type, {@code second} the size; the source is the destination. */
        RETYPE_ONE,
        /** Retype three objects. */
        RETYPE_THREE,
        /** Copy with {@code first} as rights. */
        COPY,
        /** Mint with {@code second} as badge or guard data. */
        MINT,
        /** Move. */
        MOVE,
        /** Mutate with {@code second} as guard data. */
        MUTATE,
        /** Rotate over the pivot with index {@code first} in the target. */
        ROTATE,
        /** Delete. */
        DELETE,
        /** Revoke. */
        REVOKE,
        /** CancelBadgedSends. */
        CANCEL_BADGED_SENDS,
        /** SaveCaller. */
        SAVE_CALLER,
        /** TCB_SetSpace of the target, with the source as CSpace and the index as cptr of the address space. */
        SET_SPACE
    }

    /**
     * Makes the invocation.
     *
     * @param kernel the kernel
     * @return its answer
     */
    public KernelError apply(Kernel kernel) {
        int rights = first & CapRights.ALL.bits();
        return switch (kind) {
            case RETYPE_ONE -> retype(kernel, 1);
            case RETYPE_THREE -> retype(kernel, 3);
            case COPY -> kernel.copy(target, index, depth, source, sourceIndex, sourceDepth, new CapRights(rights));
            case MINT ->
                kernel.mint(target, index, depth, source, sourceIndex, sourceDepth, new CapRights(rights), second);
            case MOVE -> kernel.move(target, index, depth, source, sourceIndex, sourceDepth);
            case MUTATE -> kernel.mutate(target, index, depth, source, sourceIndex, sourceDepth, second);
            case ROTATE ->
                kernel.rotate(target, index, depth, second, target, first, depth, 0, source, sourceIndex, sourceDepth);
            case DELETE -> kernel.delete(target, index, depth);
            case REVOKE -> kernel.revoke(target, index, depth);
            case CANCEL_BADGED_SENDS -> kernel.cancelBadgedSends(target, index, depth);
            case SAVE_CALLER -> kernel.saveCaller(target, index, depth);
            case SET_SPACE -> kernel.tcbSetSpace(target, 0, source, second, index, 0);
        };
    }

    private KernelError retype(Kernel kernel, int count) {
        return kernel.retype(target, first, (int) second, source, 0, 0, sourceIndex, count);
    }
}
