package org.allocman.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in Markdown, taken apart.
 *
 * @param name the file's name, from the top of the project
 * @param anchors what a link to the page may name
 * @param links where the page's links lead
 * @param blocks what stands between fences
 */
record Page(String name, Set<String> anchors, List<String> links, List<Block> blocks) {
    private static final Pattern FENCE = Pattern.compile("^(\\s*)```(.*)$");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.*)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern NOTE = Pattern.compile("^\\s*<!-- ([a-z ]+): (.*) -->\\s*$");

    /**
     * What stands between two fences.
     *
     * @param page the page's name
     * @param line the number of its first line
     * @param language what stands behind the opening fence
     * @param notes what comments above the fence say, each a key and a text
     * @param lines the text
     */
    record Block(String page, int line, String language, Map<String, String> notes, List<String> lines) {
        String place() {
            return page + ":" + line;
        }

        String text() {
            return String.join("\n", lines);
        }
    }

    static Page read(String name) throws IOException {
        Set<String> anchors = new TreeSet<>();
        Map<String, Integer> repeats = new HashMap<>();
        List<String> links = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        Map<String, String> notes = new LinkedHashMap<>();
        List<String> inside = null;
        int number = 0;
        for (String line : Checkout.text(name).lines().toList()) {
            number++;
            Matcher fence = FENCE.matcher(line);
            if (fence.matches() && inside == null) {
                inside = new ArrayList<>();
                blocks.add(new Block(name, number + 1, fence.group(2), Map.copyOf(notes), inside));
                notes.clear();
            } else if (fence.matches()) {
                inside = null;
            } else if (inside != null) {
                inside.add(line);
            } else {
                Matcher note = NOTE.matcher(line);
                if (note.matches()) {
                    notes.put(note.group(1), note.group(2));
                } else {
                    notes.clear();
                }
                Matcher heading = HEADING.matcher(line);
                if (heading.matches()) {
                    String slug = slug(heading.group(1));
                    int seen = repeats.merge(slug, 1, Integer::sum);
                    anchors.add(seen == 1 ? slug : slug + "-" + (seen - 1));
                }
                Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", "``"));
                while (link.find()) {
                    links.add(link.group(1));
                }
            }
        }
        return new Page(name, anchors, links, blocks);
    }

    static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>();
        for (String name : Checkout.pages()) {
            pages.add(read(name));
        }
        return pages;
    }

    /** The file that a link without an anchor leads to. */
    Path target(String link) {
        return Checkout.ROOT.resolve(name).resolveSibling(link).normalize();
    }

    /** What GitHub makes of a heading. */
    private static String slug(String heading) {
        return heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                .replace(' ', '-');
    }
}
