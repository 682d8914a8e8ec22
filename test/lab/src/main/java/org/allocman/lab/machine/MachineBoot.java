package org.allocman.lab.machine;

import io.vavr.control.Either;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.plan.StartingPoint;
import org.allocman.qual.Bytes;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.paging.MpuRegions;
import org.allocman.untyped.UntypedDesign;

/**
 * Boots simulated machines to plan for.
 *
 * @param board the board
 * @param manager which untyped manager
 * @param mostVirtual greatest size of the virtual pool in bytes
 * @param cspace the CSpace to work in
 * @param sizes of kernel, root task, root CNode and boot info
 */
public record MachineBoot(
        Board board, UntypedDesign manager, @Bytes long mostVirtual, CSpaceGeometry cspace, BootSizes sizes)
        implements StartingPoint.Boot {
    // one for the image, one for the IPC buffer, one for the boot info
    private static final int REGIONS_TAKEN = 3;

    /**
     * Boots machines to plan for in the CSpace there is.
     *
     * @param board the board
     * @param manager which untyped manager
     * @param mostVirtual greatest size of the virtual pool in bytes
     */
    public MachineBoot(Board board, UntypedDesign manager, @Bytes long mostVirtual) {
        this(board, manager, mostVirtual, CSpaceGeometry.CURRENT);
    }

    /**
     * Boots machines to plan for with the sizes that fit the board.
     *
     * @param board the board
     * @param manager which untyped manager
     * @param mostVirtual greatest size of the virtual pool in bytes
     * @param cspace the CSpace to work in
     */
    public MachineBoot(Board board, UntypedDesign manager, @Bytes long mostVirtual, CSpaceGeometry cspace) {
        this(board, manager, mostVirtual, cspace, BootSizes.USUAL);
    }

    @Override
    public Either<String, StartingPoint> with(long staticPoolBytes, int rootCNodeBits) {
        try {
            Machine machine = machine(staticPoolBytes, rootCNodeBits);
            return Either.right(new StartingPoint(
                    machine.bootInfo(),
                    ManagedMachine.options(
                            machine, new ManagedMachine.Pools(staticPoolBytes, mostVirtual, manager, cspace)),
                    machine.freeVirtualBase() - 1,
                    MpuRegions.COUNT - REGIONS_TAKEN));
        } catch (BootFailure tooSmall) {
            return Either.left(String.valueOf(tooSmall.getMessage()));
        }
    }

    /**
     * Boots the machine.
     *
     * @param staticPoolBytes size of the static pool in bytes
     * @param rootCNodeBits radix of the root CNode; 0 for the usual one
     * @return the machine
     * @throws BootFailure if the board is too small
     */
    public Machine machine(@Bytes long staticPoolBytes, int rootCNodeBits) throws BootFailure {
        BootConfig config = sizes.apply(BootConfig.defaults(board)).withStaticPool(staticPoolBytes);
        return Machine.boot(board, rootCNodeBits == 0 ? config : config.withRootCNodeBits(rootCNodeBits));
    }
}
