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
    private final AddressSpaces spaces;

    /** The invocations that bring a capability from one slot to another. */
    enum Transfer {
        COPY(5, false),
        MINT(6, false),
        MOVE(4, true),
        MUTATE(5, true);

        private final int words;
        private final boolean moves;

        Transfer(int words, boolean moves) {
            this.words = words;
            this.moves = moves;
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
            AddressSpaces spaces) {
        this.slots = slots;
        this.list = list;
        this.lookup = lookup;
        this.data = data;
        this.finaliser = finaliser;
        this.spaces = spaces;
    }

    KernelError decode(long root, KernelMessage message, long first, long second) {
        long label = message.label();
        if (label < Labels.CNODE_REVOKE || label > Labels.CNODE_SAVE_CALLER) {
            return KernelError.illegalOperation();
        }
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
        if (length < TRANSFER_WORDS || sourceRoot < 0) {
            return KernelError.truncatedMessage();
        }
        if (!slots.isEmpty(to)) {
            return KernelError.deleteFirst();
        }
        long from = lookup.place(sourceRoot, sourceIndex, sourceDepth);
        if (from < 0) {
            return lookup.placeError(true, sourceRoot, sourceIndex, sourceDepth);
        }
        if (slots.isEmpty(from)) {
            return KernelError.failedLookup(true, LookupFault.missingCapability((int) sourceDepth));
        }
        if (length < kind.words) {
            return KernelError.truncatedMessage();
        }
        return kind.moves ? move(kind, from, to, newData) : copy(kind, from, to, rights, newData);
    }

    private KernelError move(Transfer kind, long from, long to, long newData) {
        if (kind == Transfer.MUTATE && !data.accepts(from, newData, true)) {
            return KernelError.illegalOperation();
        }
        list.move(from, to);
        if (kind == Transfer.MUTATE) {
            data.apply(to, newData);
        }
        return KernelError.NO_ERROR;
    }

    private KernelError copy(Transfer kind, long from, long to, int rights, long newData) {
        if (kind == Transfer.MINT && !data.accepts(from, newData, false)) {
            return KernelError.illegalOperation();
        }
        KernelError error = checkCopy(from);
        if (error.failed()) {
            return error;
        }
        copyAccepted(from, to, rights, kind == Transfer.MINT, newData);
        return KernelError.NO_ERROR;
    }

    /** Whether a capability may be copied at all. */
    KernelError checkCopy(long from) {
        return switch (slots.type(from)) {
            case UNTYPED -> list.hasChildren(from) ? KernelError.revokeFirst() : KernelError.NO_ERROR;
            case ZOMBIE, REPLY -> KernelError.illegalOperation();
            case CONTROL ->
                switch (slots.control().kind(from)) {
                    case IRQ_CONTROL, IO_PORT_CONTROL -> KernelError.illegalOperation();
                    default -> KernelError.NO_ERROR;
                };
            case FRAME, PAGE_TABLE, PAGE_DIRECTORY, PDPT, VSPACE, ASID_POOL -> spaces.checkCopy(from);
            default -> KernelError.NO_ERROR;
        };
    }

    /** Copies what {@link #checkCopy} and the data's check have accepted. */
    void copyAccepted(long from, long to, int rights, boolean withData, long newData) {
        slots.copyCapability(from, to);
        boolean revocable = false;
        CapabilityType type = slots.type(from);
        switch (type) {
            case UNTYPED -> {
                slots.untyped().setFreeIndex(from, 1L << slots.untyped().sizeBits(from));
                revocable = true;
            }
            case ENDPOINT, NOTIFICATION -> {
                slots.endpoint().setRights(to, slots.endpoint().rights(to) & rights);
                if (withData) {
                    data.apply(to, newData);
                    revocable = slots.endpoint().badge(to) != slots.endpoint().badge(from);
                }
            }
            case CNODE -> {
                if (withData) {
                    data.apply(to, newData);
                }
            }
            default -> {
                if (type.isPaging()) {
                    spaces.onCopy(to, rights);
                }
            }
        }
        list.insert(from, to, revocable);
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
        if (pivot == source || pivot == to) {
            return KernelError.illegalOperation();
        }
        if (source != to && !slots.isEmpty(to)) {
            return KernelError.deleteFirst();
        }
        if (slots.isEmpty(source)) {
            return KernelError.failedLookup(true, LookupFault.missingCapability((int) sourceDepth));
        }
        if (slots.isEmpty(pivot)) {
            return KernelError.failedLookup(false, LookupFault.missingCapability((int) pivotDepth));
        }
        if (!data.accepts(source, sourceData, true) || !data.accepts(pivot, pivotData, true)) {
            return KernelError.illegalOperation();
        }
        data.apply(source, sourceData);
        data.apply(pivot, pivotData);
        if (source == to) {
            list.swap(source, pivot);
        } else {
            list.move(pivot, to);
            list.move(source, pivot);
        }
        return KernelError.NO_ERROR;
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

    /** Nobody ever waits to send here, so what is allowed has no effect. */
    KernelError cancelBadgedSends(long root, long index, long depth) {
        long slot = lookup.place(root, index, depth);
        if (slot < 0) {
            return lookup.placeError(false, root, index, depth);
        }
        boolean allowed =
                slots.type(slot) == CapabilityType.ENDPOINT && slots.endpoint().rights(slot) == CapRights.ALL.bits();
        return allowed ? KernelError.NO_ERROR : KernelError.illegalOperation();
    }

    /** Nobody is ever called, so there is no reply capability to save, which is not an error. */
    KernelError saveCaller(long root, long index, long depth) {
        long slot = lookup.place(root, index, depth);
        if (slot < 0) {
            return lookup.placeError(false, root, index, depth);
        }
        return slots.isEmpty(slot) ? KernelError.NO_ERROR : KernelError.deleteFirst();
    }
}
