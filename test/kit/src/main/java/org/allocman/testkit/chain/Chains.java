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
import org.allocman.check.action.Chain;
import org.allocman.check.action.ChainRun;
import org.allocman.check.action.Subject;
import org.allocman.check.explore.HistoryTable;
import org.allocman.check.explore.Step;
import org.allocman.check.explore.Violation;
import org.allocman.check.systems.SystemChain;
import org.allocman.check.systems.SystemKind;
import org.allocman.check.systems.SystemOptions;

/**
 * Chains of a subject's actions, for jqwik to make at random. After each action every rule is checked. A chain that breaks one is
 * shrunk by dropping steps, until the rule holds whichever of them is dropped; it fails with the table of what remains, and that is
 * saved as a file, of which it says how it can be replayed.
 *
 * <p>The machine is booted once: every chain, and every chain that is tried on the way to a shorter one, begins with the memory
 * going back to its first state. What jqwik itself shrinks is the chain that it made; the table is shorter.
 */
public final class Chains {
    private static final int OFTEN = 4;
    private static final int MOST_REFUSED = 8;

    private final ChainRun run;
    private final Replays replays;
    private final Path file;
    private String shortest = "";
    private int length = Integer.MAX_VALUE;

    private Chains(ChainRun run, Replays replays, Path file) {
        this.run = run;
        this.replays = replays;
        this.file = file;
    }

    /**
     * Chains of a subject of one's own.
     *
     * @param subject what to examine, in its first state
     * @param faults how many invocations may be refused in a chain
     * @param file where the shortest failing chain is saved; overwritten
     * @return chains to be run
     * @throws IllegalArgumentException if there are to be faults and the subject has none
     */
    public static ActionChainArbitrary<ChainRun> of(Subject subject, int faults, Path file) {
        return of(subject, faults, Replays.ofClass(subject, faults), file);
    }

    /**
     * Chains of a subject that is one of ours, or one of ours on a kernel of one's own.
     *
     * @param subject what to examine, in its first state
     * @param kind the kind of system it is, for the file
     * @param options what it is like
     * @param file where the shortest failing chain is saved; overwritten
     * @return chains to be run
     * @throws IllegalArgumentException if there are to be faults and the subject has none
     */
    public static ActionChainArbitrary<ChainRun> of(
            Subject subject, SystemKind kind, SystemOptions options, Path file) {
        return of(subject, options.faults(), Replays.ofKind(kind, options, SystemChain.of(kind, options)), file);
    }

    private static ActionChainArbitrary<ChainRun> of(Subject subject, int faults, Replays replays, Path file) {
        ChainRun run = new ChainRun(subject, faults);
        Chains chains = new Chains(run, replays, file);
        ActionChainArbitrary<ChainRun> all = ActionChain.startWith(run::restart);
        for (org.allocman.check.action.Action action : subject.actions()) {
            all = all.withAction(OFTEN, chains.plain(action.name()));
            if (faults > 0) {
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
        // one that is no shorter before it is shrunk will hardly be so afterwards, and jqwik tries many
        if (violation.history().size() < length) {
            Violation shorter = chain.shrink();
            if (shorter.history().size() < length) {
                keep(shorter);
            }
        }
        throw new AssertionError(shortest);
    }

    private void keep(Violation violation) {
        length = violation.history().size();
        Chain failing = replays.empty()
                .withSteps(violation.history().stream().map(Step::action).toList());
        List<String> how = replays.how(failing, file);
        shortest = String.join("\n", violation.rules()) + "\n"
                + String.join("\n", HistoryTable.lines(violation.history()))
                + "\nto see it again: " + String.join("\n", how);
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.write(file, failing.lines(how));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
