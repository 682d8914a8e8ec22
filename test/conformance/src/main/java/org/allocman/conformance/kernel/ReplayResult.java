package org.allocman.conformance.kernel;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How far a replay agrees with a recording.
 *
 * @param agreed how many steps agree, with everything recorded after them
 * @param total how many steps there are
 * @param firstDifference the first step that does not agree, or null
 */
public record ReplayResult(
        long agreed, long total, @Nullable Difference firstDifference) {
    /**
     * Whether all steps agree.
     *
     * @return true if there is no difference
     */
    public boolean isExact() {
        return firstDifference == null;
    }

    @Override
    public String toString() {
        return "agree " + agreed + " of " + total + " steps";
    }
}
