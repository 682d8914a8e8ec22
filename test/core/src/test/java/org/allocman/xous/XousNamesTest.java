package org.allocman.xous;

import static org.allocman.xous.Precursor.PAGE;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.machine.ManagedMachine.Pools;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.resource.ResourceRefusal;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.vka.Architecture;
import org.allocman.vka.VkaError;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.KernelArguments;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.process.MemoryFootprint;
import org.allocman.xous.process.MemoryRange;
import org.allocman.xous.process.XousConfig;
import org.allocman.xous.process.XousSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said: errors, ranges, units, what the books take. */
class XousNamesTest {
    @ParameterizedTest
    @EnumSource(XousError.class)
    void anErrorIsFoundByItsCode(XousError error) {
        assertEquals(error, XousError.of(error.code()));
        assertEquals(error.code(), -error.number());
        assertEquals(error.text() + " " + error.number(), error.toString());
    }

    @Test
    void errorsHaveXousNumbers() {
        assertEquals("BadAddress 2", XousError.BAD_ADDRESS.toString());
        assertEquals("InvalidLimit 27", XousError.INVALID_LIMIT.toString());
        assertEquals(
                "-999 is no error of Xous",
                assertThrows(IllegalArgumentException.class, () -> XousError.of(-999))
                        .getMessage());
        assertEquals("0x1000 with 0x2000 bytes", new MemoryRange(0x1000, 0x2000).toString());
    }

    @Test
    void pagesAreAKindOfMemory() {
        XousPages pages = Precursor.start(TableForm.ARRAY).system().pages();
        assertEquals("page", pages.unitName());
        assertEquals(PAGE, pages.unitBytes());
        for (int nobody : new int[] {-1, 0, 256}) {
            assertEquals(ResourceRefusal.NO_SUCH_OWNER, ResourceRefusal.of(pages.release(0, nobody)));
            assertEquals(ResourceRefusal.NO_SUCH_OWNER, ResourceRefusal.of(pages.releaseAll(nobody)));
            assertEquals(ResourceRefusal.NO_SUCH_OWNER, ResourceRefusal.of(pages.claimAny(nobody)));
            assertEquals(ResourceRefusal.NO_SUCH_OWNER, ResourceRefusal.of(pages.claimAt(Precursor.MAIN, nobody)));
        }
        assertEquals(ResourceRefusal.NOT_LISTED, ResourceRefusal.of(pages.release(-1, 255)));
        long last = pages.units() - 1;
        assertEquals(last, pages.claimAt(pages.address(last), 255));
        assertEquals(last, pages.release(last, 255));
        assertEquals(last, pages.claimAt(pages.address(last), 255));
        assertEquals(1, pages.releaseAll(255));
        assertEquals(0, pages.releaseAll(255));
        long first = pages.claimAny(1);
        assertEquals(1, pages.owner(first));
        assertEquals(first, pages.release(first, 1));
    }

    @Test
    void whatTheBooksTakeGrowsWithWhatIsMapped() {
        XousSystem xous = Precursor.start(TableForm.ARRAY).system();
        MemoryFootprint before = xous.cost();
        int pid = right(xous.spawn());
        MemoryFootprint one = xous.cost();
        assertEquals(before.ownerTable(), one.ownerTable());
        assertEquals(before.freePages(), one.freePages());
        assertEquals(before.processes(), one.processes());
        assertEquals(0, before.mappings());
        assertEquals(0, one.mappings() % SparseMap.NODE_BYTES, "whole nodes");
        long bit = xous.allocations().whitelist().ramPages() / 8;
        assertTrue(one.freePages() >= 2 * bit && one.freePages() < 3 * bit, one + " for " + bit);
        right(xous.spawn());
        assertEquals(2 * one.mappings(), xous.cost().mappings(), "every process begins alike");
        xous.exit(pid);
        assertEquals(one.mappings(), xous.cost().mappings());
    }

    @Test
    void wherePageTablesAreNotPagesThereIsNoXous() throws BootFailure, ArgumentsException {
        ManagedMachine managed = ManagedMachine.manage(
                        ManagedMachine.boot(
                                new Board(
                                        "narrow",
                                        Architecture.AARCH32,
                                        List.of(new Region("ram", Region.Kind.RAM, 0x1000_0000L, 8 << 20)),
                                        List.of()),
                                Pools.DEFAULT),
                        Pools.DEFAULT,
                        kernel -> kernel,
                        GrowthListener.NONE)
                .get();
        Whitelist whitelist =
                Whitelist.of(List.of(new NamedRange("RAM ", 0x1000_0000L, 1 << 20)), List.of(), KernelArguments.END);
        VkaError error = XousSystem.start(
                        managed.kernel(),
                        managed.machine().rootMemory(),
                        managed.allocman(),
                        new AllocmanVka(managed.allocman()),
                        new XousConfig(whitelist, TableForm.ARRAY, List.of(), 0x4000_0000L))
                .getLeft();
        assertEquals(VkaError.Reason.ILLEGAL_SIZE, error.reason());
        assertEquals("on aarch32 page tables are not pages, and Xous needs them to be", error.message());
    }

    @Test
    void aWhitelistIsCheckedAndMirrorsAreNotListed() throws ArgumentsException {
        NamedRange ram = new NamedRange("RAM ", 0x4000_0000L, 0x4000);
        Whitelist.Mirror mirror = new Whitelist.Mirror(0x5000_0000L, 0x6000_0000L, 0x2000);
        for (long start : new long[] {0x4fff_f000L, 0x5000_2000L}) {
            NamedRange beside = new NamedRange("Dev ", start, 0x1000);
            assertEquals(
                    5,
                    Whitelist.of(List.of(ram, beside), List.of(mirror), KernelArguments.END)
                            .pages());
        }
        for (long start : new long[] {0x4fff_f000L, 0x5000_0000L, 0x5000_1000L}) {
            NamedRange seen = new NamedRange("Dev ", start, 0x2000);
            ArgumentsException refused = assertThrows(
                    ArgumentsException.class,
                    () -> Whitelist.of(List.of(ram, seen), List.of(mirror), KernelArguments.END));
            assertEquals("range 2", refused.position());
            assertEquals(
                    seen + " is the memory at 0x60000000 seen a second time; two owners could share it",
                    refused.getMessage());
        }
        assertThrows(ArgumentsException.class, () -> Whitelist.of(List.of(ram, ram), List.of(), KernelArguments.END));
        // ranges in any order of addresses, all before the first
        Whitelist list = Whitelist.of(
                List.of(
                        ram,
                        new NamedRange("C   ", 0x3000_0000L, 0x1000),
                        new NamedRange("B   ", 0x2000_0000L, 0x1000),
                        new NamedRange("A   ", 0, 0x1000)),
                List.of(),
                KernelArguments.END);
        assertEquals(
                List.of(0L, 4L, 5L, 6L, -1L),
                List.of(
                        list.pageAt(0x4000_0000L),
                        list.pageAt(0x3000_0000L),
                        list.pageAt(0x2000_0000L),
                        list.pageAt(0),
                        list.pageAt(0x1000)));
    }
}
