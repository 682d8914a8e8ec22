package org.allocman.check.action;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.check.explore.Exploration.ActionCount;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.sim.memory.PhysicalMemory;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A subject as a transition system: it goes back by the memory's undo journal, and is known by the memory's fingerprint. With
 * faults, every action comes in several kinds: as it is, and with each of its invocations refused, and with each two of them,
 * as long as the history has not had as many faults as it may. Of one action the first 127 invocations can be refused.
 */
public final class SubjectSystem implements TransitionSystem {
    /** The greatest number of a subject's actions. */
    public static final int MOST_SUBJECT_ACTIONS = 1024;

    /*
     *    23           14 13              7 6               0
     *   | action        | second refused  | first refused   |     0: none
     */
    private static final String ALL_OR_NOTHING = "all or nothing";
    private static final int COUNT_BITS = 7;
    private static final int MOST_COUNT = (1 << COUNT_BITS) - 1;
    private static final int ACTION_SHIFT = 2 * COUNT_BITS;
    private static final Pattern WITH_FAULTS =
            Pattern.compile("(.*) \\[refused: ([1-9][0-9]{0,2})(?:, ([1-9][0-9]{0,2}))?]");

    private final Subject subject;
    private final PhysicalMemory memory;
    private final Action[] actions;
    private final int mostFaults;
    private final @Nullable PlannedFaults faults;
    private final Subject.@Nullable StateReduction reduction;
    private final List<SubjectRule> rules;
    private final @Nullable BooleanSupplier reset;

    private Outcome last = Outcome.DONE;
    private @Nullable String wrong;
    private int made;
    private int madeWithout;
    private int madeWithOne;

    /**
     * A system in the subject's present state. The memory's journal is started.
     *
     * @param subject what to examine
     * @param mostFaults how many invocations may be refused in a history
     * @throws IllegalArgumentException if there are to be faults and the subject has none, or if it has more than 1024 actions
     */
    public SubjectSystem(Subject subject, int mostFaults) {
        this.subject = subject;
        this.memory = subject.memory();
        this.actions = subject.actions().toArray(new Action[0]);
        this.mostFaults = mostFaults;
        this.faults = subject.faults();
        this.reduction = subject.reduction();
        this.rules = rules(subject);
        this.reset = subject.reset();
        if (mostFaults > 0 && faults == null) {
            throw new IllegalArgumentException("nothing of this can be made to fail");
        }
        if (actions.length > MOST_SUBJECT_ACTIONS) {
            throw new IllegalArgumentException("at most " + MOST_SUBJECT_ACTIONS + " actions");
        }
        memory.startJournal();
    }

    private static List<SubjectRule> rules(Subject subject) {
        List<SubjectRule> rules = new ArrayList<>(subject.rules());
        if (!rules.isEmpty() && subject.isRefusalClean()) {
            rules.add(SubjectRule.ofRefusals(ALL_OR_NOTHING));
        }
        return rules;
    }

    @Override
    public boolean hasReset() {
        return reset != null;
    }

    @Override
    public boolean isReset() {
        return reset != null && reset.getAsBoolean();
    }

    @Override
    public boolean givesBack(int action) {
        return withoutFaults(action) == action && actions[action >>> ACTION_SHIFT].givesBack();
    }

    @Override
    public List<String> rules() {
        return rules.stream().map(SubjectRule::name).toList();
    }

    @Override
    public long lookedAt(long wanted) {
        long found = 0;
        for (int i = 0; i < rules.size(); i++) {
            boolean isWanted = (wanted >>> i & 1) != 0;
            if (isWanted && rules.get(i).inState().getAsBoolean()) {
                found |= 1L << i;
            }
        }
        return found;
    }

    @Override
    public boolean isExercised(int rule, List<ActionCount> counts) {
        return counts.stream().anyMatch(rules.get(rule).byAction());
    }

    @Override
    public int first() {
        return enabledFrom(0);
    }

    private int enabledFrom(int action) {
        for (int i = action; i < actions.length; i++) {
            if (actions[i].isEnabled()) {
                return i << ACTION_SHIFT;
            }
        }
        return NONE;
    }

    @Override
    public int next(int action) {
        int one = first(action);
        int two = second(action);
        int left = mostFaults - used();
        if (left > 0) {
            if (one == 0) {
                madeWithout = made;
            } else if (two == 0) {
                madeWithOne = made;
            }
            int other = Math.max(one, two) + 1;
            if (one > 0 && left > 1 && other <= madeWithOne) {
                return action >>> ACTION_SHIFT << ACTION_SHIFT | other << COUNT_BITS | one;
            }
            if (one + 1 <= madeWithout) {
                return action >>> ACTION_SHIFT << ACTION_SHIFT | one + 1;
            }
        }
        return enabledFrom((action >>> ACTION_SHIFT) + 1);
    }

    private static int first(int action) {
        return action & MOST_COUNT;
    }

