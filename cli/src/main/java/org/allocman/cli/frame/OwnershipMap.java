package org.allocman.cli.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.allocman.resource.ResourceType;
import org.allocman.resource.Stretch;

/**
 * The units of a resource type as a picture of characters: one for a unit, or for several if there would be too many lines. Lines
 * that are all one owner's and follow each other are drawn once.
 */
public final class OwnershipMap {
    /** The character of what nobody owns. */
    public static final char FREE = '.';

    private static final int MOST_LINES = 40;
    private static final int LEAST_COLUMNS = 16;
    private static final int MOST_COLUMNS = 64;
    private static final String OWNERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@$%";
    private static final char SEVERAL = '+';
    private static final String INDENT = "  ";
    private static final String GAP = "   ";

    private final ResourceType type;
    private final IntFunction<Character> letters;
    private final int width;
    private final int unitsInCell;
    private final List<String> lines;

    private OwnershipMap(
            ResourceType type, IntFunction<Character> letters, int width, int unitsInCell, List<String> lines) {
        this.type = type;
        this.letters = letters;
        this.width = width;
        this.unitsInCell = unitsInCell;
        this.lines = lines;
    }

    /**
     * Draws all units.
     *
     * @param type whose units
     * @param width columns of the terminal
     * @return the map
     */
    public static OwnershipMap of(ResourceType type, int width) {
        return of(type, type.stretches(), OwnershipMap::letter, width);
    }

    /**
     * Draws some stretches.
     *
     * @param type whose units
     * @param stretches which of them, 1 or more
     * @param letters the character of an owner
     * @param width columns of the terminal
     * @return the map
     */
    public static OwnershipMap of(
            ResourceType type, List<Stretch> stretches, IntFunction<Character> letters, int width) {
        int addresses = 0;
        for (Stretch stretch : stretches) {
            addresses = Math.max(
                    addresses,
                    Figures.hex(stretch.start() + stretch.count() * type.unitBytes())
                                    .length()
                            + 1);
        }
        int before = INDENT.length() + addresses;
        int columns = MOST_COLUMNS;
        while (columns > LEAST_COLUMNS && before + columns + columns / LEAST_COLUMNS - 1 > width) {
            columns /= 2;
        }
        int unitsInCell = 1;
        List<String> lines = draw(type, stretches, letters, addresses, columns, unitsInCell);
        while (lines.size() > Math.max(MOST_LINES, stretches.size())) {
            unitsInCell *= 2;
            lines = draw(type, stretches, letters, addresses, columns, unitsInCell);
        }
        return new OwnershipMap(type, letters, width, unitsInCell, lines);
    }

    private static List<String> draw(
            ResourceType type,
            List<Stretch> stretches,
            IntFunction<Character> letters,
            int addresses,
            int columns,
            int unitsInCell) {
        List<String> lines = new ArrayList<>();
        for (Stretch stretch : stretches) {
            draw(lines, type, stretch, letters, addresses, columns, unitsInCell);
        }
        return lines;
    }

    private static void draw(
            List<String> lines,
            ResourceType type,
            Stretch stretch,
            IntFunction<Character> letters,
            int addresses,
            int columns,
            int unitsInCell) {
        long end = stretch.unit() + stretch.count();
        long inLine = (long) columns * unitsInCell;
        String format = "%-" + addresses + "s%s";
        String last = "";
        int same = 0;
        for (long unit = stretch.unit(); unit < end; unit += inLine) {
            String cells = line(type, letters, unit, Math.min(end, unit + inLine), unitsInCell);
            boolean isSame = cells.equals(last)
                    && cells.chars().filter(c -> c != ' ').distinct().count() == 1;
            if (!isSame) {
                addSame(lines, same);
                same = 0;
                lines.add(INDENT + String.format(format, Figures.hex(type.address(unit)), cells));
            } else {
                same++;
            }
            last = cells;
        }
        addSame(lines, same);
    }

    private static void addSame(List<String> lines, int same) {
        if (same > 0) {
            lines.add(INDENT + INDENT + "and " + Figures.count(same, "line") + " like that");
        }
    }

    private static String line(
            ResourceType type, IntFunction<Character> letters, long from, long end, int unitsInCell) {
        StringBuilder line = new StringBuilder();
        int cell = 0;
        for (long unit = from; unit < end; unit += unitsInCell) {
            line.append(cell > 0 && cell % LEAST_COLUMNS == 0 ? " " : "");
            line.append(cell(type, letters, unit, Math.min(end, unit + unitsInCell)));
            cell++;
        }
        return line.toString();
    }

    private static char cell(ResourceType type, IntFunction<Character> letters, long from, long end) {
        int owner = type.owner(from);
        for (long unit = from + 1; unit < end; unit++) {
            int other = type.owner(unit);
            if (other != owner && other != ResourceType.NOBODY && owner != ResourceType.NOBODY) {
                return SEVERAL;
            }
            owner = Math.max(owner, other);
        }
        return letters.apply(owner);
    }

    /**
     * The character of an owner.
     *
     * @param owner the owner, or {@link ResourceType#NOBODY}
     * @return a digit or a letter
     */
    public static char letter(int owner) {
        return owner == ResourceType.NOBODY ? FREE : owner < OWNERS.length() ? OWNERS.charAt(owner) : '?';
    }

    /**
     * The map.
     *
     * @return its lines
     */
    public List<String> lines() {
        return lines;
    }

    /**
     * What a character stands for.
     *
     * @return for instance {@code a character is a page of 4 KiB}
     */
    public String scale() {
        return unitsInCell == 1
                ? "a character is a " + type.unitName() + " of " + Figures.size(type.unitBytes())
                : "a character is " + unitsInCell + " " + Figures.plural(type.unitName()) + ", "
                        + Figures.size(unitsInCell * type.unitBytes());
    }

    /**
     * What the characters mean, in lines that are no wider than the map may be.
     *
     * @param owners the owners to be explained, in their order
     * @param name what an owner is called
     * @return the lines
     */
    public List<String> legend(List<Integer> owners, IntFunction<String> name) {
        List<String> parts = new ArrayList<>(List.of(letters.apply(ResourceType.NOBODY) + " free"));
        owners.forEach(owner -> parts.add(letters.apply(owner) + " " + name.apply(owner)));
        if (lines.stream().anyMatch(line -> line.indexOf(SEVERAL) >= 0)) {
            parts.add(SEVERAL + " several owners");
        }
        List<String> legend = new ArrayList<>();
        String line = "";
        for (String part : parts) {
            boolean fits = line.isEmpty() || INDENT.length() + line.length() + GAP.length() + part.length() <= width;
            if (!fits) {
                legend.add(INDENT + line);
                line = "";
            }
            line += (line.isEmpty() ? "" : GAP) + part;
        }
        legend.add(INDENT + line);
        return legend;
    }
}
