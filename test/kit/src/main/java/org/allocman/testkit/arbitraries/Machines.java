package org.allocman.testkit.arbitraries;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.paging.ArchitectureBehaviour;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.vka.Architecture;

/** Arbitraries for boards, what boots on them, and the shapes of CSpaces. */
public final class Machines {
    private static final long KIB = 1024;
    private static final long LEAST_RAM = 512 * KIB;
    // on a PC the kernel leaves the first MiB alone
    private static final long PC_LOW = 1024 * KIB;
    private static final int MOST_DEVICES = 3;
    private static final int MOST_RADIX = 12;
    private static final int LEAST_CNODE_BITS = 7;
    private static final int MOST_CNODE_BITS = 9;

    private Machines() {}

    /**
     * The built-in kernels that have page tables.
     *
     * @return in the order of {@link Architecture#values}
     */
    public static List<Architecture> paged() {
        return Stream.of(Architecture.values()).filter(Architecture::hasPaging).toList();
    }

    /**
     * Small boards: one or two regions of RAM, at the bottom, in the middle, or at the top of what the architecture reaches;
     * a few devices, some of them no whole page, some right beside the RAM.
     *
     * @param architectures which there may be
     * @return the arbitrary; every board is large enough to boot
     */
    public static Arbitrary<Board> boards(List<Architecture> architectures) {
        return Arbitraries.of(architectures).flatMap(architecture -> {
            long top = top(architecture);
            Arbitrary<Long> starts = Arbitraries.of(
                            0x2000_0000L, 0L, (long) PAGE, top - 2 * LEAST_RAM, 0x8000_0000L - LEAST_RAM)
                    .map(start -> within(architecture, start));
            Arbitrary<Long> sizes = Arbitraries.of(LEAST_RAM, LEAST_RAM + PAGE, 2 * LEAST_RAM, 2 * LEAST_RAM - PAGE);
            Arbitrary<Integer> devices = Arbitraries.integers().between(0, MOST_DEVICES);
            return Combinators.combine(
                            starts, sizes, devices, Arbitraries.longs().between(1, PAGE))
                    .as((start, size, count, odd) ->
                            board(architecture, start, Math.min(size, top - start), count, odd));
        });
    }

    /** One past the last byte that can be a kernel's memory, wherever it begins. */
    private static @PhysAddr long top(Architecture architecture) {
        // what the kernel reaches from the lowest RAM on, or all that can be device memory where its window moves with
        // RAM
        ArchitectureBehaviour behaviour = Behaviours.of(architecture);
        return behaviour.imageAlignment() > 1 && architecture.wordBits() == Integer.SIZE || !architecture.hasPaging()
                ? architecture.deviceTop()
                : behaviour.window(architecture.userTop(), 0x8000_0000L).end();
    }

    /** A start of RAM of which the kernel reaches as much as is needed; a window can end before the memory that it begins with. */
    private static @PhysAddr long within(Architecture architecture, @PhysAddr long start) {
        long end = Behaviours.of(architecture)
                .window(architecture.userTop(), start)
                .end();
        return Math.min(start, end - 2 * LEAST_RAM);
    }

    private static Board board(Architecture architecture, long start, @Bytes long size, int devices, long odd) {
        List<Region> regions = new ArrayList<>();
        long bytes = !Behaviours.of(architecture).keptMemory().isEmpty() && start < PC_LOW ? size + PC_LOW : size;
        regions.add(new Region("memory", Region.Kind.RAM, start, bytes));
        long after = start + bytes;
        for (int i = 0; i < devices; i++) {
            // the first begins where the RAM ends, the others where nothing else is; one is no whole page
            @PhysAddr long at = i == 0 && after + PAGE <= top(architecture) ? after : 0x1000_0000L + 2L * i * PAGE;
            regions.add(new Region("device" + i, Region.Kind.DEVICE, at, i == 1 ? odd : PAGE));
        }
        return new Board("some", architecture, regions, List.of());
    }

    /**
     * Machines that have booted on such boards; nothing has been allocated.
     *
     * @param architectures which there may be
     * @return the arbitrary; a machine is made anew for every try
     */
    public static Arbitrary<Machine> booted(List<Architecture> architectures) {
        return Combinators.combine(
                        boards(architectures), Arbitraries.integers().between(LEAST_CNODE_BITS, MOST_CNODE_BITS))
                .as(Machines::boot);
    }

    private static Machine boot(Board board, int cnodeBits) {
        try {
            return Machine.boot(board, BootConfig.defaults(board).withRootCNodeBits(cnodeBits));
        } catch (BootFailure failure) {
            throw new IllegalStateException("a board of arbitrary shape does not boot", failure);
        }
    }

    /**
     * Shapes of CSpaces: the current one, one level, two levels; of few slots, of many, and of a number that fills no word.
     *
     * @return the arbitrary
     */
    public static Arbitrary<CSpaceGeometry> geometries() {
        Arbitrary<Integer> radix = Arbitraries.integers().between(1, MOST_RADIX).edgeCases(config -> {
            config.add(1);
            config.add(6);
            config.add(MOST_RADIX);
        });
        return Arbitraries.oneOf(
                Arbitraries.just(CSpaceGeometry.CURRENT),
                radix.map(bits -> CSpaceGeometry.oneLevel(bits)),
                Combinators.combine(radix, radix).as((first, second) -> CSpaceGeometry.twoLevel(first, second)));
    }
}
