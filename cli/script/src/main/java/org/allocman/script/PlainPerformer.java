package org.allocman.script;

import java.util.Locale;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ThreadSpaces;

/** Carries out invocations that are one of the kernel's each, whatever the capability is; with no capability made. */
final class PlainPerformer {
    private final Kernel kernel;
    private final Architecture architecture;
    private final Operands operands;

    PlainPerformer(Kernel kernel, Operands operands) {
        this.kernel = kernel;
        this.architecture = kernel.architecture();
        this.operands = operands;
    }

    KernelError perform(Statement statement) throws Mistake {
        long invoked = operands.number(statement, Parameter.CAPABILITY);
        return switch (statement.verb()) {
            case MAP_PAGE ->
                kernel.pageMap(
                        invoked,
                        vspace(statement),
                        operands.number(statement, Parameter.AT),
                        operands.rights(statement, CapRights.READ_WRITE),
                        attributes(statement));
            case MAP_TABLE ->
                kernel.tableMap(
                        invoked, vspace(statement), operands.number(statement, Parameter.AT), attributes(statement));
            case UNMAP_PAGE -> kernel.pageUnmap(invoked);
            case UNMAP_TABLE -> kernel.tableUnmap(invoked);
            case CACHE_PAGE ->
                kernel.pageCache(
                        operation(statement),
                        invoked,
                        operands.number(statement, Parameter.START),
                        operands.number(statement, Parameter.END));
            case CACHE_SPACE ->
                kernel.vspaceCache(
                        operation(statement),
                        invoked,
                        operands.number(statement, Parameter.START),
                        operands.number(statement, Parameter.END));
            case SET_SPACE -> kernel.tcbSetSpace(invoked, spaces(statement));
            default ->
                kernel.tcbConfigure(
                        invoked,
                        spaces(statement),
                        operands.numberOr(statement, Parameter.BUFFER, 0),
                        operands.numberOr(statement, Parameter.BUFFER_FRAME, 0));
        };
    }

    private long vspace(Statement statement) throws Mistake {
        return operands.numberOr(statement, Parameter.IN, BootSlots.VSPACE);
    }

    private long attributes(Statement statement) throws Mistake {
        return operands.numberOr(statement, Parameter.ATTRIBUTES, architecture.defaultAttributes());
    }

    private ThreadSpaces spaces(Statement statement) throws Mistake {
        return new ThreadSpaces(
                operands.numberOr(statement, Parameter.FAULT, 0),
                operands.number(statement, Parameter.CSPACE),
                operands.numberOr(statement, Parameter.CSPACE_DATA, operands.data(statement, architecture)),
                operands.number(statement, Parameter.VSPACE),
                operands.numberOr(statement, Parameter.VSPACE_DATA, 0));
    }

    private CacheOperation operation(Statement statement) throws Mistake {
        String word = operands.nameOf(statement, Parameter.OPERATION);
        for (CacheOperation operation : CacheOperation.values()) {
            if (operation.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
                return operation;
            }
        }
        throw new Mistake("'" + word + "' is nothing that a cache does; there are 'clean', 'invalidate',"
                + " 'clean-invalidate' and 'unify'");
    }

    /** What a command did. */
    static String done(Statement statement) {
        return switch (statement.verb()) {
            case MAP_PAGE, MAP_TABLE -> "mapped";
            case UNMAP_PAGE, UNMAP_TABLE -> "unmapped";
            case SET_SPACE, CONFIGURE_TCB -> "the thread has its spaces";
            default -> "the caches did it";
        };
    }
}
