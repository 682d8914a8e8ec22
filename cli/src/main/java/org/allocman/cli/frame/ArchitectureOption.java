package org.allocman.cli.frame;

import java.io.IOException;
import java.nio.file.Files;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.ProfileFile;
import org.allocman.sim.board.Utf8Mark;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** {@code --arch} and {@code --profile}, to be mixed in. */
public final class ArchitectureOption {
    @Option(
            names = "--arch",
            paramLabel = "A",
            converter = Architectures.class,
            completionCandidates = Architectures.Names.class,
            description =
                    "The kernel's architecture instead of the board's own: aarch64, x86_64, riscv64, aarch32, ia32,"
                            + " riscv32, mpu. Options of the kernel may stand behind, for instance aarch64+hyp+mcs:"
                            + " mcs on all but mpu, hyp on Arm, pa44 on aarch64, vtx on x86_64.")
    private @Nullable Architecture architecture;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description =
                    "The profile of a kernel of your own, in YAML, instead of one of these: its object types, slots and"
                            + " page tables. The name of one of these is taken as well, for instance riscv64+mcs.")
    private @Nullable String profile;

    /** Makes the options. */
    public ArchitectureOption() {}

    /**
     * What the user wants.
     *
     * @return the architecture, or null for the board's own
     * @throws BadInputException if there is no such file, or both options are given
     * @throws BoardFormatException if the file describes no kernel
     */
    public @Nullable Architecture architecture() throws BadInputException, BoardFormatException {
        String file = profile;
        if (file == null) {
            return architecture;
        }
        if (architecture != null) {
            throw new BadInputException("--arch and --profile both say which kernel it is; give one of them");
        }
        Architecture known = Architecture.named(file);
        return known != null ? known : ProfileFile.read(InputFile.of(file));
    }

    /**
     * The profile as the user named it.
     *
     * @return a file, or the name of an architecture; null if there is none
     */
    public @Nullable String profile() {
        return profile;
    }

    /**
     * The text of the profile that the user names.
     *
     * @return the file's content, or null if there is none
     * @throws BadInputException if the file cannot be read
     */
    @Nullable
    String profileText() throws BadInputException {
        String file = profile;
        try {
            return file == null || Architecture.named(file) != null
                    ? null
                    : Utf8Mark.without(Files.readString(InputFile.of(file)));
        } catch (IOException unreadable) {
            throw new BadInputException(file + ": the file cannot be read");
        }
    }
}
