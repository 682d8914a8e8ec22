package org.allocman.script;

import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelInterrupts;
import org.allocman.vka.KernelInterrupts.IoApicPin;
import org.allocman.vka.KernelInterrupts.MsiSource;

/** Carries out the commands for interrupts. */
final class InterruptPerformer {
    private final KernelInterrupts kernel;
    private final Operands operands;

    InterruptPerformer(KernelInterrupts kernel, Operands operands) {
        this.kernel = kernel;
        this.operands = operands;
    }

    KernelError perform(Statement statement) throws Mistake {
        return switch (statement.verb()) {
            case IRQ_GET -> get(statement);
            case SGI_GET ->
                kernel.issueSgi(
                        control(statement),
                        operands.intOf(statement, Parameter.INTERRUPT),
                        operands.intOf(statement, Parameter.CORE),
                        operands.path(statement, Parameter.TARGET));
            case PIN_GET ->
                kernel.getIoApic(
                        control(statement),
                        operands.intOf(statement, Parameter.INTERRUPT),
                        new IoApicPin(
                                operands.intOf(statement, Parameter.IO_APIC, 0),
                                operands.intOf(statement, Parameter.PIN),
                                operands.has(statement, Parameter.LEVEL),
                                operands.has(statement, Parameter.ACTIVE_LOW)),
                        operands.path(statement, Parameter.TARGET));
            case MSI_GET ->
                kernel.getMsi(
                        control(statement),
                        operands.intOf(statement, Parameter.INTERRUPT),
                        new MsiSource(
                                operands.intOf(statement, Parameter.BUS),
                                operands.intOf(statement, Parameter.DEVICE),
                                operands.intOf(statement, Parameter.FUNCTION),
                                operands.intOf(statement, Parameter.HANDLE, 0)),
                        operands.path(statement, Parameter.TARGET));
            case ACK -> kernel.acknowledge(operands.number(statement, Parameter.CAPABILITY));
            case CLEAR -> kernel.clear(operands.number(statement, Parameter.CAPABILITY));
            default ->
                kernel.setNotification(
                        operands.number(statement, Parameter.CAPABILITY), operands.number(statement, Parameter.TO));
        };
    }

    private KernelError get(Statement statement) throws Mistake {
        boolean isEdge = operands.has(statement, Parameter.EDGE);
        boolean isLevel = operands.has(statement, Parameter.LEVEL);
        if (isEdge && isLevel) {
            throw new Mistake("an interrupt is triggered by its level or by an edge, not by both");
        }
        long control = control(statement);
        int interrupt = operands.intOf(statement, Parameter.INTERRUPT);
        CapPath to = operands.path(statement, Parameter.TARGET);
        return isEdge || isLevel
                ? kernel.getTrigger(control, interrupt, isEdge, to)
                : kernel.get(control, interrupt, to);
    }

    private long control(Statement statement) throws Mistake {
        return operands.numberOr(statement, Parameter.CONTROL, BootSlots.IRQ_CONTROL);
    }

    /** What a command that makes no capability did. */
    static String done(Statement statement) {
        return switch (statement.verb()) {
            case ACK -> "the interrupt can come again";
            case CLEAR -> "the interrupt signals nobody";
            default -> "the interrupt signals the notification";
        };
    }
}
