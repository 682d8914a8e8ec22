package org.allocman.sim.kernel;

import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/** The invocations of threads that concern their spaces (seL4 manual, "seL4_TCB_SetSpace", "seL4_TCB_Configure"). */
final class ThreadInvocations {
    private static final int MCS_SET_SPACE_WORDS = 2;
    private static final int SCHED_PARAMS_WORDS = 2;
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
    private final ObjectTypes types;
    private final ThreadScheduling scheduling;
    private final boolean hasMcs;
    private final int bufferSlot;

    ThreadInvocations(
            PagedMemory memory,
            Slots slots,
            DerivationList list,
            CapabilityData data,
            CapDerivation derivation,
            Finaliser finaliser,
            AddressSpaces spaces,
            Bindings bindings,
            ObjectTypes types,
            Architecture architecture,
            long state) {
        this.memory = memory;
        this.slots = slots;
        this.list = list;
        this.data = data;
        this.derivation = derivation;
        this.finaliser = finaliser;
        this.spaces = spaces;
        this.bindings = bindings;
        this.types = types;
        this.scheduling = new ThreadScheduling(memory, slots, types, bindings, state);
        this.hasMcs = architecture.hasMcs();
        this.bufferSlot = TcbLayout.buffer(architecture);
    }

    KernelError decode(long tcb, KernelMessage message, long first, long second, long third) {
        return switch ((int) Math.max(Math.min(message.label(), Integer.MAX_VALUE), Integer.MIN_VALUE)) {
            case Labels.TCB_SET_SPACE -> decodeSetSpace(tcb, message, first, second, third);
            case Labels.TCB_CONFIGURE -> decodeConfigure(tcb, message, first, second, third);
            case Labels.TCB_BIND_NOTIFICATION ->
                first < 0 ? KernelError.truncatedMessage() : bindNotification(tcb, first);
            case Labels.TCB_UNBIND_NOTIFICATION -> unbindNotification(tcb);
            case Labels.TCB_SET_PRIORITY, Labels.TCB_SET_MC_PRIORITY ->
                message.length() < 1 || first < 0
                        ? KernelError.truncatedMessage()
                        : scheduling.setPriority(
                                tcb, first, message.word(0), message.label() == Labels.TCB_SET_PRIORITY);
            case Labels.TCB_SET_SCHED_PARAMS -> decodeSchedParams(tcb, message, first, second, third);
            case Labels.TCB_SET_TIMEOUT_ENDPOINT ->
                first < 0 ? KernelError.truncatedMessage() : setTimeoutEndpoint(tcb, first);
            default -> KernelError.illegalOperation();
        };
    }

    private KernelError decodeSetSpace(long tcb, KernelMessage message, long first, long second, long third) {
        if (hasMcs) {
            return message.length() < MCS_SET_SPACE_WORDS || first < 0 || second < 0 || third < 0
                    ? KernelError.truncatedMessage()
                    : setSpaceWithMcs(tcb, first, second, message.word(0), third);
        }
        return message.length() < SET_SPACE_WORDS || first < 0 || second < 0
                ? KernelError.truncatedMessage()
                : setSpace(tcb, message.word(0), first, message.word(1), second);
    }

    private KernelError decodeConfigure(long tcb, KernelMessage message, long first, long second, long third) {
        int words = hasMcs ? CONFIGURE_WORDS - 1 : CONFIGURE_WORDS;
        if (message.length() < words || first < 0 || second < 0 || third < 0) {
            return KernelError.truncatedMessage();
        }
        // with MCS the fault handler comes with the scheduling parameters
        int at = hasMcs ? 0 : 1;
        long faultEndpoint = hasMcs ? 0 : message.word(0);
        return configure(tcb, faultEndpoint, first, message.word(at), second, message.word(at + 2), third);
    }

