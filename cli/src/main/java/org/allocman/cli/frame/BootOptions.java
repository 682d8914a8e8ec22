package org.allocman.cli.frame;

import org.allocman.lab.machine.BootSizes;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootConfig;
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
    private int rootCNodeBits;

    @Option(
            names = "--kernel",
            paramLabel = "BYTES",
            converter = ByteCount.class,
            description = "Size of the kernel's image with its data. Default: a usual kernel's.")
    private long kernel;

    @Option(
            names = "--root-task",
            paramLabel = "BYTES",
            converter = ByteCount.class,
            description = "Size of the root task's image without the static pool. Default: 64 KiB on most boards.")
    private long rootTask;

    @Option(
            names = "--boot-info-untypeds",
            paramLabel = "N",
            description = "How many untypeds the boot info holds; boot drops those beyond. Default: "
                    + BootConfig.BOOT_INFO_UNTYPEDS + ".")
    private int bootInfoUntypeds;

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
        if (rootCNodeBits != 0 && (rootCNodeBits < LEAST_CNODE || rootCNodeBits > MOST_CNODE)) {
            throw new BadInputException(
                    "--root-cnode-bits takes " + LEAST_CNODE + " to " + MOST_CNODE + ", not " + rootCNodeBits);
        }
        if (kernel != 0 && (kernel < LEAST_KERNEL || kernel > MOST_BYTES)) {
            throw new BadInputException("--kernel takes " + LEAST_KERNEL + " to 2^40 bytes, not " + kernel);
        }
        if (rootTask < 0 || rootTask > MOST_BYTES) {
            throw new BadInputException("--root-task takes up to 2^40 bytes, not " + rootTask);
        }
        int most = BootSizes.mostBootInfoUntypeds(board.architecture());
        if (bootInfoUntypeds < 0 || bootInfoUntypeds > most) {
            throw new BadInputException("--boot-info-untypeds takes 1 to " + most + ", for which the boot info of "
                    + board.architecture().text() + " has room, not " + bootInfoUntypeds);
        }
        return new BootSizes(rootCNodeBits, kernel, rootTask, bootInfoUntypeds);
    }
}
