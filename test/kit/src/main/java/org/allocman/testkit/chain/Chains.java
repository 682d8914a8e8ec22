package org.allocman.testkit.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;
import org.allocman.check.action.ChainRun;
import org.allocman.check.action.Subject;
import org.allocman.check.explore.HistoryTable;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.Violation;
import org.allocman.check.systems.Chain;
import org.allocman.check.systems.SystemKind;
import org.allocman.check.systems.SystemOptions;

/**
 * Chains of a subject's actions, for jqwik to make at random and to shrink. After each action every rule is checked. A chain
 * that breaks one fails with its table, and is saved as a file for {@code allocman replay chain}.
 *
 * <p>The machine is booted once: every chain, and every chain that jqwik tries on the way to a shorter one, begins with the
 * memory going back to its first state. So shrinking works although the state is one that changes.
 */
public final class Chains {
    private static final int OFTEN = 4;
    private static final int MOST_REFUSED = 8;

    private final ChainRun run;
    private final Chain empty;
    private final Path file;
    private int shortest = Integer.MAX_VALUE;

    private Chains(ChainRun run, Chain empty, Path file) {
        this.run = run;
        this.empty = empty;
        this.file = file;
    }

    /**
     * Chains of a subject's actions.
     *
     * @param subject what to examine, in its first state
     * @param kind the kind of system it is, for the file
     * @param options what it is like
     * @param file where the shortest failing chain is saved; overwritten
     * @return chains to be run
     */
    public static ActionChainArbitrary<ChainRun> of(
            Subject subject, SystemKind kind, SystemOptions options, Path file) {
        ChainRun run = new ChainRun(subject, options.faults());
        Chain empty = new Chain(
                kind, options.board().name(), options.size(), options.faults(), options.symmetry(), List.of());
        Chains chains = new Chains(run, empty, file);
        ActionChainArbitrary<ChainRun> all = ActionChain.startWith(run::restart);
        for (org.allocman.check.action.Action action : subject.actions()) {
            all = all.withAction(OFTEN, chains.plain(action.name()));
            if (options.faults() > 0) {
                all = all.withAction(1, chains.refused(action.name()));
            }
        }
        return all;
    }

    private Action<ChainRun> plain(String name) {
        int number = run.number(name);
        Transformer<ChainRun> step = Transformer.mutate(name, chain -> take(chain, number));
        return new Choice(number, Arbitraries.just(step));
    }

    /** The same action with one of its first invocations refused. */
    private Action<ChainRun> refused(String name) {
        return new Choice(
                run.number(name + " [refused: 1]"),
                Arbitraries.integers().between(1, MOST_REFUSED).map(which -> {
                    String faulty = name + " [refused: " + which + "]";
                    int number = run.number(faulty);
                    return Transformer.mutate(faulty, chain -> take(chain, number));
                }));
    }

    private record Choice(int number, Arbitrary<Transformer<ChainRun>> transformer)
            implements Action.Independent<ChainRun> {
        @Override
        public boolean precondition(ChainRun run) {
            return run.isEnabled(number);
        }
    }

    private void take(ChainRun chain, int number) {
        if (!chain.isEnabled(number)) {
            return;
        }
        Violation violation = chain.take(number);
        if (violation == null) {
            return;
        }
        save(violation);
        throw new AssertionError(String.join("\n", violation.rules()) + "\n"
                + String.join("\n", HistoryTable.lines(violation.history()))
                + "\nto see it again: allocman replay chain "
                + file);
    }

    private void save(Violation violation) {
        if (violation.history().size() >= shortest) {
            return;
        }
        shortest = violation.history().size();
        List<String> steps = violation.history().stream().map(Step::action).toList();
        Chain failing = new Chain(empty.kind(), empty.board(), empty.size(), empty.faults(), empty.symmetry(), steps);
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.write(file, failing.lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
