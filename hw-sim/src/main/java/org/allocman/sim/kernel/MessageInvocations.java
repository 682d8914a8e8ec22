package org.allocman.sim.kernel;

import java.util.Arrays;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Invocations as they come in messages, which may be short or meant for something else: whom they are for. */
final class MessageInvocations {
    private final Slots slots;
    private final CapabilityLookup lookup;
    private final ObjectTypes types;
    private final Decoders decoders;
    private final long wordMask;
    private final boolean hasMcs;
    private final boolean hasGuests;

    /** Who carries out what: one for each kind of object. */
    record Decoders(
            Retype retype,
            CNodeInvocations cnodes,
            ThreadInvocations threads,
            InterruptInvocations interrupts,
            SchedulingInvocations scheduling,
            PortInvocations ports,
            DomainInvocations domains,
            VcpuInvocations vcpus,
            VtxInvocations vtx,
            AddressSpaces spaces,
            Bindings bindings) {}

    MessageInvocations(
            Architecture architecture, Slots slots, ObjectTypes types, CapabilityLookup lookup, Decoders decoders) {
        this.slots = slots;
        this.lookup = lookup;
        this.types = types;
        this.decoders = decoders;
        this.wordMask = -1L >>> Long.SIZE - architecture.wordBits();
        this.hasMcs = architecture.hasMcs();
        this.hasGuests = architecture.has(ObjectType.EPT_PML4);
    }

    KernelReply call(long service, KernelMessage message) {
        KernelMessage masked = message.masked(wordMask);
        return lookUp(service, hasMcs ? masked.withoutMcs() : masked);
    }

    /** The words of a message. */
    static long[] words(long... words) {
        return words;
    }

    /** An invocation of the port, under the label that it has without MCS. */
    KernelReply invoke(long service, int label, long[] words, long... capabilities) {
        long[] masked = Arrays.stream(words).map(word -> word & wordMask).toArray();
        return lookUp(service, new KernelMessage(label, masked, capabilities));
    }

    /** The type of the object that a cptr leads to; null if there is none. */
    @Nullable
    ObjectType typeOf(long cptr) {
        long slot = lookup.slot(cptr);
        return slot < 0 ? null : types.type(slot);
    }

    private KernelReply lookUp(long service, KernelMessage message) {
        long slot = lookup.slot(service);
        if (slot < 0) {
            return KernelReply.of(lookup.slotError(service));
        }
        for (long cptr : message.capabilities()) {
            if (lookup.slot(cptr) < 0) {
                return KernelReply.of(lookup.slotError(cptr));
            }
        }
        // only MCS has labels below zero, and only here
        boolean isNone = message.label() < 0 && !hasMcs;
        return invoke(slot, isNone ? new KernelMessage(0, message.words(), message.capabilities()) : message);
    }

    private KernelReply invoke(long slot, KernelMessage words) {
        long first = extra(words, 0);
        long second = extra(words, 1);
        return switch (slots.type(slot)) {
            case UNTYPED -> KernelReply.of(decoders.retype.decode(slot, words, first));
            case CNODE -> KernelReply.of(decoders.cnodes.decode(slot, words, first, second));
            case TCB ->
                KernelReply.of(
                        hasGuests && decoders.vtx.isSetEptRoot(words)
                                ? decoders.threads.setEptRoot(slot, first)
                                : decoders.threads.decode(slot, words, first, second, extra(words, 2)));
            case FRAME ->
                hasGuests && decoders.vtx.isMapPage(words)
                        ? KernelReply.of(decoders.vtx.mapPage(slot, words, first))
                        : decoders.spaces.invoke(slot, words, first, second);
            case PAGE_TABLE, PAGE_DIRECTORY, PDPT, VSPACE, ASID_POOL ->
                decoders.spaces.invoke(slot, words, first, second);
            case CONTROL -> callControl(slot, words, first, second);
            case NOTIFICATION -> KernelReply.of(signal(slot));
            case OBJECT -> callObject(slot, words, first);
            default -> KernelReply.of(notInvocable(slot));
        };
    }

    private KernelReply callControl(long slot, KernelMessage message, long first, long second) {
        return switch (slots.control().kind(slot)) {
            case ASID_CONTROL -> decoders.spaces.invoke(slot, message, first, second);
            case IRQ_CONTROL -> KernelReply.of(decoders.interrupts.control(slot, message, first));
            case SCHED_CONTROL -> KernelReply.of(decoders.scheduling.control(message, first));
            case IRQ_HANDLER -> KernelReply.of(decoders.interrupts.handler(slot, message, first));
            case IO_PORT_CONTROL -> KernelReply.of(decoders.ports.control(slot, message, first));
            case IO_PORT -> decoders.ports.range(slot, message);
            case DOMAIN -> KernelReply.of(decoders.domains.control(message, first));
            default -> KernelReply.of(KernelError.illegalOperation());
        };
    }

    private KernelReply callObject(long slot, KernelMessage message, long first) {
        ObjectType type = types.type(slot);
        if (type == ObjectType.SCHED_CONTEXT) {
            return decoders.scheduling.context(slot, message, first);
        }
        if (hasGuests && type != null && type.kind() == ObjectType.Kind.PLAIN && type != ObjectType.REPLY) {
            return type == ObjectType.VCPU
                    ? decoders.vtx.vcpu(slot, message, first)
                    : KernelReply.of(decoders.vtx.table(slot, message, first));
        }
        if (type == ObjectType.VCPU) {
            return decoders.vcpus.invoke(slot, message, first);
        }
        // nobody waits for a reply, so nobody gets it
        return KernelReply.of(type == ObjectType.REPLY ? KernelError.NO_ERROR : KernelError.illegalOperation());
    }

    /** A notification is no service: a call of it is a signal, whatever the message says. */
    private KernelError signal(long slot) {
        if (!mayWrite(slot)) {
            return KernelError.invalidCapability(0);
        }
        decoders.bindings.signal(slots.object(slot), slots.endpoint().badge(slot));
        return KernelError.NO_ERROR;
    }

    private long extra(KernelMessage message, int index) {
        long[] capabilities = message.capabilities();
        return index < capabilities.length ? lookup.slot(capabilities[index]) : -1;
    }

    /** The answer of a capability that does not have the invocation asked for. */
    KernelError notInvocable(long slot) {
        return switch (slots.type(slot)) {
            case NULL, ZOMBIE -> KernelError.invalidCapability(0);
            case ENDPOINT, NOTIFICATION ->
                mayWrite(slot) ? KernelError.illegalOperation() : KernelError.invalidCapability(0);
            default -> KernelError.illegalOperation();
        };
    }

    private boolean mayWrite(long slot) {
        return (slots.endpoint().rights(slot) & CapRights.WRITE) != 0;
    }
}
