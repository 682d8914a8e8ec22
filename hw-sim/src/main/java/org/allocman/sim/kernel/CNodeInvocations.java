package org.allocman.sim.kernel;

import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;

/**
 * The invocations of CNodes (seL4 manual, "seL4_CNode_Copy" and its kin): each is decoded once, for messages, which may
 * be short, and for calls alike.
 */
final class CNodeInvocations {
    private static final int PLACE_WORDS = 2;
    private static final int TRANSFER_WORDS = 4;
    static final int ROTATE_WORDS = 8;

    private final Slots slots;
    private final DerivationList list;
    private final CapabilityLookup lookup;
    private final CapabilityData data;
    private final Finaliser finaliser;
    private final CapDerivation derivation;

    /** The invocations that bring a capability from one slot to another. */
    enum Transfer {
        COPY(5, false, false),
        MINT(6, false, true),
        MOVE(4, true, false),
        MUTATE(5, true, true);

        private final int words;
        private final boolean moves;
        private final boolean hasData;

        Transfer(int words, boolean moves, boolean hasData) {
            this.words = words;
            this.moves = moves;
            this.hasData = hasData;
        }

        int words() {
            return words;
        }
    }

    CNodeInvocations(
            Slots slots,
            DerivationList list,
            CapabilityLookup lookup,
            CapabilityData data,
            Finaliser finaliser,
            CapDerivation derivation) {
        this.slots = slots;
        this.list = list;
        this.lookup = lookup;
        this.data = data;
        this.finaliser = finaliser;
        this.derivation = derivation;
    }

    KernelError decode(long root, KernelMessage message, long first, long second) {
        long label = message.label();
        // a CNode has these invocations only
        if (label < Labels.CNODE_REVOKE || label > Labels.CNODE_SAVE_CALLER) {
            return KernelError.illegalOperation();
        }
        // each of them begins with the slot that it is about
        if (message.length() < PLACE_WORDS) {
            return KernelError.truncatedMessage();
        }
        long index = message.word(0);
        long depth = message.word(1);
        return switch ((int) label) {
            case Labels.CNODE_REVOKE -> revoke(root, index, depth);
            case Labels.CNODE_DELETE -> delete(root, index, depth);
            case Labels.CNODE_CANCEL_BADGED_SENDS -> cancelBadgedSends(root, index, depth);
            case Labels.CNODE_SAVE_CALLER -> saveCaller(root, index, depth);
            case Labels.CNODE_COPY -> transfer(Transfer.COPY, message, root, first, message.word(4), 0);
            case Labels.CNODE_MINT -> transfer(Transfer.MINT, message, root, first, message.word(4), message.word(5));
            case Labels.CNODE_MOVE -> transfer(Transfer.MOVE, message, root, first, 0, 0);
            case Labels.CNODE_MUTATE -> transfer(Transfer.MUTATE, message, root, first, 0, message.word(4));
            default ->
                rotate(
                        message.length(),
                        root,
                        index,
                        depth,
                        message.word(2),
                        first,
                        message.word(3),
                        message.word(4),
                        message.word(5),
                        second,
                        message.word(6),
                        message.word(7));
        };
    }

    private KernelError transfer(
            Transfer kind, KernelMessage message, long root, long sourceRoot, long rights, long newData) {
        return transfer(
                kind,
                message.length(),
                root,
                message.word(0),
                message.word(1),
                sourceRoot,
                message.word(2),
                message.word(3),
                (int) rights & CapRights.ALL.bits(),
                newData);
    }

    KernelError transfer(
            Transfer kind,
            int length,
            long root,
            long index,
            long depth,
            long sourceRoot,
            long sourceIndex,
            long sourceDepth,
            int rights,
            long newData) {
        long to = lookup.place(root, index, depth);
        if (to < 0) {
            return lookup.placeError(false, root, index, depth);
        }
        // the source must be told before it is looked up
        if (length < TRANSFER_WORDS || sourceRoot < 0) {
            return KernelError.truncatedMessage();
        }
        // no capability is overwritten
        if (!slots.isEmpty(to)) {
            return KernelError.deleteFirst();
        }
        long from = lookup.place(sourceRoot, sourceIndex, sourceDepth);
        if (from < 0) {
            return lookup.placeError(true, sourceRoot, sourceIndex, sourceDepth);
        }
        KernelError error = checkSource(kind, length, from, sourceDepth, newData);
        if (!error.failed()) {
            transferAccepted(kind, from, to, rights, newData);
        }
        return error;
    }

