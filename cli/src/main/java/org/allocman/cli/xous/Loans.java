package org.allocman.cli.xous;

import org.allocman.cli.play.Call;
import org.allocman.xous.process.Lend;

/** The numbers under which memory is lent, by where the borrower has it: a line says the address, ReturnMemory wants the number. */
final class Loans {
    /** No number that anything is lent under. */
    private static final long NONE = -1;

    private static final String TO_ANYBODY = "loan at ";

    private Loans() {}

    private static String to(int borrower, long address) {
        return "loan to " + borrower + " at " + address;
    }

    /** Keeps the number of what was lent. */
    static void keep(Call call, int borrower, Lend lend) {
        long address = lend.range().start();
        call.keep(to(borrower, address), lend.number());
        call.keep(TO_ANYBODY + address, lend.number());
    }

    /** The number of what somebody returns: what was lent to it at the address, or else to anybody. */
    static long number(Call call, int borrower, long address) {
        Long own = call.kept(to(borrower, address));
        Long other = own == null ? call.kept(TO_ANYBODY + address) : own;
        return other == null ? NONE : other;
    }
}
