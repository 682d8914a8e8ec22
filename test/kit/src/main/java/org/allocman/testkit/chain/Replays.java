package org.allocman.testkit.chain;

import java.nio.file.Path;
import java.util.List;
import org.allocman.check.action.Chain;
import org.allocman.check.action.ChainRun;
import org.allocman.check.action.Subject;
import org.allocman.check.systems.SystemKind;
import org.allocman.check.systems.SystemOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How a chain can be replayed. Nothing is promised that was not tried: what the command would make is made, and the chain
 * taken on it.
 */
final class Replays {
    private final Chain empty;
    private final Maker maker;
    private final String options;
    private final String otherwise;

    /** Makes what the command would make. */
    private interface Maker {
        @Nullable
        Subject make() throws Exception;
    }

    private Replays(Chain empty, Maker maker, String options, String otherwise) {
        this.empty = empty;
        this.maker = maker;
        this.options = options;
        this.otherwise = otherwise;
    }

    /** Chains of one of our systems, perhaps on a kernel of somebody else's. */
    static Replays ofKind(SystemKind kind, SystemOptions options, Chain empty) {
        return new Replays(
                empty,
                () -> kind.subject(options, kernel -> kernel),
                "",
                "allocman's own " + kind.text() + " does not break that rule; with what the property made,");
    }

    /** Chains of somebody's class. */
    static Replays ofClass(Subject subject, int faults) {
        Class<?> type = subject.getClass();
        Chain empty = new Chain(type.getName(), faults, List.of(), List.of());
        return new Replays(
                empty,
                () -> (Subject) type.getConstructor().newInstance(),
                "--with JAR ",
                "the command cannot make this " + type.getName()
                        + " (a public class with a public constructor without parameters it could);");
    }

    /** A chain without steps. */
    Chain empty() {
        return empty;
    }

    /** How to replay a chain, in lines. */
    List<String> how(Chain failing, Path file) {
        String call = "in Java ChainRun.replay(subject, Chain.read(Path.of(\"" + file + "\")))";
        if (!isReplayed(failing)) {
            return List.of(otherwise + " " + call);
        }
        return options.isEmpty()
                ? List.of("allocman replay chain " + file)
                : List.of("allocman replay chain " + options + file + ", with the jar that has the class; or " + call);
    }

    private boolean isReplayed(Chain failing) {
        try {
            Subject fresh = maker.make();
            return fresh != null && ChainRun.replay(fresh, failing).violation() != null;
        } catch (Exception cannot) {
            // whatever the reason: it cannot be replayed so
            return false;
        }
    }
}
