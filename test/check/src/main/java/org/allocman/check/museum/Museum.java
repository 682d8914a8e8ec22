package org.allocman.check.museum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectDesign;
import org.allocman.sim.board.Board;
import org.checkerframework.checker.nullness.qual.Nullable;

/** All exhibits. What is right is written once; a bug is one method of it, overridden. */
public final class Museum {
    /** What the names of its systems begin with: {@code museum:B7} has a bug, {@code museum:B7-right} has not. */
    public static final String PREFIX = "museum:";

    private static final String RIGHT = "-right";

    private Museum() {}

    /** The exhibits, by number. */
    static List<Exhibit> exhibits() {
        List<Exhibit> all = new ArrayList<>();
        ManagerExhibits.addTo(all);
        CSpaceExhibits.addTo(all);
        OtherExhibits.addTo(all);
        all.sort(Comparator.comparingInt(Exhibit::number));
        return all;
    }

    /**
     * What can be explored, in words: the name, and what was wrong, where.
     *
     * @return a line for each exhibit
     */
    public static List<String> catalogue() {
        return exhibits().stream()
                .map(exhibit -> String.format("%-10s  %s (%s)", PREFIX + exhibit.id(), exhibit.bug(), exhibit.where()))
                .toList();
    }

    /**
     * How many faults it takes to see a bug.
     *
     * @param name a name that {@link #find} knows
     * @return how many refusals of the kernel a history may have; 0 if none is needed
     */
    public static int faults(String name) {
        Exhibit exhibit = exhibit(name);
        return exhibit == null ? 0 : exhibit.faults();
    }

    /**
     * Finds a system.
     *
     * @param name {@code museum:} and the number of an exhibit, in any case; {@code -right} behind it for what is right
     * @return what makes it, or null if there is no such exhibit
     */
    public static @Nullable SubjectDesign find(String name) {
        Exhibit exhibit = exhibit(name);
        return exhibit == null ? null : new ExhibitDesign(exhibit, isRight(name));
    }

    private static boolean isRight(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(RIGHT);
    }

    private static @Nullable Exhibit exhibit(String name) {
        String id = isRight(name) ? name.substring(0, name.length() - RIGHT.length()) : name;
        for (Exhibit exhibit : exhibits()) {
            if ((PREFIX + exhibit.id()).equalsIgnoreCase(id)) {
                return exhibit;
            }
        }
        return null;
    }

    /** An exhibit as a system to explore; no board is needed. */
    private record ExhibitDesign(Exhibit exhibit, boolean right) implements SubjectDesign {
        private static final int DEPTH = 3;

        @Override
        public String name() {
            return PREFIX + exhibit.id() + (right ? RIGHT : "");
        }

        @Override
        public int depth() {
            return DEPTH;
        }

        @Override
        public Subject subject(Board board, int size) {
            return right ? exhibit.original().get() : exhibit.broken().get();
        }
    }
}
