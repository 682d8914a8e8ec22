package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/**
 * Deleting and revoking. The last capability to a CNode or thread becomes a zombie, which empties its object slot by slot
 * from the end; there is no recursion, so no nesting can exhaust a stack.
 */
final class Finaliser {
    private final PagedMemory memory;
    private final Slots slots;
    private final ObjectRegions regions;
    private final DerivationList list;
    private final AddressSpaces spaces;
    private final Bindings bindings;
    private final VcpuBindings vcpus;
    private final Interrupts interrupts;
    private final int threadSlots;
    private final long state;

    Finaliser(
            PagedMemory memory,
            Architecture architecture,
            Slots slots,
            ObjectRegions regions,
            DerivationList list,
            AddressSpaces spaces,
            Bindings bindings,
            @PhysAddr long state) {
        this.memory = memory;
        this.slots = slots;
        this.regions = regions;
        this.list = list;
        this.spaces = spaces;
        this.bindings = bindings;
        this.vcpus = new VcpuBindings(memory, slots);
        this.interrupts = new Interrupts(memory, slots, state);
        this.state = state;
        this.threadSlots = TcbLayout.slots(architecture);
    }

    /** Empties a slot, and with the last capability its object. */
    void delete(long slot) {
        while (!slots.isEmpty(slot)) {
            if (releaseObject(slot, false)) {
                list.remove(slot);
                return;
            }
            emptyLastSlot(slot);
        }
    }

    /** Deletes everything derived from a slot, which may itself lie in what is deleted. */
    void revoke(long slot) {
        while (list.hasChildren(slot)) {
            delete(slots.mdb().next(slot));
        }
    }

    /** Empties the last slot that a zombie has left; slots that are empty already count as done, all at once. */
    private void emptyLastSlot(long zombie) {
        long object = slots.object(zombie);
        long left = slots.zombie().number(zombie);
        long used = slots.used(object, left);
        if (used < left) {
            slots.zombie().setNumber(zombie, used);
            return;
        }
        deleteInside(slots.at(object, left - 1));
        boolean stillHere = slots.type(zombie) == CapabilityType.ZOMBIE
                && slots.object(zombie) == object
                && slots.zombie().number(zombie) == left;
        if (stillHere) {
            slots.zombie().setNumber(zombie, left - 1);
        }
    }

    /**
     * Empties a slot of an object that is being deleted. A zombie that turns up there is not emptied: it changes places
     * with its own slot 0, and what was there is deleted instead.
     */
    private void deleteInside(long slot) {
        while (!slots.isEmpty(slot)) {
            if (releaseObject(slot, true)) {
                list.remove(slot);
                return;
            }
            long first = slots.object(slot);
            if (first == slot) {
                return;
            }
            list.swap(first, slot);
        }
    }

    /**
     * Lets go of a capability's object; answers false if a zombie with slots to empty remains. Inside of an object that is
     * being deleted it remains even if they are empty, because it changes places there.
     */
    private boolean releaseObject(long slot, boolean inside) {
        long word = slots.word(slot);
        CapabilityType type = slots.typeOf(word);
        switch (type) {
            case UNTYPED, ENDPOINT, REPLY:
                return true;
            case NOTIFICATION:
                releaseNotification(slot);
                return true;
            case CONTROL:
                releaseControl(slot);
                return true;
            case ZOMBIE:
                return isSpent(slot);
            default:
                break;
        }
        boolean last = list.isLast(slot);
        if (type.isPaging()) {
            spaces.onDelete(slot, last);
            if (last && !slots.isDeviceOf(word)) {
                memory.clear(slots.objectOf(word), 1L << regions.sizeBitsOf(word));
            }
            return true;
        }
        if (!last) {
            return true;
        }
        long object = slots.objectOf(word);
        if (type == CapabilityType.OBJECT) {
            ObjectType objectType = regions.type(slot);
            if (objectType == ObjectType.SCHED_CONTEXT) {
                bindings.unbindContextThread(object);
                bindings.unbindContextNotification(object);
            } else if (objectType == ObjectType.VCPU) {
                vcpus.release(object);
            } else {
                spaces.guests().onDelete(slot);
            }
            memory.clear(object, 1L << regions.sizeBitsOf(word));
            return true;
        }
        boolean thread = type == CapabilityType.TCB;
        if (thread) {
            stop(slot, object);
        }
        int radix = thread ? 0 : slots.cnode().radixOf(word);
        long count = thread ? threadSlots : 1L << radix;
        if (!inside && slots.used(object, count) == 0) {
            // it would be a zombie for no time at all
            return true;
        }
        slots.put(slot, CapabilityType.ZOMBIE, object);
        slots.zombie().set(slot, thread, radix, count);
        return isSpent(slot);
    }

    private void releaseNotification(long slot) {
        long object = slots.object(slot);
        if (!bindings.isClear(object) && list.isLast(slot)) {
            bindings.releaseNotification(object);
        }
    }

    /** With an interrupt's last handler the kernel lets go of its notification, and somebody else may handle it. */
    private void releaseControl(long slot) {
        if (slots.control().kind(slot) == ControlKind.IRQ_HANDLER && list.isLast(slot)) {
            int interrupt = slots.control().number(slot);
            delete(interrupts.slot(interrupt));
            interrupts.setState(interrupt, Interrupts.INACTIVE);
        }
    }

    private void stop(long slot, long tcb) {
        bindings.releaseThread(tcb);
        vcpus.releaseThread(tcb);
        if (KernelState.thread(memory, state) == tcb) {
            KernelState.clearThread(memory, state);
        }
        long slotsEnd = slots.at(tcb, threadSlots);
        memory.clear(slotsEnd, tcb + (1L << regions.sizeBits(slot)) - slotsEnd);
    }

    /** A zombie is spent when nothing is left but perhaps itself, in its own slot 0. */
    private boolean isSpent(long zombie) {
        long left = slots.zombie().number(zombie);
        return left == 0 || left == 1 && slots.object(zombie) == zombie;
    }
}
