package org.allocman.cli.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.allocman.check.action.Chain;
import org.allocman.check.action.Chain.Setting;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.HintOptions;
import org.allocman.cli.frame.OutputFile;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** {@code --chain}, to be mixed in: where a history that breaks a rule goes, for {@code replay chain} to take it again. */
public final class ChainOption {
    /** Its name. */
    public static final String NAME = "--chain";

    @Option(
            names = NAME,
            paramLabel = "FILE",
            description = "Write the history that breaks a rule as a file, with which 'replay chain' does it again.")
    private @Nullable Path file;

    /** Makes the option. */
    public ChainOption() {}

    /**
     * Where a chain is to be written. Commands ask before they work, so that a place where it cannot be written is told then.
     *
     * @return the file, or null if none is wanted
     * @throws BadInputException if it cannot be written there
     */
    public @Nullable Path file() throws BadInputException {
        if (file != null) {
            OutputFile.check(file);
        }
        return file;
    }

    /**
     * A system's chain with the board as the user named it, so that it is found again.
     *
     * @param chain a chain that names the board as it calls itself
     * @param boards as they were typed
     * @param architecture what was asked for instead of the board's own, or null
     * @return the same with other lines
     */
    public static Chain typed(Chain chain, List<String> boards, @Nullable Architecture architecture) {
        List<Setting> settings = new ArrayList<>();
        boards.forEach(board -> settings.add(new Setting(Setting.BOARD, board)));
        if (architecture != null && Architecture.named(architecture.text()) != null) {
            settings.add(new Setting(Setting.ARCHITECTURE, architecture.text()));
        }
        chain.settings().stream()
                .filter(setting -> !setting.word().equals(Setting.BOARD))
                .forEach(settings::add);
        return new Chain(chain.system(), chain.faults(), settings, chain.steps());
    }

    /**
     * The command that does a chain again: what the file does not say stands there.
     *
     * @param to the file
     * @param jars as they were typed
     * @param hints as they were typed
     * @param architecture what was asked for, by a name or a profile
     * @param profile the profile's file, if it was one
     * @return words that can be typed
     */
    public static String again(
            Path to,
            List<String> jars,
            HintOptions.Typed hints,
            @Nullable Architecture architecture,
            @Nullable String profile) {
        List<String> words = new ArrayList<>(List.of("allocman", "replay", "chain"));
        jars.forEach(jar -> words.addAll(List.of("--with", jar)));
        if (profile != null && (architecture == null || Architecture.named(architecture.text()) == null)) {
            words.addAll(List.of("--profile", profile));
        }
        hints.ram().forEach(ram -> words.addAll(List.of("--ram", ram)));
        String memory = hints.memory();
        if (memory != null) {
            words.addAll(List.of("--memory", memory));
        }
        String device = hints.device();
        if (device != null) {
            words.addAll(List.of("--device", device));
        }
        words.add(to.toString());
        return String.join(" ", words.stream().map(ChainOption::quoted).toList());
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:,=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * Writes a chain.
     *
     * @param to the file
     * @param chain the chain
     * @param again the command that does it again
     * @throws BadInputException if it cannot be written
     */
    public static void write(Path to, Chain chain, String again) throws BadInputException {
        OutputFile.write(to, () -> Files.write(to, chain.lines(List.of(again + " does this again"))));
    }
}
