package org.allocman.check.explore;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Makes a history that breaks a rule shorter, by dropping steps and taking the others again: the system goes back in microseconds.
 * First go the steps that were refused, all at once, then halves, quarters and so on to single steps, anywhere, then pairs; then a
 * step is dropped and another one replaced; until none can be dropped. What becomes impossible when a step is dropped is dropped as
 * well. The rule that is broken stays the same one, so that no other bug takes the place of the one that was found.
 */
public final class HistoryShrinker {
    /* So many steps are taken in all. A history of 1000 steps that shrinks well takes a tenth of it. */
    private static final long MOST_TAKEN = 500_000;
    private static final int MOST_FOR_PAIRS = 40;
    private static final int MOST_REPLACED = 5_000;

    private final TransitionSystem system;
    private final int start;
    private final String rule;
    private long taken;
    private List<Integer> shortest;

    /** A history whose last step breaks the rule. */
    private HistoryShrinker(TransitionSystem system, int start, List<Integer> history, String rule) {
        this.system = system;
        this.start = start;
        this.shortest = history;
        this.rule = rule;
    }

    /**
     * Shrinks.
     *
     * @param system whose history it is
     * @param start the mark of its first state, where it is at the end
     * @param history actions, the last of which breaks the rule
     * @param broken the sentence that says so
     * @return actions, the last of which breaks the same rule; none can be left out, unless shrinking took too long
     */
    public static List<Integer> shrink(TransitionSystem system, int start, List<Integer> history, String broken) {
        HistoryShrinker shrinker = new HistoryShrinker(system, start, history, name(broken));
        shrinker.dropRefused();
        shrinker.dropFaults();
        shrinker.dropRuns();
        do {
            shrinker.dropSingles();
        } while (shrinker.dropPair() || shrinker.dropAndReplace());
        system.rewind(start);
        return shrinker.shortest;
    }

    /** A rule's name: what is in front of the colon. */
    private static String name(String sentence) {
        int colon = sentence.indexOf(": ");
        return colon < 0 ? sentence : sentence.substring(0, colon);
    }

    /** Takes actions, those that are possible; what was taken until the rule was broken is the shortest history then. */
    private boolean isBrokenBy(List<Integer> actions) {
        if (taken > MOST_TAKEN) {
            return false;
        }
        List<Integer> done = broken(actions, null);
        if (done == null || done.size() >= shortest.size() && done.equals(shortest)) {
            return false;
        }
        shortest = done;
        return true;
    }

    /** Takes actions and notes which were not refused; null if they break no rule, or another one. */
    private @Nullable List<Integer> broken(List<Integer> actions, @Nullable List<Integer> notRefused) {
        system.rewind(start);
        List<Integer> done = new ArrayList<>();
        for (int action : actions) {
            if (!system.isEnabled(action)) {
                continue;
            }
            done.add(action);
            taken++;
            boolean good = system.take(action);
            if (!good || !system.isSound()) {
                if (notRefused != null) {
                    notRefused.add(action);
                }
                return system.broken().stream()
                                .anyMatch(sentence -> name(sentence).equals(rule))
                        ? done
                        : null;
            }
            if (notRefused != null && !system.wasRefused()) {
                notRefused.add(action);
            }
        }
        boolean isStuck = rule.equals(name(Violation.STUCK)) && system.mustGoOn() && system.first() < 0;
        return isStuck ? done : null;
    }

    private void dropRefused() {
        List<Integer> others = new ArrayList<>();
        if (broken(shortest, others) != null && others.size() < shortest.size()) {
            isBrokenBy(others);
        }
    }

    /** A step without its faults says more than one with them. */
    private void dropFaults() {
        for (int i = 0; i < shortest.size(); i++) {
            int plain = system.withoutFaults(shortest.get(i));
            if (plain != shortest.get(i)) {
                List<Integer> others = new ArrayList<>(shortest);
                others.set(i, plain);
                isBrokenBy(others);
            }
        }
    }

    private void dropRuns() {
        for (int length = shortest.size() / 2; length > 1; length /= 2) {
            int end = shortest.size();
            while (end >= length) {
                if (isBrokenBy(without(end - length, end))) {
                    end = Math.min(end - length, shortest.size());
                } else {
                    end -= length;
                }
            }
        }
    }

    private void dropSingles() {
        int at = shortest.size() - 1;
        while (at >= 0) {
            if (isBrokenBy(without(at, at + 1))) {
                at = shortest.size();
            }
            at--;
        }
    }

    /** Drops two steps, which may be in each other's way, such as what is allocated and freed again. */
    private boolean dropPair() {
        for (int i = 0; i < shortest.size() && shortest.size() <= MOST_FOR_PAIRS; i++) {
            for (int j = i + 1; j < shortest.size(); j++) {
                List<Integer> others = new ArrayList<>(shortest);
                others.remove(j);
                others.remove(i);
                if (isBrokenBy(others)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Drops a step and has another action in place of a later one: without what was allocated first, "free object 1" is of object 0. */
    private boolean dropAndReplace() {
        long tries = (long) shortest.size() * shortest.size() * system.kinds() / 2;
        for (int i = 0; i < shortest.size() && tries <= MOST_REPLACED; i++) {
            for (int j = i; j < shortest.size() - 1; j++) {
                for (int action = 0; action < system.kinds(); action++) {
                    int plain = system.plain(action);
                    List<Integer> others = without(i, i + 1);
                    others.set(j, plain);
                    if (plain >= 0 && isBrokenBy(others)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private List<Integer> without(int from, int to) {
        List<Integer> others = new ArrayList<>(shortest.subList(0, from));
        others.addAll(shortest.subList(to, shortest.size()));
        return others;
    }
}
