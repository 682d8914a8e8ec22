package org.allocman.check.museum;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.PlannedFaults;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.Exploration;
import org.allocman.check.explore.Explorer;
import org.allocman.check.explore.Limits;
import org.allocman.lab.workload.XorShift;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.testkit.contract.KernelContract;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** What exhibits are judged with. None of it knows a bug. */
final class Tools {
    /** The longest random history. */
    static final int LENGTH = 14;

    private static final int TRIES = 40;
    private static final int MOST_FAULT = 10;
    private static final int FAULT_BEFORE = 4;
    private static final int DEPTH = 5;
    private static final int STATES = 350;

    private Tools() {}

    /** An action, and which of its invocations the kernel refuses; 0 for none. */
    record Move(int action, int fault) {}

    /** Every state, breadth first, as far as time allows. */
    static Exploration explore(Exhibit exhibit, Supplier<Subject> subject) {
        return Explorer.explore(
                new SubjectSystem(subject.get(), exhibit.faults()),
                Limits.NONE.withDepth(DEPTH).withStates(Math.max(2, STATES / exhibit.share())),
                (generated, distinct, depth, queue) -> {});
    }

    /** Random histories; of one that breaks a rule, all that is not needed is left out. Null if none does. */
    static @Nullable List<Move> random(Exhibit exhibit, Supplier<Subject> made) {
        Subject subject = made.get();
        int start = subject.memory().startJournal();
        XorShift random = new XorShift(exhibit.id().hashCode());
        for (int i = 0; i < Math.max(2, TRIES / exhibit.share()); i++) {
            List<Move> history = new ArrayList<>();
            int faultAt = exhibit.faults() > 0 ? random.below(FAULT_BEFORE) : -1;
            while (history.size() < LENGTH) {
                int fault = history.size() == faultAt ? 1 + random.below(MOST_FAULT) : 0;
                history.add(new Move(random.below(subject.actions().size()), fault));
            }
            int length = breaksAfter(subject, start, history);
            if (length >= 0) {
                return shrink(subject, start, history.subList(0, length));
            }
        }
        return null;
    }

    private static List<Move> shrink(Subject subject, int start, List<Move> history) {
        List<Move> shortest = history;
        int at = 0;
        while (at < shortest.size()) {
            List<Move> shorter = new ArrayList<>(shortest);
            shorter.remove(at);
            int length = breaksAfter(subject, start, shorter);
            if (length >= 0) {
                shortest = shorter.subList(0, length);
                at = 0;
            } else {
                at++;
            }
        }
        return shortest;
    }

    /** How many moves it takes to break a rule, or -1. Moves that make no sense are passed over. */
    static int breaksAfter(Subject subject, int start, List<Move> history) {
        subject.memory().rewind(start);
        if (!subject.isSound()) {
            return 0;
        }
        for (int i = 0; i < history.size(); i++) {
            Action action = subject.actions().get(history.get(i).action);
            if (action.isEnabled() && !isRight(subject, action, history.get(i).fault)) {
                return i + 1;
            }
        }
        return -1;
    }

    private static boolean isRight(Subject subject, Action action, int fault) {
        PlannedFaults faults = subject.faults();
        if (faults != null) {
            faults.plan(fault, 0);
        }
        Fingerprint before = subject.memory().fingerprint();
        Outcome outcome = action.perform();
        boolean isClean = !outcome.refused()
                || !subject.isRefusalClean()
                || before.equals(subject.memory().fingerprint());
        return outcome.wrong() == null && isClean && subject.isSound();
    }

    /** A history as the explorer tells it: action names, with the refused invocation behind them. */
    static List<Move> moves(Subject subject, List<String> names) {
        List<Move> moves = new ArrayList<>();
        for (String name : names) {
            int bracket = name.indexOf(" [refused: ");
            String action = bracket < 0 ? name : name.substring(0, bracket);
            int fault = bracket < 0 ? 0 : Integer.parseInt(name.substring(bracket + 11, name.length() - 1));
            int index = 0;
            while (!subject.actions().get(index).name().equals(action)) {
                index++;
            }
            moves.add(new Move(index, fault));
        }
        return moves;
    }

    /** The first test, by name, of a contract that fails, or null. */
    static @Nullable String firstFailure(Object contract) {
        List<Method> tests = Stream.<Class<?>>iterate(contract.getClass(), type -> type != null, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        for (Method test : tests) {
            try {
                test.setAccessible(true);
                test.invoke(contract);
            } catch (InvocationTargetException failure) {
                return test.getName();
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        String rule = firstBrokenRule(contract);
        return rule == null && tests.isEmpty() && !(contract instanceof KernelContract) ? "no tests" : rule;
    }

    /** The first rule of a kernel's contract that fails, or null. */
    private static @Nullable String firstBrokenRule(Object contract) {
        if (!(contract instanceof KernelContract)) {
            return null;
        }
        try {
            Method rules = KernelContract.class.getDeclaredMethod("rules");
            rules.setAccessible(true);
            for (Object test : ((Stream<?>) rules.invoke(contract)).toList()) {
                if (test instanceof DynamicTest rule && fails(rule)) {
                    return rule.getDisplayName();
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return null;
    }

    private static boolean fails(DynamicTest rule) {
        try {
            rule.getExecutable().execute();
            return false;
        } catch (Throwable failure) {
            return true;
        }
    }
}
