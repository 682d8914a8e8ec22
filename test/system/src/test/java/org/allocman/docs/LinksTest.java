package org.allocman.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LinksTest {
    @Test
    void everyLinkLeadsSomewhere() throws Exception {
        List<String> broken = new ArrayList<>();
        for (Page page : Page.all()) {
            for (String link : page.links()) {
                if (!link.contains("://") && !leadsSomewhere(page, link)) {
                    broken.add(page.name() + ": " + link);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    private static boolean leadsSomewhere(Page page, String link) throws Exception {
        String file = link.replaceAll("#.*", "");
        Path target = file.isEmpty() ? Checkout.ROOT.resolve(page.name()) : page.target(file);
        if (!Files.exists(target) || !target.startsWith(Checkout.ROOT)) {
            return false;
        }
        return !link.contains("#")
                || !target.toString().endsWith(".md")
                || Page.read(Checkout.ROOT.relativize(target).toString())
                        .anchors()
                        .contains(link.substring(link.indexOf('#') + 1));
    }

    @Test
    void everyPageIsFoundFromTheIndex() throws Exception {
        Map<String, Page> pages = new TreeMap<>();
        for (Page page : Page.all()) {
            pages.put(page.name(), page);
        }
        Set<String> lost = new TreeSet<>(pages.keySet());
        Deque<String> next = new ArrayDeque<>(List.of("README.md", "docs/README.md"));
        while (!next.isEmpty()) {
            Page page = pages.get(next.pop());
            if (page != null && lost.remove(page.name())) {
                page.links().stream()
                        .filter(link -> !link.contains("://"))
                        .map(link -> Checkout.ROOT
                                .relativize(page.target(link.replaceAll("#.*", "")))
                                .toString())
                        .forEach(next::add);
            }
        }
        assertEquals(Set.of(), lost, "nobody who begins at README.md or docs/README.md comes to these");
    }

    @Test
    void everyFenceSaysWhatIsInside() throws Exception {
        Set<String> known = Set.of("java", "sh", "console", "yaml", "xml", "text", "allocman", "dot", "json");
        List<String> unknown = new ArrayList<>();
        for (Page page : Page.all()) {
            for (Page.Block block : page.blocks()) {
                if (!known.contains(block.language())) {
                    unknown.add(block.place());
                }
            }
        }
        assertEquals(List.of(), unknown, () -> "fences say one of " + known);
    }
}