    private KernelError decodeSchedParams(long tcb, KernelMessage message, long first, long second, long third) {
        boolean isShort = message.length() < SCHED_PARAMS_WORDS || first < 0;
        if (isShort || hasMcs && (second < 0 || third < 0)) {
            return KernelError.truncatedMessage();
        }
        KernelError error = scheduling.check(tcb, first, message.word(0), message.word(1), hasMcs ? second : -1);
        if (error.failed()) {
            return error;
        }
        if (hasMcs && !isHandler(third)) {
            return KernelError.invalidCapability(3);
        }
        if (hasMcs) {
            install(slots.at(slots.object(tcb), TcbLayout.FAULT_HANDLER), tcb, third, 0);
        }
        scheduling.set(tcb, message.word(0), message.word(1), hasMcs ? second : -1);
        return KernelError.NO_ERROR;
    }

    /** With MCS: a handler is nobody, or an endpoint that takes messages with a reply. */
    private boolean isHandler(long slot) {
        if (slots.isEmpty(slot)) {
            return true;
        }
        int rights =
                slots.type(slot) == CapabilityType.ENDPOINT ? slots.endpoint().rights(slot) : 0;
        return (rights & CapRights.WRITE) != 0 && (rights & (CapRights.GRANT | CapRights.GRANT_REPLY)) != 0;
    }

    private KernelError setTimeoutEndpoint(long tcb, long endpoint) {
        if (!isHandler(endpoint)) {
            return KernelError.invalidCapability(1);
        }
        install(slots.at(slots.object(tcb), TcbLayout.TIMEOUT_HANDLER), tcb, endpoint, 0);
        return KernelError.NO_ERROR;
    }

    /** With VT-x: a root of a guest's physical addresses that has an ASID. */
    KernelError setEptRoot(long tcb, long root) {
        if (root < 0) {
            return KernelError.truncatedMessage();
        }
        if (types.type(root) != ObjectType.EPT_PML4 || !spaces.guests().isMapped(root)) {
            return KernelError.illegalOperation();
        }
        install(slots.at(slots.object(tcb), TcbLayout.EPT_ROOT), tcb, root, 0);
        return KernelError.NO_ERROR;
    }

    /** With MCS: the fault handler is a capability, which is checked last and put in first. */
    KernelError setSpaceWithMcs(long tcb, long handler, long cspace, long cspaceData, long vspace) {
        KernelError error = checkSpaces(tcb, cspace, cspaceData, vspace);
        if (error.failed()) {
            return error;
        }
        if (!isHandler(handler)) {
            return KernelError.invalidCapability(1);
        }
        long thread = slots.object(tcb);
        install(slots.at(thread, TcbLayout.FAULT_HANDLER), tcb, handler, 0);
        install(slots.at(thread, TcbLayout.CSPACE), tcb, cspace, cspaceData);
        install(slots.at(thread, TcbLayout.VSPACE), tcb, vspace, 0);
        return KernelError.NO_ERROR;
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
            long slot = slots.at(thread, bufferSlot);
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
        if (cspaceData != 0 && !data.accepts(cspace, cspaceData, false)) {
            return KernelError.illegalOperation();
        }
        // whatever it is, it is copied before its type is looked at
        KernelError error = derivation.check(cspace);
        if (error.failed()) {
            return error;
        }
        if (slots.type(cspace) != CapabilityType.CNODE || slots.isEmpty(vspace)) {
            return KernelError.illegalOperation();
        }
        error = derivation.check(vspace);
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
        install(slots.at(thread, TcbLayout.CSPACE), tcb, cspace, cspaceData);
        install(slots.at(thread, TcbLayout.VSPACE), tcb, vspace, 0);
    }

    /** Puts a copy into a thread's slot, unless emptying the slot took the thread or the source along. */
    private void install(long slot, long tcb, long source, long newData) {
        long tcbWord = slots.word(tcb);
        long sourceWord = slots.word(source);
        finaliser.delete(slot);
        if (!slots.isEmpty(source) && slots.word(tcb) == tcbWord && slots.word(source) == sourceWord) {
            derivation.copy(source, slot, CapRights.ALL.bits(), newData != 0, newData);
        }
    }
}
