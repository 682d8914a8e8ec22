package org.allocman.check.action;

import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.allocman.check.explore.Exploration.ActionCount;

/**
 * A rule of a subject, by its name, and when it has something to look at. A rule that never has in an exploration is not known to hold.
 *
 * @param name what stands in front of the colon when it is broken
 * @param inState whether it has something to look at in the present state; asked of some states
 * @param byAction whether what became of a kind of actions gave it something to look at; asked at the end
 */
public record SubjectRule(String name, BooleanSupplier inState, Predicate<ActionCount> byAction) {
    /**
     * A rule that always has something to look at.
     *
     * @param name its name
     * @return the rule
     */
    public static SubjectRule always(String name) {
        return ofStates(name, () -> true);
    }

    /**
     * A rule about states.
     *
     * @param name its name
     * @param applies whether the present state has something for it to look at
     * @return the rule
     */
    public static SubjectRule ofStates(String name, BooleanSupplier applies) {
        return new SubjectRule(name, applies, count -> false);
    }

    /**
     * A rule about what actions do.
     *
     * @param name its name
     * @param applies whether what became of a kind of actions had something for it to look at
     * @return the rule
     */
    public static SubjectRule ofActions(String name, Predicate<ActionCount> applies) {
        return new SubjectRule(name, () -> false, applies);
    }

    /**
     * A rule about what is refused.
     *
     * @param name its name
     * @return the rule
     */
    public static SubjectRule ofRefusals(String name) {
        return ofActions(name, count -> count.refused() > 0);
    }

    /**
     * A rule about what is done by actions whose names contain one of some words.
     *
     * @param name its name
     * @param words the words
     * @return the rule
     */
    public static SubjectRule ofDone(String name, String... words) {
        return ofActions(name, count -> {
            for (String word : words) {
                if (count.name().contains(word) && count.taken() > count.refused()) {
                    return true;
                }
            }
            return false;
        });
    }
}
