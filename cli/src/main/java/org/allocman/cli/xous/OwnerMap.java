package org.allocman.cli.xous;

import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.frame.Figures;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.PageBook;
import org.allocman.xous.Pid;

/**
 * The RAM as a picture of characters: one for a page, or for several if there would be too many lines. Lines that are all
 * one owner's and follow each other are drawn once.
 */
final class OwnerMap {
    private static final int MOST_LINES = 40;
    private static final int LEAST_COLUMNS = 16;
    private static final int MOST_COLUMNS = 64;
    private static final String OWNERS = ".#23456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@$%";
    private static final char SEVERAL = '+';
    private static final String INDENT = "  ";
    private static final String GAP = "   ";

    private final int width;
    private final int pagesInCell;
    private final List<String> lines;

    private OwnerMap(int width, int pagesInCell, List<String> lines) {
        this.width = width;
        this.pagesInCell = pagesInCell;
        this.lines = lines;
    }

    /** Draws the RAM for a terminal of so many columns. */
    static OwnerMap of(PageBook book, int width) {
        int before = INDENT.length() + addressWidth(book);
        int columns = MOST_COLUMNS;
        while (columns > LEAST_COLUMNS && before + columns + columns / LEAST_COLUMNS - 1 > width) {
            columns /= 2;
        }
        int pagesInCell = 1;
        List<String> lines = draw(book, columns, pagesInCell);
        while (lines.size() > MOST_LINES) {
            pagesInCell *= 2;
            lines = draw(book, columns, pagesInCell);
        }
        return new OwnerMap(width, pagesInCell, lines);
    }

    private static int addressWidth(PageBook book) {
        NamedRange ram = book.whitelist().range(0);
        return Figures.hex(ram.end()).length() + 1;
    }

    private static List<String> draw(PageBook book, int columns, int pagesInCell) {
        List<String> lines = new ArrayList<>();
        long pages = book.whitelist().ramPages();
        long inLine = (long) columns * pagesInCell;
        String format = "%-" + addressWidth(book) + "s%s";
        String last = "";
        int same = 0;
        for (long page = 0; page < pages; page += inLine) {
            String cells = line(book, page, Math.min(pages, page + inLine), pagesInCell);
            boolean isSame = cells.equals(last)
                    && cells.chars().filter(c -> c != ' ').distinct().count() == 1;
            if (!isSame) {
                addSame(lines, same);
                same = 0;
                lines.add(INDENT
                        + String.format(format, Figures.hex(book.whitelist().address(page)), cells));
            } else {
                same++;
            }
            last = cells;
        }
        addSame(lines, same);
        return lines;
    }

    private static void addSame(List<String> lines, int same) {
        if (same > 0) {
            lines.add(INDENT + INDENT + "and " + Figures.count(same, "line") + " like that");
        }
    }

    private static String line(PageBook book, long from, long end, int pagesInCell) {
        StringBuilder line = new StringBuilder();
        int cell = 0;
        for (long page = from; page < end; page += pagesInCell) {
            line.append(cell > 0 && cell % LEAST_COLUMNS == 0 ? " " : "");
            line.append(cell(book, page, Math.min(end, page + pagesInCell)));
            cell++;
        }
        return line.toString();
    }

    private static char cell(PageBook book, long from, long end) {
        int owner = book.owner(from);
        for (long page = from + 1; page < end; page++) {
            int other = book.owner(page);
            if (other != owner && other != Pid.FREE && owner != Pid.FREE) {
                return SEVERAL;
            }
            owner = Math.max(owner, other);
        }
        return letter(owner);
    }

    /** The character of an owner. */
    static char letter(int pid) {
        return pid < OWNERS.length() ? OWNERS.charAt(pid) : '?';
    }

    List<String> lines() {
        return lines;
    }

    /** What a character stands for. */
    String scale() {
        return pagesInCell == 1
                ? "a character is a page of 4 KiB"
                : "a character is " + pagesInCell + " pages, " + Figures.size((long) pagesInCell * NamedRange.PAGE);
    }

    /** What the characters mean, in lines that are no wider than the map may be. */
    List<String> legend(List<Integer> processes) {
        List<String> parts =
                new ArrayList<>(List.of(letter(Pid.FREE) + " free", letter(Pid.KERNEL) + " kernel, PID 1"));
        processes.forEach(pid -> parts.add(letter(pid) + " PID " + pid));
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
