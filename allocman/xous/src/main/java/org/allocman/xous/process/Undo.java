package org.allocman.xous.process;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A transaction: how to undo what a call has done so far, so that a call of several steps does all of them or none. A step is
 * pushed before it, or right after it can no longer be refused; a call that ends well drops the transaction.
 */
final class Undo {
    private final Deque<Runnable> steps = new ArrayDeque<>();

    /** Notes how to undo a step. What is noted may need nothing that can be refused for good: what it cannot do is done later. */
    void push(Runnable step) {
        steps.push(step);
    }

    /** Undoes all steps, newest first, and returns the error for which it was done. */
    long rollback(long error) {
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
        return error;
    }

    /** Ends a call: all of it stays if the result is no error, a negative number; else nothing. */
    long end(long result) {
        return result < 0 ? rollback(result) : result;
    }
}
