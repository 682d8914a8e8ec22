package org.allocman.cli.contract;

import java.util.List;
import org.allocman.check.contract.KernelPart;
import org.allocman.check.contract.KernelRule;
import org.allocman.check.contract.KernelRules.Verdict;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A line for each rule, below its part, with what is wrong behind those that are broken. */
final class ContractReport {
    private static final int NAME = 42;
    private static final int LEVEL = 7;

    private final Console console;
    private @Nullable KernelPart part;

    ContractReport(Console console) {
        this.console = console;
    }

    private void head(KernelRule rule) {
        if (rule.part() != part) {
            part = rule.part();
            console.out()
                    .println(console.bold(rule.part().word()) + ": "
                            + rule.part().meaning());
        }
    }

    private static String text(KernelRule rule) {
        return pad(rule.name(), NAME) + "  " + pad(rule.level().word(), LEVEL) + "  " + rule.says();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    void list(List<KernelRule> rules) {
        for (KernelRule rule : rules) {
            head(rule);
            console.out().println("  " + text(rule));
        }
        console.out().println(Figures.count(rules.size(), "rule"));
    }

    void row(Verdict verdict) {
        head(verdict.rule());
        String word = switch (verdict.kind()) {
            case HOLDS -> console.right("holds   ");
            case BROKEN -> console.wrong("BROKEN  ");
            case LEFT_OUT -> "left out";
        };
        console.out().println("  " + word + "  " + text(verdict.rule()));
        if (verdict.kind() == Verdict.Kind.LEFT_OUT) {
            console.out().println("            " + verdict.why());
        }
        console.out().flush();
    }

    /** Tells what is wrong, and how many are what; returns whether nothing is broken. */
    boolean end(List<Verdict> verdicts, long seed) {
        long broken = 0;
        long silent = 0;
        for (Verdict verdict : verdicts) {
            if (verdict.kind() == Verdict.Kind.BROKEN) {
                broken++;
                tell(verdict);
            } else if (verdict.kind() == Verdict.Kind.LEFT_OUT) {
                silent++;
            }
        }
        console.out()
                .println((verdicts.size() - broken - silent) + " of " + Figures.count(verdicts.size(), "rule")
                        + " hold, " + broken + " " + (broken == 1 ? "is" : "are") + " broken, " + silent
                        + " left out; seed " + seed);
        return broken == 0;
    }

    private void tell(Verdict verdict) {
        console.out().println();
        console.out()
                .println(console.wrong(verdict.rule().name()) + ": "
                        + verdict.rule().says());
        console.out().println("  " + verdict.why());
        console.out()
                .println("  the last of " + Figures.count(verdict.invocations(), "invocation")
                        + (verdict.lines().isEmpty() ? "" : ":"));
        verdict.lines().forEach(line -> console.out().println("    " + line));
        console.out().println();
    }
}
