package org.allocman.cli.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.allocman.check.action.Action;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectDesign;
import org.allocman.check.action.SubjectSystem;
import org.allocman.check.explore.ToySystem;
import org.allocman.check.explore.TransitionSystem;
import org.allocman.check.museum.Museum;
import org.allocman.check.systems.OwnSystem;
import org.allocman.check.systems.SystemKind;
import org.allocman.check.systems.SystemOptions;
import org.allocman.check.systems.SystemType;
import org.allocman.cli.frame.BadInputException;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the system that a user names: one of ours, one that a jar provides, or a class of a jar; and makes it. */
public final class SystemLookup {
    private static final String CLASS = "([\\p{L}_$][\\p{L}\\p{N}_$]*\\.)+[\\p{L}_$][\\p{L}\\p{N}_$]*";

    private SystemLookup() {}

    /**
     * Finds a system.
     *
     * @param name its name
     * @param designs what can be chosen
     * @return the system
     * @throws BadInputException if there is none of that name, or its class cannot be used
     */
    public static SystemType find(String name, Designs designs) throws BadInputException {
        SystemKind kind = SystemKind.named(name);
        if (kind != null) {
            return kind;
        }
        SubjectDesign exhibit = Museum.find(name);
        if (exhibit != null) {
            return new OwnSystem(exhibit);
        }
        for (SubjectDesign design : designs.systems()) {
            if (design.name().equals(name)) {
                return new OwnSystem(design);
            }
        }
        for (JarProviders jar : designs.jars()) {
            if (jar.has(name)) {
                return new OwnSystem(design(jar, name));
            }
        }
        List<String> names = new ArrayList<>();
        new SystemNames().forEach(names::add);
        designs.systems().forEach(design -> names.add(design.name()));
        if (name.toLowerCase(Locale.ROOT).startsWith(Museum.PREFIX.replace(":", ""))) {
            throw new BadInputException("there is no system '" + name + "'; the museum has " + Museum.PREFIX + "B1 to "
                    + Museum.PREFIX + "B" + Museum.catalogue().size() + ", and --system museum lists them");
        }
        throw new BadInputException("there is no system '" + name + "'; there are " + String.join(", ", names)
                + ", " + Museum.PREFIX + "B1 and other bugs of the museum"
                + (name.matches(CLASS) ? "; --with names the jar that has a class" : ""));
    }

    /** A class by its name: it makes subjects, or is one. */
    private static SubjectDesign design(JarProviders jar, String name) throws BadInputException {
        if (jar.isA(name, SubjectDesign.class)) {
            return NullGuard.of(jar.name(), jar.made(name, SubjectDesign.class), SubjectDesign.class);
        }
        if (!jar.isA(name, Subject.class)) {
            throw new BadInputException(jar.name() + ": " + name + " is no Subject and no SubjectDesign");
        }
        return new OfClass(jar, name);
    }

    /** A class of subjects that depend on nothing. */
    private record OfClass(JarProviders jar, String name) implements SubjectDesign {
        @Override
        public Subject subject(Board board, int size) throws BootFailure {
            try {
                return jar.made(name, Subject.class);
            } catch (BadInputException cannot) {
                throw new BootFailure(String.valueOf(cannot.getMessage()), 0);
            }
        }
    }

    /**
     * Makes a system.
     *
     * @param type which
     * @param options what it is to be like
     * @return the system in its first state
     * @throws BadInputException if the board is too small for it, or it is not what a system has to be
     */
    public static TransitionSystem system(SystemType type, SystemOptions options) throws BadInputException {
        Subject subject = subject(type, options);
        return subject == null ? new ToySystem(options.size(), false) : new SubjectSystem(subject, options.faults());
    }

    /**
     * Makes a subject.
     *
     * @param type which
     * @param options what it is to be like
     * @return the subject in its first state; null if the system is a model without memory
     * @throws BadInputException if the board is too small for it, or it is not what a subject has to be
     */
    public static @Nullable Subject subject(SystemType type, SystemOptions options) throws BadInputException {
        Subject subject;
        try {
            subject = type.subject(options, kernel -> kernel, kernel -> kernel);
        } catch (BootFailure tooSmall) {
            throw new BadInputException(String.valueOf(tooSmall.getMessage()));
        }
        if (subject != null && type instanceof OwnSystem) {
            check(subject);
        }
        if (subject != null && options.faults() > 0 && subject.faults() == null) {
            throw noFaults(type);
        }
        return subject;
    }

    /**
     * Faults were asked for where nothing can fail.
     *
     * @param type the system
     * @return what to say
     */
    public static BadInputException noFaults(SystemType type) {
        return new BadInputException(
                type instanceof OwnSystem
                        ? "--faults is for subjects that say what refuses invocations (Subject.faults); " + type.text()
                                + " does not"
                        : "--faults is for systems in which invocations of a manager can be refused; " + type.text()
                                + " is none of them");
    }

    /** What a history needs to be taken again: actions by names that are different and stand in one line of a file. */
    private static void check(Subject subject) throws BadInputException {
        String who = subject.getClass().getName();
        notNull(who, "memory", subject.memory()).startJournal();
        notNull(who, "facts", subject.facts());
        notNull(who, "broken", subject.broken());
        List<Action> actions = notNull(who, "actions", subject.actions());
        if (actions.isEmpty() || actions.size() > SubjectSystem.MOST_SUBJECT_ACTIONS) {
            throw new BadInputException(who + " has " + actions.size() + " actions; 1 to "
                    + SubjectSystem.MOST_SUBJECT_ACTIONS + " can be explored");
        }
        List<String> names = new ArrayList<>();
        for (Action action : actions) {
            String name = notNull(who, "actions", action == null ? null : action.name());
            if (name.isBlank() || !name.equals(name.strip()) || name.matches("(?s).*[\\[\\]\\r\\n].*")) {
                throw new BadInputException(who + ": an action is named '"
                        + name.lines().findFirst().orElse("")
                        + "'; a name has no brackets, no line breaks and no blanks around it");
            }
            if (names.contains(name)) {
                throw new BadInputException(who + ": two actions are named '" + name + "'");
            }
            names.add(name);
        }
    }

    private static <T> T notNull(String who, String method, @Nullable T result) throws BadInputException {
        if (result == null) {
            throw new BadInputException(who + "." + method + " returns null, or a list with null in it");
        }
        return result;
    }
}
