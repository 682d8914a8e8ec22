package org.allocman.script;

import io.vavr.control.Either;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelVtx;
import org.allocman.vka.KernelVtx.GuestRegisters;

/** Carries out the commands for guests of x86. */
final class VtxPerformer {
    private static final long WRITE_BACK = 6;

    private final KernelVtx kernel;
    private final Operands operands;

    VtxPerformer(KernelVtx kernel, Operands operands) {
        this.kernel = kernel;
        this.operands = operands;
    }

    LineOutcome perform(Statement statement) throws Mistake {
        long invoked = operands.number(statement, Parameter.CAPABILITY);
        return switch (statement.verb()) {
            case READ_VMCS -> value(statement, kernel.readField(invoked, operands.intOf(statement, Parameter.FIELD)));
            case WRITE_VMCS ->
                value(
                        statement,
                        kernel.writeField(
                                invoked,
                                operands.intOf(statement, Parameter.FIELD),
                                operands.number(statement, Parameter.DATA)));
            case SET_EPT_ROOT ->
                told(
                        statement,
                        kernel.setEptRoot(invoked, operands.number(statement, Parameter.TO)),
                        "the thread has the guest's root");
            case MAP_EPT ->
                told(
                        statement,
                        kernel.mapTable(
                                invoked,
                                operands.number(statement, Parameter.IN),
                                operands.number(statement, Parameter.AT),
                                operands.numberOr(statement, Parameter.ATTRIBUTES, WRITE_BACK)),
                        "the guest's addresses have the structure");
            case UNMAP_EPT -> told(statement, kernel.unmapTable(invoked), "the structure is not mapped any more");
            case MAP_EPT_PAGE ->
                told(
                        statement,
                        kernel.mapPage(
                                invoked,
                                operands.number(statement, Parameter.IN),
                                operands.number(statement, Parameter.AT),
                                operands.rights(statement, CapRights.READ_WRITE),
                                operands.numberOr(statement, Parameter.ATTRIBUTES, WRITE_BACK)),
                        "the guest has the frame");
            case ENABLE_PORTS ->
                told(
                        statement,
                        kernel.enablePorts(
                                invoked,
                                operands.number(statement, Parameter.TO),
                                operands.intOf(statement, Parameter.PORT),
                                operands.intOf(statement, Parameter.LAST)),
                        "the guest may use the ports");
            case DISABLE_PORTS ->
                told(
                        statement,
                        kernel.disablePorts(
                                invoked,
                                operands.intOf(statement, Parameter.PORT),
                                operands.intOf(statement, Parameter.LAST)),
                        "the guest may not use the ports");
            default ->
                told(statement, kernel.writeRegisters(invoked, registers(statement)), "the guest has the registers");
        };
    }

    private GuestRegisters registers(Statement statement) throws Mistake {
        return new GuestRegisters(
                operands.numberOr(statement, Parameter.EAX, 0),
                operands.numberOr(statement, Parameter.EBX, 0),
                operands.numberOr(statement, Parameter.ECX, 0),
                operands.numberOr(statement, Parameter.EDX, 0),
                operands.numberOr(statement, Parameter.ESI, 0),
                operands.numberOr(statement, Parameter.EDI, 0),
                operands.numberOr(statement, Parameter.EBP, 0));
    }

    private static LineOutcome value(Statement statement, Either<KernelError, Long> answer) {
        return answer.fold(
                error -> LineOutcome.refused(statement, error),
                read -> LineOutcome.done(statement, "0x" + Long.toHexString(read), new Binding.Number(read)));
    }

    private static LineOutcome told(Statement statement, KernelError error, String done) {
        return error.failed() ? LineOutcome.refused(statement, error) : LineOutcome.done(statement, done);
    }
}
