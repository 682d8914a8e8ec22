package org.allocman.cli.explore;

import java.util.List;
import org.allocman.check.explore.Exploration.RuleUse;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;

/** Which rules never had anything to look at, as text: that they are not broken says nothing. */
final class RulesText {
    private static final int WIDTH = 100;

    private RulesText() {}

    static void print(Console console, List<RuleUse> rules) {
        List<String> unused =
                rules.stream().filter(rule -> !rule.used()).map(RuleUse::name).toList();
        if (rules.isEmpty()) {
            return;
        }
        console.out()
                .println("  " + Figures.count(rules.size(), "rule")
                        + (unused.isEmpty()
                                ? ", each of which had something to look at"
                                : "; " + unused.size() + " never had anything to look at:"));
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < unused.size(); i++) {
            String name = unused.get(i) + (i < unused.size() - 1 ? "," : "");
            if (!line.isEmpty() && line.length() + name.length() > WIDTH) {
                console.out().println("   " + line);
                line.setLength(0);
            }
            line.append(' ').append(name);
        }
        if (!line.isEmpty()) {
            console.out().println("   " + line);
        }
    }
}
