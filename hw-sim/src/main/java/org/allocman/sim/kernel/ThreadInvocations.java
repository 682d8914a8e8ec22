package org.allocman.sim.kernel;

import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;

/** The invocations of threads that concern their spaces (seL4 manual, "seL4_TCB_SetSpace", "seL4_TCB_Configure"). */
final class ThreadInvocations {
    private static final int SET_SPACE_WORDS = 3;
    private static final int CONFIGURE_WORDS = 4;
    // An IPC buffer has 120 words and a few; 2^7 words are the next power of two.
    private static final int BUFFER_WORD_BITS = 7;

    private final PagedMemory memory;
    private final Slots slots;
    private final DerivationList list;
    private final CapabilityData data;
    private final CapDerivation derivation;
    private final Finaliser finaliser;
    private final AddressSpaces spaces;
    private final Bindings bindings;

    ThreadInvocations(
            PagedMemory memory,
            Slots slots,
            DerivationList list,
            CapabilityData data,
            CapDerivation derivation,
            Finaliser finaliser,
            AddressSpaces spaces) {
        this.memory = memory;
        this.slots = slots;
        this.list = list;
        this.data = data;
        this.derivation = derivation;
        this.finaliser = finaliser;
        this.spaces = spaces;
        this.bindings = new Bindings(memory, slots);
    }

    KernelError decode(long tcb, KernelMessage message, long first, long second, long third) {
        if (message.label() == Labels.TCB_SET_SPACE) {
            if (message.length() < SET_SPACE_WORDS || first < 0 || second < 0) {
                return KernelError.truncatedMessage();
            }
            return setSpace(tcb, message.word(0), first, message.word(1), second);
        }
        if (message.label() == Labels.TCB_CONFIGURE) {
            if (message.length() < CONFIGURE_WORDS || first < 0 || second < 0 || third < 0) {
                return KernelError.truncatedMessage();
            }
            return configure(tcb, message.word(0), first, message.word(1), second, message.word(3), third);
        }
        if (message.label() == Labels.TCB_BIND_NOTIFICATION) {
            return first < 0 ? KernelError.truncatedMessage() : bindNotification(tcb, first);
        }
        if (message.label() == Labels.TCB_UNBIND_NOTIFICATION) {
            return unbindNotification(tcb);
        }
        return KernelError.illegalOperation();
    }

    KernelError bindNotification(long tcb, long notification) {
        long thread = slots.object(tcb);
        // a thread has one
        if (bindings.notification(thread) >= 0
                || slots.type(notification) != CapabilityType.NOTIFICATION
                || (slots.endpoint().rights(notification) & CapRights.READ) == 0
                // and so has a notification
                || bindings.thread(slots.object(notification)) >= 0) {
            return KernelError.illegalOperation();
        }
        bindings.bind(thread, slots.object(notification));
        return KernelError.NO_ERROR;
    }

    KernelError unbindNotification(long tcb) {
        if (bindings.notification(slots.object(tcb)) < 0) {
            return KernelError.illegalOperation();
        }
        bindings.unbindThread(slots.object(tcb));
        return KernelError.NO_ERROR;
    }

    KernelError setSpace(long tcb, long faultEndpoint, long cspace, long cspaceData, long vspace) {
        KernelError error = checkSpaces(tcb, cspace, cspaceData, vspace);
        if (error.failed()) {
            return error;
        }
        putSpaces(tcb, faultEndpoint, cspace, cspaceData, vspace);
        return KernelError.NO_ERROR;
    }

    KernelError configure(
            long tcb, long faultEndpoint, long cspace, long cspaceData, long vspace, long buffer, long bufferFrame) {
        KernelError error = buffer == 0 ? KernelError.NO_ERROR : checkBuffer(buffer, bufferFrame);
        if (error.failed()) {
            return error;
        }
        error = checkSpaces(tcb, cspace, cspaceData, vspace);
        if (error.failed()) {
            return error;
        }
        long thread = slots.object(tcb);
        long tcbWord = slots.word(tcb);
        long frameWord = slots.word(bufferFrame);
        putSpaces(tcb, faultEndpoint, cspace, cspaceData, vspace);
        if (slots.word(tcb) == tcbWord) {
            long slot = slots.at(thread, TcbLayout.BUFFER);
            finaliser.delete(slot);
            TcbLayout.BUFFER_ADDRESS.set(memory, thread + TcbLayout.wordsShift(slots), buffer);
            if (buffer != 0 && slots.word(tcb) == tcbWord && slots.word(bufferFrame) == frameWord) {
                derivation.copy(bufferFrame, slot, CapRights.ALL.bits(), false, 0);
            }
        }
        return KernelError.NO_ERROR;
    }

    private KernelError checkBuffer(long buffer, long frame) {
        if (slots.type(frame) != CapabilityType.FRAME || slots.isDevice(frame)) {
            return KernelError.illegalOperation();
        }
        int bufferBits = BUFFER_WORD_BITS + (data.isWide() ? 3 : 2);
        return (buffer & (1L << bufferBits) - 1) == 0 ? KernelError.NO_ERROR : KernelError.alignmentError();
    }

    private KernelError checkSpaces(long tcb, long cspace, long cspaceData, long vspace) {
        long thread = slots.object(tcb);
        if (isLongToDelete(slots.at(thread, TcbLayout.CSPACE)) || isLongToDelete(slots.at(thread, TcbLayout.VSPACE))) {
            return KernelError.illegalOperation();
        }
        if (slots.type(cspace) != CapabilityType.CNODE || cspaceData != 0 && !data.accepts(cspace, cspaceData, false)) {
            return KernelError.illegalOperation();
        }
        if (slots.isEmpty(vspace)) {
            return KernelError.illegalOperation();
        }
        KernelError error = derivation.check(vspace);
        if (error.failed()) {
            return error;
        }
        return spaces.isRoot(vspace) ? KernelError.NO_ERROR : KernelError.illegalOperation();
    }

    /** The last capability to a CNode: replacing it would take its content along. */
    private boolean isLongToDelete(long slot) {
        return switch (slots.type(slot)) {
            case CNODE, TCB, ZOMBIE -> list.isLast(slot);
            default -> false;
        };
    }

    private void putSpaces(long tcb, long faultEndpoint, long cspace, long cspaceData, long vspace) {
        long thread = slots.object(tcb);
        TcbLayout.FAULT_ENDPOINT.set(memory, thread + TcbLayout.wordsShift(slots), faultEndpoint);
        replace(slots.at(thread, TcbLayout.CSPACE), tcb, cspace, cspaceData);
        replace(slots.at(thread, TcbLayout.VSPACE), tcb, vspace, 0);
    }

    /** Puts a copy into a thread's slot, unless emptying the slot took the thread or the source along. */
    private void replace(long slot, long tcb, long source, long newData) {
        long tcbWord = slots.word(tcb);
        long sourceWord = slots.word(source);
        finaliser.delete(slot);
        if (slots.word(tcb) == tcbWord && slots.word(source) == sourceWord) {
            derivation.copy(source, slot, CapRights.ALL.bits(), newData != 0, newData);
        }
    }
}
