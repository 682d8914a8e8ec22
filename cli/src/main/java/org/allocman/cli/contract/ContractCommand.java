package org.allocman.cli.contract;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.allocman.check.contract.KernelLevel;
import org.allocman.check.contract.KernelPart;
import org.allocman.check.contract.KernelRule;
import org.allocman.check.contract.KernelRules;
import org.allocman.check.contract.KernelRules.Verdict;
import org.allocman.cli.frame.ArchitectureOption;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.OptionRange;
import org.allocman.wire.WireException;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command. */
@Command(
        name = "contract",
        description = {
            "Hold a kernel to what a resource manager needs, and to what seL4 does.",
            "",
            "The kernel is anybody's, in any language, at the other end of the wire (docs/wire.md). Each rule gets a kernel"
                    + " that has just booted. Without --kernel the rules are listed."
        })
public final class ContractCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 3600;
    private static final int MILLIS = 1000;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final ArchitectureOption architecture = new ArchitectureOption();

    @Option(
            names = "--kernel",
            paramLabel = "EXEC|HOST:PORT|unix:PATH",
            description =
                    "The kernel: a command that takes requests from its input and answers on its output, or a socket.")
    private @Nullable String kernel;

    @Option(
            names = "--boot",
            paramLabel = "WORDS",
            description = "What stands behind 'boot', for instance 'tiny as riscv64'. Default: nothing.")
    private String boot = "";

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "What it is held to: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private KernelLevel level = KernelLevel.SEL4;

    @Option(
            names = "--without",
            paramLabel = "PART",
            split = ",",
            description = "Parts that the kernel does not have, set apart by commas: ${COMPLETION-CANDIDATES}.")
    private List<KernelPart> without = new ArrayList<>();

    @Option(names = "--rule", paramLabel = "NAME", description = "This rule alone; can be repeated.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "For what is drawn at random. Default: ${DEFAULT-VALUE}.")
    private long seed = KernelRules.SEED;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long an answer may take. Default: ${DEFAULT-VALUE}.")
    private int patience = 20;

    private final Console console;

    /**
     * Makes the command.
     *
     * @param console where it prints
     */
    public ContractCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        OptionRange.check("--patience", patience, 1, MOST_SECONDS);
        List<KernelRule> rules = rules();
        ContractReport report = new ContractReport(console);
        String where = kernel;
        if (where == null) {
            report.list(rules);
            return Exit.GOOD;
        }
        try (KernelSource source =
                new KernelSource(where, boot.strip(), (long) patience * MILLIS, architecture.architecture())) {
            source.first();
            List<Verdict> verdicts = new ArrayList<>();
            for (KernelRule rule : rules) {
                Verdict verdict = KernelRules.ask(rule, source, seed);
                verdicts.add(verdict);
                report.row(verdict);
            }
            return report.end(verdicts, seed) ? Exit.GOOD : Exit.FOUND_WRONG;
        } catch (WireException nobody) {
            throw new BadInputException("--kernel: " + nobody.getMessage());
        }
    }

    private List<KernelRule> rules() throws BadInputException {
        Set<KernelPart> left = EnumSet.noneOf(KernelPart.class);
        left.addAll(without);
        List<String> names = KernelRules.all().stream()
                .map(rule -> rule.name().toLowerCase(Locale.ROOT))
                .toList();
        List<String> wanted =
                only.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        for (String name : only) {
            if (!names.contains(name.toLowerCase(Locale.ROOT))) {
                throw new BadInputException("there is no rule '" + name + "'; 'allocman contract' lists them");
            }
        }
        return KernelRules.all().stream()
                .filter(rule -> wanted.isEmpty() || wanted.contains(rule.name().toLowerCase(Locale.ROOT)))
                .filter(rule -> !left.contains(rule.part()) && rule.level().compareTo(level) <= 0)
                .toList();
    }
}
