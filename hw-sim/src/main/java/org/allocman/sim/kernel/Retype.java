package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Untyped_Retype (seL4 manual, "Untyped memory"): all checks, in the kernel's order and each with its reason, then the new
 * capabilities. Memory needs no zeroing here: whatever lost its last capability was cleared then.
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
    private final long state;

    Retype(
            PagedMemory memory,
            Architecture architecture,
            @SizeBits int tcbBits,
            Slots slots,
            DerivationList list,
            CapabilityLookup lookup,
            AddressSpaces spaces,
            @PhysAddr long state) {
        this.memory = memory;
        this.architecture = architecture;
        this.tcbBits = tcbBits;
        this.slots = slots;
        this.list = list;
        this.lookup = lookup;
        this.spaces = spaces;
        this.types = new ObjectTypes(slots, architecture);
        this.state = state;
    }

    /** Takes the words out of a message to an untyped; the invocation checks what they say. */
    KernelError decode(long untyped, KernelMessage message, long root) {
        // an untyped has one invocation
        if (message.label() != Labels.UNTYPED_RETYPE) {
            return KernelError.illegalOperation();
        }
        // each word and the destination's root must be there before one of them is read
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

    /** The invocation on slots: every check, then {@link #retype}, which cannot fail. All words are unsigned. */
    KernelError invoke(
            long untyped, long number, long size, long root, long index, long depth, long offset, long count) {
        // the number must be that of an object of this kernel
        ObjectType type = architecture.type(number);
        if (type == null) {
            return KernelError.invalidArgument(0);
        }
        int bits = sizeBits(type, size);
        KernelError error = checkSize(type, size, bits);
        if (error.failed()) {
            return error;
        }
        // a depth of 0 means the root itself
        long node = depth == 0 ? root : lookup.place(root, index, depth);
        if (node < 0) {
            return lookup.placeError(false, root, index, depth);
        }
        error = checkDestination(node, depth, offset, count);
        if (error.failed()) {
            return error;
        }
        // without children nothing of the untyped is in use, wherever its watermark is
        long[] pin = slots.pin(untyped);
        long free = list.hasChildren(pin, untyped) ? slots.untyped().freeIndex(pin, untyped) : 0;
        error = checkMemory(slots.word(pin, untyped), free, type, bits, count);
        if (!error.failed()) {
            retype(pin, untyped, free, type, bits, (int) size, slots.at(slots.object(node), offset), (int) count);
        }
        return error;
    }

    private KernelError checkSize(ObjectType type, long size, int bits) {
        // no untyped could hold it
        if (bits > architecture.maxUntypedBits()) {
            return KernelError.rangeError(0, architecture.maxUntypedBits());
        }
        // a CNode has two slots or more, an untyped can hold the smallest object
        if (type.isSizedByCaller() && (size < architecture.leastSize(type) || size > architecture.mostSize(type))) {
            return KernelError.invalidArgument(1);
        }
        return KernelError.NO_ERROR;
    }

    private KernelError checkDestination(long node, long depth, long offset, long count) {
        // the new capabilities go into a CNode
        long word = slots.word(node);
        if (slots.typeOf(word) != CapabilityType.CNODE) {
            return KernelError.failedLookup(false, LookupFault.missingCapability((int) depth));
        }
        // the first of the slots must be one of the CNode's
        long nodeSlots = 1L << slots.cnode().radixOf(word);
        if (offset < 0 || offset >= nodeSlots) {
            return KernelError.rangeError(0, nodeSlots - 1);
        }
        // the kernel is not preempted in a retype, so one makes no more than these
        if (count < 1 || count > architecture.fanOutLimit()) {
            return KernelError.rangeError(1, architecture.fanOutLimit());
        }
        // and so must the last
        if (count > nodeSlots - offset) {
            return KernelError.rangeError(1, nodeSlots - offset);
        }
        // no capability is overwritten
        long first = slots.at(slots.objectOf(word), offset);
        for (int i = 0; i < count; i++) {
            if (!slots.isEmpty(slots.at(first, i))) {
                return KernelError.deleteFirst();
            }
        }
        return KernelError.NO_ERROR;
    }

    private KernelError checkMemory(long word, long free, ObjectType type, int bits, long count) {
        // the objects must fit behind the watermark; aligning it takes nothing off, because sizes are powers of two
        long left = (1L << slots.untyped().sizeBitsOf(word)) - free;
        if (left >>> bits < count) {
            return KernelError.notEnoughMemory(left);
        }
        // the kernel keeps no state of its own in device memory
        if (slots.untyped().isDeviceOf(word) && type != ObjectType.UNTYPED && !type.isFrame()) {
            return KernelError.invalidArgument(1);
        }
        return KernelError.NO_ERROR;
    }

    /** The size of an object; no untyped has the one of a size that a word cannot tell, which types of fixed size refuse, too. */
    private @SizeBits int sizeBits(ObjectType type, long size) {
        if (size < 0 || size >= architecture.wordBits()) {
            return Long.SIZE;
        }
        return type == ObjectType.TCB ? tcbBits : architecture.sizeBits(type, (int) size);
    }

    /** Moves the watermark and writes the capabilities, directly behind the untyped's in the list, the last one first. */
    private void retype(
            long @Nullable [] pin,
            long untyped,
            long free,
            ObjectType type,
            int bits,
            int size,
            long first,
            int count) {
        long word = slots.word(pin, untyped);
        long start = free + (1L << bits) - 1 & -(1L << bits);
        long paddr = slots.objectOf(word) + start;
        slots.untyped().setFreeIndex(pin, untyped, start + ((long) count << bits));
        putTemplate(first, type, bits, size, slots.untyped().isDeviceOf(word));
        long template = slots.word(first);
        MdbNode mdb = slots.mdb();
        long next = mdb.next(pin, untyped);
        for (int i = 0; i < count; i++) {
            long slot = slots.at(first, i);
            long[] here = slots.pin(slot);
            memory.store64(here, slot, 0, template | paddr + ((long) i << bits));
            long before = i == count - 1 ? untyped : slots.at(slot, 1);
            mdb.set(here, slot, before, i == 0 ? next : slots.at(slot, -1), true, true);
        }
        mdb.setNext(pin, untyped, slots.at(first, count - 1));
        if (next >= 0) {
            mdb.setPrevious(next, first);
        }
        if (slots.typeOf(template).isTable()) {
            for (int i = 0; i < count; i++) {
                spaces.onCreate(slots.at(first, i));
            }
        }
        if (type == ObjectType.TCB && architecture.domains() > 1) {
            putDomain(first, count);
        }
        for (int i = 0; type == ObjectType.VCPU && i < count; i++) {
            VcpuLayout.initialise(memory, slots.object(slots.at(first, i)), architecture.wordBits() == Long.SIZE);
        }
    }

    /** A new thread is in the domain of the one that makes it. */
    private void putDomain(long first, int count) {
        long shift = TcbLayout.wordsShift(slots);
        long domain = TcbLayout.DOMAIN.get(memory, KernelState.thread(memory, state) + shift);
        for (int i = 0; domain != 0 && i < count; i++) {
            TcbLayout.DOMAIN.set(memory, slots.object(slots.at(first, i)) + shift, domain);
        }
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
            case PLAIN -> slots.own().setRights(slot, type == ObjectType.REPLY ? CapRights.GRANT : 0);
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
