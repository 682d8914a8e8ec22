package org.allocman.cli.resource;

import java.util.List;
import java.util.Map;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a run found.
 *
 * @param board the board
 * @param architecture its kernel's
 * @param manager the untyped manager
 * @param resource the resource type
 * @param unit what a unit is called
 * @param unitBytes how large one is
 * @param units how many there are
 * @param stretches where they lie
 * @param owners what each had when the map was drawn
 * @param tableBytes memory of the type's tables
 * @param calls how often each call was made
 * @param refusals how often each reason was given
 * @param invocations how often the kernel was invoked for all that
 * @param runs neighbouring units of one owner when the map was drawn
 * @param broken what does not hold, in sentences
 * @param unitsLeft units that somebody owns at the end
 * @param objectsLeft objects that are live at the end beside those that the type had at the start
 */
record ResourceReport(
        String board,
        String architecture,
        String manager,
        String resource,
        String unit,
        @Bytes long unitBytes,
        long units,
        List<Place> stretches,
        List<Owner> owners,
        @Bytes long tableBytes,
        Map<String, Long> calls,
        Map<String, Long> refusals,
        long invocations,
        List<Run> runs,
        List<String> broken,
        long unitsLeft,
        long objectsLeft) {
    /**
     * Units one behind the other.
     *
     * @param name what is there
     * @param start where
     * @param units how many
     */
    record Place(String name, @PhysAddr long start, long units) {}

    /**
     * An owner.
     *
     * @param owner its number
     * @param name what it is called
     * @param units how many units it had
     */
    record Owner(int owner, String name, long units) {}

    /**
     * Neighbouring units of one owner.
     *
     * @param start where
     * @param units how many
     * @param owner whose, or null if nobody's
     */
    record Run(@PhysAddr long start, long units, @Nullable Integer owner) {}

    boolean isGood() {
        return broken.isEmpty() && unitsLeft == 0 && objectsLeft == 0;
    }
}
