package org.allocman.cli.xous;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.allocman.cli.frame.ArchitectureOption;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardLookup;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HintOptions;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFile;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.BoardHints;
import org.allocman.xous.TableForm;
import org.allocman.xous.XousRules;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which board, the one that Xous was written for as the default, and which table; to be mixed in. */
final class XousOptions {
    private static final String PRECURSOR = "precursor";
    private static final String ARGUMENTS = "precursor.args";

    @Option(
            names = "--board",
            paramLabel = "NAME|FILE",
            defaultValue = PRECURSOR,
            completionCandidates = BoardLookup.Names.class,
            description =
                    "A built-in board, or a file that describes one: kernel arguments of Xous, an SVD, a device tree,"
                            + " or our own YAML. " + PRECURSOR + " is taken as its kernel arguments have it. Default:"
                            + " ${DEFAULT-VALUE}.")
    private List<String> boards = new ArrayList<>();

    @Mixin
    private final ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private final HintOptions hints = new HintOptions();

    @Option(
            names = "--table",
            paramLabel = "FORM",
            defaultValue = "array",
            completionCandidates = Forms.class,
            description = "The owners' table: array has a byte for every page, programmatic looks among the pages that"
                    + " somebody owns. Default: ${DEFAULT-VALUE}.")
    private TableForm form = TableForm.ARRAY;

    @Option(
            names = "--rules",
            paramLabel = "KERNEL",
            defaultValue = "73c0946",
            converter = RulesNames.class,
            completionCandidates = RulesNames.class,
            description =
                    "Whose rules on second mappings hold: those of xous-core 73c0946 (February 2026), by which a process"
                            + " may see twice what it has, or those since pull request 980 (September 2026), by which it may see a"
                            + " device twice and RAM once. Default: ${DEFAULT-VALUE}.")
    private XousRules rules = XousRules.COMMIT_73C0946;

    Board board(Console console) throws BadInputException, BoardFormatException {
        BoardHints said = hints.hints(architecture.architecture());
        if (boards.size() > 1 || !BoardLookup.builtIn(boards.get(0)).equals(PRECURSOR)) {
            return BoardLookup.find(console, boards, said).board();
        }
        try (InputStream in = XousOptions.class.getResourceAsStream(ARGUMENTS)) {
            if (in == null) {
                throw new IllegalStateException("the file " + ARGUMENTS + " is not in the jar");
            }
            return BoardFile.reading(ARGUMENTS, in.readAllBytes(), said).board();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which owners' table. */
    TableForm form() {
        return form;
    }

    /** Which kernel's rules. */
    XousRules rules() {
        return rules;
    }

    /** The forms of the table, for completion. */
    static final class Forms implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(TableForm.values())
                    .map(form -> form.name().toLowerCase(Locale.ROOT))
                    .iterator();
        }
    }
}
