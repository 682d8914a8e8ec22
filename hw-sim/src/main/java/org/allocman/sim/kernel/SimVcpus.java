package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.MessageInvocations.words;

import io.vavr.control.Either;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelVcpus;

/** The virtual CPUs of the port: each invocation is a message. */
final class SimVcpus implements KernelVcpus {
    private static final long NUMBER = 0xffff;
    private static final long BYTE = 0xff;

    private final MessageInvocations messages;
    private final int firstLabel;
    private final boolean isWide;

    SimVcpus(MessageInvocations messages, int firstLabel, boolean isWide) {
        this.messages = messages;
        this.firstLabel = firstLabel;
        this.isWide = isWide;
    }

    @Override
    public KernelError setTcb(long vcpu, long tcb) {
        return messages.invoke(vcpu, firstLabel + VcpuInvocations.SET_TCB, words(), tcb)
                .error();
    }

    @Override
    public KernelError injectInterrupt(long vcpu, VirtualInterrupt given) {
        // libsel4 takes numbers of 16 and 8 bits
        long word = given.line() & NUMBER
                | (given.priority() & BYTE) << VcpuInvocations.PRIORITY_SHIFT
                | (given.group() & BYTE) << VcpuInvocations.GROUP_SHIFT;
        long register = given.register() & BYTE;
        long[] words = isWide ? words(word | register << VcpuInvocations.REGISTER_SHIFT) : words(word, register);
        return messages.invoke(vcpu, firstLabel + VcpuInvocations.INJECT, words).error();
    }

    @Override
    public Either<KernelError, Long> readRegister(long vcpu, int register) {
        KernelReply reply = messages.invoke(vcpu, firstLabel + VcpuInvocations.READ, words(register));
        if (reply.error().failed()) {
            return Either.left(reply.error());
        }
        // a notification or a reply, which are no virtual CPUs, take everything and return no word
        return reply.words().isEmpty()
                ? Either.left(KernelError.illegalOperation())
                : Either.right(reply.words().get(0));
    }

    @Override
    public KernelError writeRegister(long vcpu, int register, long value) {
        return messages.invoke(vcpu, firstLabel + VcpuInvocations.WRITE, words(register, value))
                .error();
    }

    @Override
    public KernelError acknowledge(long vcpu, int line) {
        return messages.invoke(vcpu, firstLabel + VcpuInvocations.ACK, words(line))
                .error();
    }
}
