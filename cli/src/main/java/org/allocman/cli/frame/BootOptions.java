package org.allocman.cli.frame;

import org.allocman.lab.machine.BootSizes;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootConfig;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.Option;

/** How a board is booted: sizes of kernel, root task, root CNode and boot info; to be mixed in. */
public final class BootOptions {
    private static final int LEAST_CNODE = 5;
    private static final int MOST_CNODE = 24;
    private static final long LEAST_KERNEL = 4096;
    private static final long MOST_BYTES = 1L << 40;

    @Option(
            names = "--root-cnode-bits",
            paramLabel = "BITS",
            description = "The root CNode has 2^BITS slots. Default: what fits the board, 13 on most.")
    private @Nullable Integer rootCNodeBits;

    @Option(
            names = "--kernel",
            paramLabel = "BYTES",
            converter = ByteCount.class,
            description = "Size of the kernel's image with its data. Default: a usual kernel's.")
    private @Nullable Long kernel;

    @Option(
            names = "--root-task",
            paramLabel = "BYTES",
            converter = ByteCount.class,
            description = "Size of the root task's image without the static pool. Default: 64 KiB on most boards.")
    private @Nullable Long rootTask;

    @Option(
            names = "--boot-info-untypeds",
            paramLabel = "N",
            description = "How many untypeds the boot info holds; boot drops those beyond. Default: "
                    + BootConfig.BOOT_INFO_UNTYPEDS + ".")
    private @Nullable Integer bootInfoUntypeds;

    /** Makes the options. */
    public BootOptions() {}

    /**
     * What the user wants.
     *
     * @param board the board that is booted
     * @return sizes; 0 for what the user does not say
     * @throws BadInputException if a number is out of range
     */
    public BootSizes sizes(Board board) throws BadInputException {
        int cnode = orNone(rootCNodeBits, "--root-cnode-bits", LEAST_CNODE, MOST_CNODE, "");
        long image = kernel == null ? 0 : kernel;
        if (kernel != null && (image < LEAST_KERNEL || image > MOST_BYTES)) {
            throw new BadInputException("--kernel takes " + LEAST_KERNEL + " to 2^40 bytes, not " + image);
        }
        long task = rootTask == null ? 0 : rootTask;
        if (rootTask != null && (task < 1 || task > MOST_BYTES)) {
            throw new BadInputException("--root-task takes 1 to 2^40 bytes, not " + task);
        }
        int untypeds = orNone(
                bootInfoUntypeds,
                "--boot-info-untypeds",
                1,
                BootSizes.mostBootInfoUntypeds(board.architecture()),
                ", for which the boot info of " + board.architecture().text() + " has room");
        return new BootSizes(cnode, image, task, untypeds);
    }

    /** A number that was typed, or 0 if none was. */
    private static int orNone(@Nullable Integer typed, String option, int least, int most, String why)
            throws BadInputException {
        if (typed != null && (typed < least || typed > most)) {
            throw new BadInputException(option + " takes " + least + " to " + most + why + ", not " + typed);
        }
        return typed == null ? 0 : typed;
    }
}
