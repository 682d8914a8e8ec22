package org.allocman.cli.uvisor;

import io.vavr.control.Either;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.frame.ArchitectureOption;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardLookup;
import org.allocman.cli.frame.BootOptions;
import org.allocman.cli.frame.ByteCount;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.HintOptions;
import org.allocman.cli.frame.InputFile;
import org.allocman.cli.page.Recording;
import org.allocman.lab.machine.UvisorMachine;
import org.allocman.lab.machine.UvisorStart;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.BoardReading;
import org.allocman.uvisor.BoxSetup;
import org.allocman.uvisor.rules.Halt;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which boxes go onto which board; to be mixed in. */
final class UvisorOptions {
    @Option(
            names = "--board",
            paramLabel = "NAME|FILE",
            defaultValue = "k64f",
            completionCandidates = BoardLookup.Names.class,
            description = "A board with an MPU, built in (k64f, stm32f429) or a file. Default: ${DEFAULT-VALUE}.")
    private List<String> boards = new ArrayList<>();

    @Mixin
    private final ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private final HintOptions hints = new HintOptions();

    @Mixin
    private final BootOptions boot = new BootOptions();

    @Option(
            names = "--boxes",
            paramLabel = "FILE",
            description = "Boxes to place, in YAML. Default: a main program, a sensor and an updater.")
    private @Nullable String boxes;

    @Option(
            names = "--block-size",
            paramLabel = "BYTES",
            defaultValue = "8K",
            converter = ByteCount.class,
            description = "Size of a block. Default: ${DEFAULT-VALUE}.")
    private long blockBytes;

    @Mixin
    private final MpuOptions mpu = new MpuOptions();

    @Option(
            names = "--alone",
            description =
                    "uVisor has the board for itself, without a kernel and a manager beneath it. That is so of itself"
                            + " where these leave no room.")
    private boolean alone;

    /** Looks for the board and starts what is asked for on it. */
    UvisorMachine start(Console console, Recording recording)
            throws IOException, BadInputException, BoardFormatException {
        BoardReading reading = BoardLookup.find(console, boards, hints.hints(architecture.architecture()));
        Board found = reading.board();
        List<BoxSetup> setups = boxes == null ? BoxesFile.builtIn() : BoxesFile.of(InputFile.of(boxes));
        UvisorStart start = mpu.on(
                console,
                reading,
                UvisorStart.on(found, setups).blocksOf(blockBytes).sized(boot.sizes(found)));
        Either<Halt, UvisorMachine> managed = alone
                ? Either.left(new Halt(""))
                : start.watched(recording::start, recording::vka, recording.growth(GrowthListener.NONE))
                        .managed();
        if (managed.isRight()) {
            return managed.get();
        }
        String why = managed.getLeft().message();
        String refused = recording.refused();
        if (refused != null) {
            throw new BadInputException(
                    found.name() + ": " + refused + " was refused while uVisor started, and it cannot go on: " + why);
        }
        Either<Halt, UvisorMachine> bare = start.alone();
        if (bare.isLeft()) {
            throw new BadInputException(
                    found.name() + ": " + bare.getLeft().message() + BoardAdvice.advice(found, start));
        }
        if (recording.isAsked()) {
            throw new BadInputException(
                    found.name() + ": --html and --fail are about the kernel beneath uVisor, and there is none"
                            + (alone ? "" : ": " + why + BoardAdvice.advice(found, start)));
        }
        if (!alone) {
            console.err()
                    .println("allocman: " + found.name() + ": uVisor runs alone, without kernel and manager: " + why
                            + BoardAdvice.advice(found, start));
        }
        return bare.get();
    }

    /** What the user calls the board. */
    String boardName() {
        return String.join(" and ", boards);
    }
}
