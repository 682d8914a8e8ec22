package org.allocman.script;

import io.vavr.control.Either;
import org.allocman.vka.BootSlots;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelScheduling;
import org.allocman.vka.KernelScheduling.Allotment;
import org.allocman.vka.KernelScheduling.SchedParams;

/** Carries out the commands for priorities, bound notifications and scheduling contexts. */
final class SchedulingPerformer {
    private final KernelScheduling kernel;
    private final Operands operands;
    private final ScriptNames names;

    SchedulingPerformer(KernelScheduling kernel, Operands operands, ScriptNames names) {
        this.kernel = kernel;
        this.operands = operands;
        this.names = names;
    }

    KernelError perform(Statement statement) throws Mistake {
        long invoked = operands.number(statement, Parameter.CAPABILITY);
        return switch (statement.verb()) {
            case BIND_NOTIFICATION -> kernel.bindNotification(invoked, operands.number(statement, Parameter.TO));
            case UNBIND_NOTIFICATION -> kernel.unbindNotification(invoked);
            case SET_PRIORITY ->
                kernel.setPriority(invoked, authority(statement), operands.intOf(statement, Parameter.PRIORITY));
            case SET_MAX_PRIORITY ->
                kernel.setMaxPriority(invoked, authority(statement), operands.intOf(statement, Parameter.PRIORITY));
            case SET_SCHED_PARAMS ->
                kernel.setSchedParams(
                        invoked,
                        authority(statement),
                        new SchedParams(
                                operands.intOf(statement, Parameter.MAX_PRIORITY),
                                operands.intOf(statement, Parameter.PRIORITY),
                                operands.numberOr(statement, Parameter.CONTEXT, 0),
                                operands.numberOr(statement, Parameter.FAULT, 0)));
            case SET_TIMEOUT_ENDPOINT ->
                kernel.setTimeoutEndpoint(invoked, operands.numberOr(statement, Parameter.TO, 0));
            case CONFIGURE ->
                kernel.configure(
                        control(statement),
                        invoked,
                        new Allotment(
                                operands.number(statement, Parameter.BUDGET),
                                operands.number(statement, Parameter.PERIOD),
                                operands.intOf(statement, Parameter.EXTRA_REFILLS, 0),
                                operands.numberOr(statement, Parameter.BADGE, 0),
                                operands.has(statement, Parameter.SPORADIC)));
            case BIND -> kernel.bindContext(invoked, operands.number(statement, Parameter.TO));
            default ->
                operands.has(statement, Parameter.AWAY_FROM)
                        ? kernel.unbindContextFrom(invoked, operands.number(statement, Parameter.AWAY_FROM))
                        : kernel.unbindContext(invoked);
        };
    }

    Either<KernelError, Long> time(Statement statement) throws Mistake {
        long context = operands.number(statement, Parameter.CAPABILITY);
        return statement.verb() == Verb.CONSUMED ? kernel.consumed(context) : kernel.yieldTo(context);
    }

    private long authority(Statement statement) throws Mistake {
        return operands.numberOr(statement, Parameter.AUTHORITY, BootSlots.TCB);
    }

    private long control(Statement statement) throws Mistake {
        if (operands.has(statement, Parameter.CONTROL)) {
            return operands.number(statement, Parameter.CONTROL);
        }
        if (names.find(ScriptNames.SCHED_CONTROL) instanceof Binding.Number control) {
            return control.number();
        }
        throw new Mistake("this kernel has no MCS; '--arch' with a name like riscv64+mcs has");
    }

    /** What a command that answers no time did. */
    static String done(Statement statement) {
        return switch (statement.verb()) {
            case BIND_NOTIFICATION -> "the thread hears of the notification";
            case UNBIND_NOTIFICATION -> "the thread has no notification";
            case SET_PRIORITY, SET_MAX_PRIORITY -> "the thread has the priority";
            case SET_SCHED_PARAMS -> "the thread has the parameters";
            case SET_TIMEOUT_ENDPOINT -> "the thread has the timeout endpoint";
            case CONFIGURE -> "the scheduling context has its time";
            case BIND -> "the scheduling context is bound";
            default -> "the scheduling context is not bound any more";
        };
    }
}
