package org.allocman.script;

import org.allocman.vka.BootSlots;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelPorts.PortWidth;

/** Carries out the commands for I/O ports and for domains. */
final class PortPerformer {
    private static final int BYTE = 8;

    private final Kernel kernel;
    private final Operands operands;

    PortPerformer(Kernel kernel, Operands operands) {
        this.kernel = kernel;
        this.operands = operands;
    }

    KernelError issue(Statement statement) throws Mistake {
        return kernel.ports()
                .issue(
                        operands.numberOr(statement, Parameter.CONTROL, BootSlots.IO_PORT_CONTROL),
                        operands.intOf(statement, Parameter.INTERRUPT),
                        operands.intOf(statement, Parameter.LAST),
                        operands.path(statement, Parameter.TARGET));
    }

    LineOutcome perform(Statement statement) throws Mistake {
        return switch (statement.verb()) {
            case PORT_IN ->
                kernel.ports()
                        .read(
                                operands.number(statement, Parameter.CAPABILITY),
                                operands.intOf(statement, Parameter.PORT),
                                width(statement))
                        .fold(
                                error -> LineOutcome.refused(statement, error),
                                read -> LineOutcome.done(
                                        statement, "0x" + Long.toHexString(read), new Binding.Number(read)));
            case PORT_OUT ->
                told(
                        statement,
                        kernel.ports()
                                .write(
                                        operands.number(statement, Parameter.CAPABILITY),
                                        operands.intOf(statement, Parameter.PORT),
                                        width(statement),
                                        operands.number(statement, Parameter.DATA)),
                        "written; no device is there");
            case SET_DOMAIN ->
                told(
                        statement,
                        kernel.domains()
                                .set(
                                        control(statement),
                                        operands.intOf(statement, Parameter.DOMAIN),
                                        operands.number(statement, Parameter.CAPABILITY)),
                        "the thread is in the domain");
            case SCHEDULE_DOMAIN ->
                told(
                        statement,
                        kernel.domains()
                                .configureSchedule(
                                        control(statement),
                                        operands.intOf(statement, Parameter.INTERRUPT),
                                        operands.intOf(statement, Parameter.DOMAIN),
                                        operands.number(statement, Parameter.DURATION)),
                        "the schedule has the entry");
            default ->
                told(
                        statement,
                        kernel.domains()
                                .startSchedule(control(statement), operands.intOf(statement, Parameter.INTERRUPT)),
                        "the schedule begins with the entry");
        };
    }

    private static LineOutcome told(Statement statement, KernelError error, String done) {
        return error.failed() ? LineOutcome.refused(statement, error) : LineOutcome.done(statement, done);
    }

    private PortWidth width(Statement statement) throws Mistake {
        int bits = operands.intOf(statement, Parameter.WIDTH, BYTE);
        for (PortWidth width : PortWidth.values()) {
            if (width.ports() * Byte.SIZE == bits) {
                return width;
            }
        }
        throw new Mistake("an access to a port moves 8, 16 or 32 bits, not " + bits);
    }

    private long control(Statement statement) throws Mistake {
        return operands.numberOr(statement, Parameter.CONTROL, BootSlots.DOMAIN);
    }
}
