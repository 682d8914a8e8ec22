package org.allocman.sim.kernel.paging;

import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.KernelMessage;
import org.allocman.sim.kernel.KernelReply;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.KernelError;

/** Decodes messages to frames, paging structures and ASIDs: the label first, then the message's length. */
final class PagingMessages {
    private static final int MAP_WORDS = 3;
    private static final int TABLE_MAP_WORDS = 2;
    private static final int MAKE_POOL_WORDS = 2;
    private static final int CACHE_WORDS = 2;

    private final AddressSpaces spaces;
    private final Slots slots;
    private final PagingLabels labels;
    private final CapabilityType rootType;

    PagingMessages(AddressSpaces spaces, Slots slots, PagingLabels labels, CapabilityType rootType) {
        this.spaces = spaces;
        this.slots = slots;
        this.labels = labels;
        this.rootType = rootType;
    }

    KernelReply decode(long slot, KernelMessage message, long first, long second) {
        return switch (slots.type(slot)) {
            case FRAME -> invokeFrame(slot, message, first);
            case ASID_POOL -> KernelReply.of(invokePool(slot, message, first));
            case CONTROL -> KernelReply.of(invokeControl(message, first, second));
            case VSPACE -> KernelReply.of(invokeVspace(slot, message));
            case PAGE_DIRECTORY ->
                KernelReply.of(
                        rootType == CapabilityType.PAGE_DIRECTORY
                                ? invokeVspace(slot, message)
                                : invokeTable(slot, message, first));
            default -> KernelReply.of(invokeTable(slot, message, first));
        };
    }

    private KernelReply invokeFrame(long frame, KernelMessage message, long vspace) {
        long label = message.label();
        if (label == labels.pageMap()) {
            if (message.length() < MAP_WORDS || vspace < 0) {
                return KernelReply.of(KernelError.truncatedMessage());
            }
            return KernelReply.of(spaces.pageMap(frame, vspace, message.word(0), message.word(1), message.word(2)));
        }
        if (label == labels.pageMap() + 1) {
            return KernelReply.of(spaces.pageUnmap(frame));
        }
        return label == labels.pageGetAddress()
                ? KernelReply.value(slots.object(frame))
                : KernelReply.of(invokePageCache(frame, message));
    }

    private KernelError invokePool(long pool, KernelMessage message, long vspace) {
        if (message.label() != labels.assign()) {
            return KernelError.illegalOperation();
        }
        return vspace < 0 ? KernelError.truncatedMessage() : spaces.asidPoolAssign(pool, vspace);
    }

    private KernelError invokeControl(KernelMessage message, long untyped, long root) {
        if (message.label() != labels.makePool()) {
            return KernelError.illegalOperation();
        }
        if (message.length() < MAKE_POOL_WORDS || untyped < 0 || root < 0) {
            return KernelError.truncatedMessage();
        }
        return spaces.makePool(untyped, root, message.word(0), message.word(1));
    }

    private KernelError invokeTable(long table, KernelMessage message, long vspace) {
        int map = labels.map(slots.type(table));
        if (message.label() == map + 1) {
            return spaces.tableUnmap(table);
        }
        if (message.label() != map) {
            return KernelError.illegalOperation();
        }
        if (message.length() < TABLE_MAP_WORDS || vspace < 0) {
            return KernelError.truncatedMessage();
        }
        return spaces.tableMap(table, vspace, message.word(0), message.word(1));
    }

    private KernelError invokePageCache(long frame, KernelMessage message) {
        if (!PagingLabels.isOperation(message.label(), labels.pageCache())) {
            return KernelError.illegalOperation();
        }
        return message.length() < CACHE_WORDS
                ? KernelError.truncatedMessage()
                : spaces.pageCache(
                        PagingLabels.operation(message.label(), labels.pageCache()),
                        frame,
                        message.word(0),
                        message.word(1));
    }

    /** A message to a root that has a type of its own. */
    private KernelError invokeVspace(long vspace, KernelMessage message) {
        if (!PagingLabels.isOperation(message.label(), labels.vspaceCache())) {
            return KernelError.illegalOperation();
        }
        return message.length() < CACHE_WORDS
                ? KernelError.truncatedMessage()
                : spaces.vspaceCache(
                        PagingLabels.operation(message.label(), labels.vspaceCache()),
                        vspace,
                        message.word(0),
                        message.word(1));
    }
}
