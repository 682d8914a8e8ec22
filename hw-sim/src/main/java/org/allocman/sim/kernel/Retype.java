package org.allocman.sim.kernel;

import org.allocman.qual.SizeBits;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;

/**
 * Untyped_Retype (seL4 manual, "Untyped memory"): all checks, in the kernel's order, then the new capabilities. Memory
 * needs no zeroing here: whatever lost its last capability was cleared then.
 */
final class Retype {
    static final int WORDS = 6;

    private final PagedMemory memory;
    private final Architecture architecture;
    private final int tcbBits;
    private final Slots slots;
    private final DerivationList list;
    private final CapabilityLookup lookup;
    private final AddressSpaces spaces;
    private final ObjectTypes types;

    Retype(
            PagedMemory memory,
            Architecture architecture,
            @SizeBits int tcbBits,
            Slots slots,
            DerivationList list,
            CapabilityLookup lookup,
            AddressSpaces spaces) {
        this.memory = memory;
        this.architecture = architecture;
        this.tcbBits = tcbBits;
        this.slots = slots;
        this.list = list;
        this.lookup = lookup;
        this.spaces = spaces;
        this.types = new ObjectTypes(slots, architecture);
    }

    KernelError decode(long untyped, KernelMessage message, long root) {
        if (message.label() != Labels.UNTYPED_RETYPE) {
            return KernelError.illegalOperation();
        }
        if (message.length() < WORDS || root < 0) {
            return KernelError.truncatedMessage();
        }
        return invoke(
                untyped,
                message.word(0),
                message.word(1),
                root,
                message.word(2),
                message.word(3),
                message.word(4),
                message.word(5));
    }

    /** The invocation on slots; all words are unsigned. */
    KernelError invoke(
            long untyped, long number, long size, long root, long index, long depth, long offset, long count) {
        ObjectType type = architecture.type(number);
        if (type == null) {
            return KernelError.invalidArgument(0);
        }
        boolean tooLarge = size < 0 || size >= architecture.wordBits();
        int bits = tooLarge ? 0 : sizeBits(type, (int) size);
        if (tooLarge || bits > architecture.maxUntypedBits()) {
            return KernelError.rangeError(0, architecture.maxUntypedBits());
        }
        if (type.isSizedByCaller() && (size < architecture.leastSize(type) || size > architecture.mostSize(type))) {
            return KernelError.invalidArgument(1);
        }
        long node = depth == 0 ? root : lookup.place(root, index, depth);
        if (node < 0) {
            return lookup.placeError(false, root, index, depth);
        }
        if (slots.type(node) != CapabilityType.CNODE) {
            return KernelError.failedLookup(false, LookupFault.missingCapability((int) depth));
        }
        long nodeSlots = 1L << slots.cnode().radix(node);
        if (offset < 0 || offset >= nodeSlots) {
            return KernelError.rangeError(0, nodeSlots - 1);
        }
        if (count < 1 || count > architecture.fanOutLimit()) {
            return KernelError.rangeError(1, architecture.fanOutLimit());
        }
        if (count > nodeSlots - offset) {
            return KernelError.rangeError(1, nodeSlots - offset);
        }
        long first = slots.at(slots.object(node), offset);
        for (int i = 0; i < count; i++) {
            if (!slots.isEmpty(slots.at(first, i))) {
                return KernelError.deleteFirst();
            }
        }
        return make(untyped, type, bits, (int) size, first, (int) count);
    }

    private int sizeBits(ObjectType type, int size) {
        return type == ObjectType.TCB ? tcbBits : architecture.sizeBits(type, size);
    }

    private KernelError make(long untyped, ObjectType type, int bits, int size, long first, int count) {
        long free = list.hasChildren(untyped) ? slots.untyped().freeIndex(untyped) : 0;
        long left = (1L << slots.untyped().sizeBits(untyped)) - free;
        if (left >>> bits < count) {
            return KernelError.notEnoughMemory(left);
        }
        boolean device = slots.isDevice(untyped);
        if (device && type != ObjectType.UNTYPED && !type.isFrame()) {
            return KernelError.invalidArgument(1);
        }
        long start = free + (1L << bits) - 1 & -(1L << bits);
        long paddr = slots.object(untyped) + start;
        slots.untyped().setFreeIndex(untyped, start + ((long) count << bits));
        putTemplate(first, type, bits, size, device);
        long template = slots.word(first);
        long previous = slots.mdb().next(untyped);
        for (int i = 0; i < count; i++) {
            long slot = slots.at(first, i);
            memory.store64(slot, 0, template | paddr + ((long) i << bits));
            long before = i == count - 1 ? untyped : slots.at(slot, 1);
            slots.mdb().set(slot, before, i == 0 ? previous : slots.at(slot, -1), true, true);
        }
        slots.mdb().setNext(untyped, slots.at(first, count - 1));
        if (previous >= 0) {
            slots.mdb().setPrevious(previous, first);
        }
        if (slots.type(first).isTable()) {
            for (int i = 0; i < count; i++) {
                spaces.onCreate(slots.at(first, i));
            }
        }
        return KernelError.NO_ERROR;
    }

    /** Writes a new capability of the type, at address 0. */
    private void putTemplate(long slot, ObjectType type, int bits, int size, boolean device) {
        types.put(slot, type, 0, bits);
        switch (type.kind()) {
            case UNTYPED -> {
                slots.untyped().setSizeBits(slot, size);
                slots.untyped().setDevice(slot, device);
            }
            case CNODE -> slots.cnode().setRadix(slot, size);
            case ENDPOINT -> slots.endpoint().setRights(slot, CapRights.ALL.bits());
            case NOTIFICATION -> slots.endpoint().setRights(slot, CapRights.READ_WRITE.bits());
            case FRAME -> {
                slots.frame().setSize(slot, architecture.frames().indexOf(type));
                slots.frame().setDevice(slot, device);
                slots.frame().setVmRights(slot, spaces.newFrameRights());
            }
            default -> {
                return;
            }
        }
    }
}
