package org.allocman.testkit.arbitraries;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.allocman.lab.machine.XousMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.vka.Architecture;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.xous.FrameTable;
import org.allocman.xous.TableForm;

/** Arbitraries for systems of Xous. */
public final class XousSystems {
    private static final long MIB = 1 << 20;
    private static final long RAM = 0x4000_0000L;
    private static final long DEVICES = 0x1000_0000L;
    private static final int MOST_DEVICES = 3;
    private static final int MOST_PROCESSES = 3;

    private XousSystems() {}

    /**
     * Systems on small boards: one RAM, devices of a page, of several, and of no whole page; either form of table; some
     * processes that have nothing yet, or none.
     *
     * @param architectures which there may be; those whose page tables are not pages are left out
     * @return the arbitrary; a machine is made anew for every try
     */
    public static Arbitrary<XousMachine> arbitrary(List<Architecture> architectures) {
        List<Architecture> able =
                architectures.stream().filter(FrameTable::canServe).toList();
        Arbitrary<Long> sizes = Arbitraries.of(2 * MIB, 2 * MIB + PAGE, 4 * MIB - PAGE);
        Arbitrary<Long> odd = Arbitraries.of((long) PAGE, 1L, 3L * PAGE, PAGE + 4L);
        return Combinators.combine(
                        Arbitraries.of(able),
                        sizes,
                        odd.list().ofMaxSize(MOST_DEVICES),
                        Arbitraries.of(TableForm.class),
                        Arbitraries.integers().between(0, MOST_PROCESSES))
                .as(XousSystems::start);
    }

    private static XousMachine start(
            Architecture architecture, long ram, List<Long> devices, TableForm form, int processes) {
        List<Region> regions = new ArrayList<>();
        regions.add(new Region("sram", Region.Kind.RAM, RAM, ram));
        for (int i = 0; i < devices.size(); i++) {
            regions.add(new Region("dev" + i, Region.Kind.DEVICE, DEVICES + i * MIB, devices.get(i)));
        }
        Board board = new Board("some", architecture, regions, List.of());
        try {
            XousMachine machine = XousMachine.start(
                            XousMachine.boot(board),
                            XousMachine.whitelist(board, XousMachine.ranges(board)),
                            form,
                            kernel -> kernel)
                    .getOrElseThrow(error -> new IllegalStateException(error.toString()));
            for (int i = 0; i < processes; i++) {
                machine.system().spawn().getOrElseThrow(error -> new IllegalStateException(error.text()));
            }
            return machine;
        } catch (BootFailure | ArgumentsException failure) {
            throw new IllegalStateException("a board of arbitrary shape does not boot", failure);
        }
    }
}
