package org.allocman.script;

import org.allocman.vka.KernelError;
import org.allocman.vka.KernelVcpus;
import org.allocman.vka.KernelVcpus.VirtualInterrupt;

/** Carries out the commands for virtual CPUs. */
final class VcpuPerformer {
    private final KernelVcpus kernel;
    private final Operands operands;

    VcpuPerformer(KernelVcpus kernel, Operands operands) {
        this.kernel = kernel;
        this.operands = operands;
    }

    LineOutcome perform(Statement statement) throws Mistake {
        long vcpu = operands.number(statement, Parameter.CAPABILITY);
        return switch (statement.verb()) {
            case BIND_VCPU ->
                told(
                        statement,
                        kernel.setTcb(vcpu, operands.number(statement, Parameter.TO)),
                        "the virtual CPU is the thread's");
            case INJECT_IRQ ->
                told(
                        statement,
                        kernel.injectInterrupt(
                                vcpu,
                                new VirtualInterrupt(
                                        operands.intOf(statement, Parameter.LINE),
                                        operands.intOf(statement, Parameter.PRIORITY, 0),
                                        operands.intOf(statement, Parameter.GROUP, 0),
                                        operands.intOf(statement, Parameter.LIST, 0))),
                        "the interrupt waits for the guest; no guest runs");
            case READ_VCPU ->
                kernel.readRegister(vcpu, operands.intOf(statement, Parameter.REGISTER))
                        .fold(
                                error -> LineOutcome.refused(statement, error),
                                read -> LineOutcome.done(
                                        statement, "0x" + Long.toHexString(read), new Binding.Number(read)));
            case WRITE_VCPU ->
                told(
                        statement,
                        kernel.writeRegister(
                                vcpu,
                                operands.intOf(statement, Parameter.REGISTER),
                                operands.number(statement, Parameter.DATA)),
                        "the register has it");
            default ->
                told(
                        statement,
                        kernel.acknowledge(vcpu, operands.intOf(statement, Parameter.LINE)),
                        "the interrupt can come again");
        };
    }

    private static LineOutcome told(Statement statement, KernelError error, String done) {
        return error.failed() ? LineOutcome.refused(statement, error) : LineOutcome.done(statement, done);
    }
}
