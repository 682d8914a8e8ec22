package org.allocman.check.museum;

import java.util.function.Supplier;
import org.allocman.check.action.Subject;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A bug that happened, behind a port of ours.
 *
 * @param id its number
 * @param bug what was wrong
 * @param where where it happened
 * @param port the port behind which it is
 * @param faults how many refusals of the kernel a history may have
 * @param share which part of the usual effort is enough, 1 for all of it, 10 for a tenth
 * @param original what is right
 * @param broken the same with the bug
 * @param originalContract how the original is made for its port's contract, if there is one
 * @param brokenContract the same of what is broken
 */
record Exhibit(
        String id,
        String bug,
        String where,
        String port,
        int faults,
        int share,
        Supplier<Subject> original,
        Supplier<Subject> broken,
        @Nullable ContractCase originalContract,
        @Nullable ContractCase brokenContract) {
    int number() {
        return Integer.parseInt(id.substring(1));
    }

    @Override
    public String toString() {
        return id;
    }
}
