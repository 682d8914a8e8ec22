package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.MessageInvocations.words;

import io.vavr.control.Either;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelVcpus;
import org.allocman.vka.KernelVtx;

/** The guests of x86 of the port: each invocation is a message. */
final class SimVtx implements KernelVtx, KernelVcpus {
    private final MessageInvocations messages;
    private final int firstLabel;
    private final int mapPageLabel;

    SimVtx(MessageInvocations messages, KernelLabels labels) {
        this.messages = messages;
        this.firstLabel = labels.guests();
        this.mapPageLabel = labels.mapGuestPage();
    }

    @Override
    public KernelError setTcb(long vcpu, long tcb) {
        return messages.invoke(vcpu, firstLabel + VtxInvocations.SET_TCB, words(), tcb)
                .error();
    }

    @Override
    public KernelError setEptRoot(long tcb, long root) {
        return messages.invoke(tcb, firstLabel + VtxInvocations.SET_EPT_ROOT, words(), root)
                .error();
    }

    @Override
    public KernelError mapTable(long table, long root, long address, long attributes) {
        return messages.invoke(table, mapLabel(table), words(address, attributes), root)
                .error();
    }

    @Override
    public KernelError unmapTable(long table) {
        return messages.invoke(table, mapLabel(table) + 1, words()).error();
    }

    /** Each level has a label of its own; what is no structure is refused under any. */
    private int mapLabel(long table) {
        int map = VtxInvocations.map(messages.typeOf(table));
        return map == VtxInvocations.NONE ? Labels.NONE : firstLabel + map;
    }

    @Override
    public KernelError mapPage(long frame, long root, long address, CapRights rights, long attributes) {
        return messages.invoke(frame, mapPageLabel, words(address, rights.bits(), attributes), root)
                .error();
    }

    @Override
    public Either<KernelError, Long> readField(long vcpu, int field) {
        return value(messages.invoke(vcpu, firstLabel + VtxInvocations.READ_VMCS, words(field)));
    }

    @Override
    public Either<KernelError, Long> writeField(long vcpu, int field, long value) {
        return value(messages.invoke(vcpu, firstLabel + VtxInvocations.WRITE_VMCS, words(field, value)));
    }

    private static Either<KernelError, Long> value(KernelReply reply) {
        if (reply.error().failed()) {
            return Either.left(reply.error());
        }
        // a notification or a reply, which are no virtual CPUs, take everything and return no word
        return reply.words().isEmpty()
                ? Either.left(KernelError.illegalOperation())
                : Either.right(reply.words().get(0));
    }

    @Override
    public KernelError enablePorts(long vcpu, long range, int first, int last) {
        return messages.invoke(vcpu, firstLabel + VtxInvocations.ENABLE_PORTS, words(first, last), range)
                .error();
    }

    @Override
    public KernelError disablePorts(long vcpu, int first, int last) {
        return messages.invoke(vcpu, firstLabel + VtxInvocations.DISABLE_PORTS, words(first, last))
                .error();
    }

    @Override
    public KernelError writeRegisters(long vcpu, GuestRegisters given) {
        long[] words = words(given.eax(), given.ebx(), given.ecx(), given.edx(), given.esi(), given.edi(), given.ebp());
        return messages.invoke(vcpu, firstLabel + VtxInvocations.WRITE_REGISTERS, words)
                .error();
    }
}