    private KernelError checkSource(Transfer kind, int length, long from, long depth, long newData) {
        // there must be something to copy or move
        if (slots.isEmpty(from)) {
            return KernelError.failedLookup(true, LookupFault.missingCapability((int) depth));
        }
        // rights and data are read last
        if (length < kind.words) {
            return KernelError.truncatedMessage();
        }
        // a badge is given once, and a CNode with its guard has no more bits than a word
        if (kind.hasData && !data.accepts(from, newData, kind.moves)) {
            return KernelError.illegalOperation();
        }
        return kind.moves ? KernelError.NO_ERROR : derivation.check(from);
    }

    private void transferAccepted(Transfer kind, long from, long to, int rights, long newData) {
        if (!kind.moves) {
            derivation.copy(from, to, rights, kind.hasData, newData);
            return;
        }
        list.move(from, to);
        if (kind.hasData) {
            data.apply(to, newData);
        }
    }

    KernelError rotate(
            int length,
            long root,
            long index,
            long depth,
            long pivotData,
            long pivotRoot,
            long pivotIndex,
            long pivotDepth,
            long sourceData,
            long sourceRoot,
            long sourceIndex,
            long sourceDepth) {
        long to = lookup.place(root, index, depth);
        if (to < 0) {
            return lookup.placeError(false, root, index, depth);
        }
        // source and pivot must be told before they are looked up
        if (length < ROTATE_WORDS || pivotRoot < 0 || sourceRoot < 0) {
            return KernelError.truncatedMessage();
        }
        long source = lookup.place(sourceRoot, sourceIndex, sourceDepth);
        if (source < 0) {
            return lookup.placeError(true, sourceRoot, sourceIndex, sourceDepth);
        }
        long pivot = lookup.place(pivotRoot, pivotIndex, pivotDepth);
        if (pivot < 0) {
            return lookup.placeError(true, pivotRoot, pivotIndex, pivotDepth);
        }
        KernelError error = checkRotation(to, pivot, source);
        if (error.failed()) {
            return error;
        }
        // there must be something to move
        if (slots.isEmpty(source)) {
            return KernelError.failedLookup(true, LookupFault.missingCapability((int) sourceDepth));
        }
        if (slots.isEmpty(pivot)) {
            return KernelError.failedLookup(false, LookupFault.missingCapability((int) pivotDepth));
        }
        // neither may change a badge, or get a guard that does not fit
        if (!data.accepts(source, sourceData, true) || !data.accepts(pivot, pivotData, true)) {
            return KernelError.illegalOperation();
        }
        rotateAccepted(to, pivot, pivotData, source, sourceData);
        return KernelError.NO_ERROR;
    }

    private KernelError checkRotation(long to, long pivot, long source) {
        // the pivot is left and entered in one go
        if (pivot == source || pivot == to) {
            return KernelError.illegalOperation();
        }
        // no capability is overwritten; the source leaves its own slot, so that may be the destination
        return source != to && !slots.isEmpty(to) ? KernelError.deleteFirst() : KernelError.NO_ERROR;
    }

    private void rotateAccepted(long to, long pivot, long pivotData, long source, long sourceData) {
        data.apply(source, sourceData);
        data.apply(pivot, pivotData);
        if (source == to) {
            list.swap(source, pivot);
        } else {
            list.move(pivot, to);
            list.move(source, pivot);
        }
    }

    KernelError delete(long root, long index, long depth) {
        long slot = lookup.place(root, index, depth);
        if (slot < 0) {
            return lookup.placeError(false, root, index, depth);
        }
        finaliser.delete(slot);
        return KernelError.NO_ERROR;
    }

    KernelError revoke(long root, long index, long depth) {
        long slot = lookup.place(root, index, depth);
        if (slot < 0) {
            return lookup.placeError(false, root, index, depth);
        }
        finaliser.revoke(slot);
        return KernelError.NO_ERROR;
    }

    /** There is no IPC, so this checks its arguments and does nothing. */
    KernelError cancelBadgedSends(long root, long index, long depth) {
        long slot = lookup.place(root, index, depth);
        if (slot < 0) {
            return lookup.placeError(false, root, index, depth);
        }
        boolean allowed =
                slots.type(slot) == CapabilityType.ENDPOINT && slots.endpoint().rights(slot) == CapRights.ALL.bits();
        return allowed ? KernelError.NO_ERROR : KernelError.illegalOperation();
    }

    /** There is no IPC, so there is no reply capability to save, which is not an error. */
    KernelError saveCaller(long root, long index, long depth) {
        long slot = lookup.place(root, index, depth);
        if (slot < 0) {
            return lookup.placeError(false, root, index, depth);
        }
        return slots.isEmpty(slot) ? KernelError.NO_ERROR : KernelError.deleteFirst();
    }
}
