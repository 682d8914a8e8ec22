package org.allocman.sim.kernel;

import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/** The words of a scheduling context. */
public final class SchedContextLayout {
    /*
     *   0  thread: physical address of its TCB, or-ed with 1; 0 for none
     *   8  notification, in the same way
     *  16  how many refills there can be, 0 as long as it is not configured; whether it is sporadic
     *  24  badge
     *  32  budget, in microseconds
     *  40  period, in microseconds
     */
    static final Word THREAD = new Word("bound thread", 0);
    static final Word NOTIFICATION = new Word("bound notification", 8);

    /** How many refills there can be; 0 as long as it is not configured. */
    public static final Bits REFILLS = new Bits("refills", 16, 0, 32);

    /** Whether budgets come back a period after they were used, each part by itself. */
    public static final Bits SPORADIC = new Bits("sporadic", 16, 32, 1);

    /** What a timeout fault tells of it. */
    public static final Word BADGE = new Word("badge", 24);

    /** Microseconds in each period. */
    public static final Word BUDGET = new Word("budget", 32);

    /** Microseconds until the budget is there again. */
    public static final Word PERIOD = new Word("period", 40);

    private SchedContextLayout() {}
}