    private static int second(int action) {
        return action >>> COUNT_BITS & MOST_COUNT;
    }

    /** Faults of the history so far. */
    private int used() {
        return faults == null ? 0 : (int) memory.words().load64(subject.faultCount(), 0);
    }

    @Override
    public boolean take(int action) {
        long highBefore = memory.fingerprint().high();
        long lowBefore = memory.fingerprint().low();
        int one = first(action);
        int two = second(action);
        if (faults != null) {
            faults.plan(one, two);
        }
        last = actions[action >>> ACTION_SHIFT].perform();
        made = faults == null ? 0 : Math.min(faults.made(), MOST_COUNT);
        wrong = last.wrong();
        if (wrong == null
                && last.refused()
                && subject.isRefusalClean()
                && (memory.fingerprint().low() != lowBefore
                        || memory.fingerprint().high() != highBefore)) {
            wrong = ALL_OR_NOTHING + ": it was refused and changed the memory";
        }
        if (one > 0) {
            memory.words().store64(subject.faultCount(), 0, used() + (two > 0 ? 2L : 1L));
        }
        return wrong == null;
    }

    @Override
    public String lastAnswer() {
        return last.answer().toString();
    }

    @Override
    public boolean wasRefused() {
        return last.refused();
    }

    @Override
    public List<String> facts() {
        return subject.facts();
    }

    @Override
    public int kinds() {
        return actions.length;
    }

    @Override
    public int kind(int action) {
        return action >>> ACTION_SHIFT;
    }

    @Override
    public String kindName(int kind) {
        return actions[kind].name();
    }

    @Override
    public boolean mustGoOn() {
        return subject.mustGoOn();
    }

    @Override
    public Step tell(int action) {
        List<String> before = subject.facts();
        take(action);
        List<String> after = subject.facts();
        List<String> changes = new ArrayList<>();
        before.stream().filter(fact -> !after.contains(fact)).forEach(fact -> changes.add("- " + fact));
        after.stream().filter(fact -> !before.contains(fact)).forEach(fact -> changes.add("+ " + fact));
        return new Step(name(action), last.answer().toString(), String.join("\n", changes));
    }

    /**
     * An action's name, with the faults.
     *
     * @param action its number
     * @return for instance {@code free object 2 [refused: 1, 3]}
     */
    public String name(int action) {
        String name = actions[action >>> ACTION_SHIFT].name();
        int one = first(action);
        int two = second(action);
        return one == 0 ? name : name + " [refused: " + one + (two == 0 ? "" : ", " + two) + "]";
    }

    /**
     * The number of an action that has a name.
     *
     * @param name as {@link #name} answers it
     * @return its number, or {@link #NONE}
     */
    public int number(String name) {
        Matcher faulty = WITH_FAULTS.matcher(name);
        String plain = name;
        int planned = 0;
        if (faulty.matches()) {
            plain = String.valueOf(faulty.group(1));
            String second = faulty.group(3);
            int one = Integer.parseInt(String.valueOf(faulty.group(2)));
            int other = second == null ? 0 : Integer.parseInt(second);
            if (one > MOST_COUNT || other > MOST_COUNT) {
                return NONE;
            }
            planned = other << COUNT_BITS | one;
        }
        for (int i = 0; i < actions.length; i++) {
            if (actions[i].name().equals(plain) && (planned == 0 || mostFaults > 0)) {
                return i << ACTION_SHIFT | planned;
            }
        }
        return NONE;
    }

    @Override
    public int plain(int kind) {
        return kind << ACTION_SHIFT;
    }

    @Override
    public int withoutFaults(int action) {
        return action >>> ACTION_SHIFT << ACTION_SHIFT;
    }

    /** Whether its precondition holds, and its faults are not too many. */
    @Override
    public boolean isEnabled(int action) {
        int count = (first(action) > 0 ? 1 : 0) + (second(action) > 0 ? 1 : 0);
        return actions[action >>> ACTION_SHIFT].isEnabled() && (count == 0 || used() + count <= mostFaults);
    }

    /**
     * How many actions there are, faults left aside.
     *
     * @return the number of the subject's actions
     */
    public int count() {
        return actions.length;
    }

    @Override
    public int checkpoint() {
        return memory.checkpoint();
    }

    @Override
    public void rewind(int checkpoint) {
        memory.rewind(checkpoint);
        wrong = null;
    }

    @Override
    public boolean isExact() {
        return false;
    }

    @Override
    public long high() {
        if (reduction == null) {
            return memory.fingerprint().high();
        }
        reduction.compute();
        return reduction.high();
    }

    @Override
    public long low() {
        if (reduction == null) {
            return memory.fingerprint().low();
        }
        reduction.compute();
        return reduction.low();
    }

    @Override
    public boolean isSound() {
        return subject.isSound();
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        if (wrong != null) {
            broken.add(wrong);
        }
        broken.addAll(subject.broken());
        return broken;
    }
}
