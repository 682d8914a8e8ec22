package org.allocman.vka.vspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.Vka;
import org.allocman.vka.wrap.ForwardingKernel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page mapper on each architecture: the structures it asks for, their order, its bound, its errors. */
class PageMapperTest {
    private static final String NO_TABLE = "no table";

    /** Far from whatever is mapped, so that every level is missing; below the top of the smallest user space. */
    private static final long FAR = 0x6123_4000L;

    private final List<MissingTable> added = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("org.allocman.testkit.arbitraries.Machines#paged")
    void addsEachMissingLevelOnceTopDown(Architecture architecture) throws Exception {
        Fixture fixture = new Fixture(architecture, Integer.MAX_VALUE);
        assertEquals(Option.none(), fixture.map());
        // 64-bit spaces have a top table that serves low addresses from boot on
        assertTrue(added.size() >= 1 && added.size() <= architecture.tableLevels(), () -> added.toString());
        int above = Integer.MAX_VALUE;
        for (MissingTable missing : added) {
            assertEquals(architecture.tableFor(missing.spanBits()), missing.type());
            assertEquals(FAR, missing.vaddr());
            assertEquals(BootSlots.VSPACE, missing.vspace());
            assertEquals(
                    LookupFault.missingCapability(missing.spanBits()),
                    missing.error().lookupFault());
            assertTrue(missing.spanBits() < above);
            above = missing.spanBits();
        }
        // RISC-V alone refuses to put another page where one is; none lacks a structure now
        added.clear();
        boolean refuses = architecture == Architecture.RISCV32 || architecture == Architecture.RISCV64;
        assertEquals(Option.when(refuses, KernelError.Code.DELETE_FIRST.text()), fixture.map());
        assertEquals(List.of(), added);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void returnsTheErrorOfItsSourceAndAddsNoMore(int tables) throws Exception {
        assertEquals(Option.some(NO_TABLE), new Fixture(Architecture.AARCH64, tables).map());
        assertEquals(tables, added.size());
    }

    @ParameterizedTest
    @MethodSource("org.allocman.testkit.arbitraries.Machines#paged")
    void asksForNoMoreTablesThanThereAreLevels(Architecture architecture) throws Exception {
        Fixture fixture = new Fixture(architecture, Integer.MAX_VALUE);
        int lowest = fixture.lowestLevel();
        fixture.lie = KernelError.failedLookup(false, LookupFault.missingCapability(lowest));
        assertEquals(Option.some(KernelError.Code.FAILED_LOOKUP.text()), fixture.map());
        assertEquals(architecture.tableLevels(), added.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12, 64})
    void aLevelThatNoTableServesIsTheKernelsError(int bitsLeft) throws Exception {
        Fixture fixture = new Fixture(Architecture.RISCV64, Integer.MAX_VALUE);
        fixture.lie = KernelError.failedLookup(false, LookupFault.missingCapability(bitsLeft));
        assertEquals(Option.some(KernelError.Code.FAILED_LOOKUP.text()), fixture.map());
        assertEquals(List.of(), added);
    }

    private final class Fixture {
        private final Vka vka;
        private final Kernel kernel;
        private final PageMapper mapper;
        private int tablesLeft;
        private KernelError lie = KernelError.NO_ERROR;

        Fixture(Architecture architecture, int tables) throws Exception {
            Region ram = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 4 << 20);
            Board board = new Board("small", architecture, List.of(ram), List.of());
            Machine machine = ManagedMachine.boot(board, ManagedMachine.Pools.DEFAULT);
            ManagedMachine managed = ManagedMachine.manage(
                            machine, ManagedMachine.Pools.DEFAULT, UnaryOperator.identity(), GrowthListener.NONE)
                    .get();
            this.vka = new AllocmanVka(managed.allocman());
            this.kernel = new ForwardingKernel(machine.kernel()) {
                @Override
                public KernelError pageMap(long frame, long vspace, long vaddr, CapRights rights, long attributes) {
                    return lie.failed() ? lie : super.pageMap(frame, vspace, vaddr, rights, attributes);
                }

                @Override
                public KernelError tableMap(long table, long vspace, long vaddr, long attributes) {
                    assertEquals(architecture().defaultAttributes(), attributes);
                    return lie.failed() ? KernelError.NO_ERROR : super.tableMap(table, vspace, vaddr, attributes);
                }
            };
            this.mapper = new PageMapper(kernel);
            this.tablesLeft = tables;
        }

        int lowestLevel() {
            int bits = 12;
            while (kernel.architecture().tableFor(bits) == null) {
                bits++;
            }
            return bits;
        }

        Option<String> map() {
            return mapper.map(
                    vka.frame(12).get().cptr(),
                    BootSlots.VSPACE,
                    FAR,
                    CapRights.READ_WRITE,
                    0,
                    this::add,
                    error -> error.code().text());
        }

        private Option<String> add(MissingTable missing) {
            if (tablesLeft == 0) {
                return Option.some(NO_TABLE);
            }
            tablesLeft--;
            added.add(missing);
            long table = vka.allocate(missing.type(), 0).get().cptr();
            assertEquals(KernelError.NO_ERROR, mapper.mapTable(table, missing));
            return Option.none();
        }
    }
}
