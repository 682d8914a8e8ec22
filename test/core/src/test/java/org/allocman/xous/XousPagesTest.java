package org.allocman.xous;

import static org.allocman.xous.Precursor.MAIN;
import static org.allocman.xous.Precursor.right;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.allocman.lab.machine.XousMachine;
import org.allocman.resource.ResourceRefusal;
import org.allocman.resource.ResourceType;
import org.allocman.sim.board.Boards;
import org.allocman.vka.VkaError;
import org.allocman.xous.process.XousSystem;
import org.junit.jupiter.api.Test;

/** The pages of a system as a kind of memory among others. */
class XousPagesTest {
    private final XousMachine machine = Precursor.start(TableForm.ARRAY);
    private final XousSystem xous = machine.system();

    @Test
    void precursorsTablesTake36916Bytes() {
        assertEquals(36_916, xous.cost().ownerTable());
        ResourceType pages = xous.pages();
        assertEquals(36_916, pages.units());
        for (long address = 0; address < 1L << 32; address += 0x123_4000) {
            pages.claimAt(address + 1, 3);
            if (pages.claimAt(address, 300) >= 0) {
                throw new AssertionError();
            }
        }
        assertEquals(36_916, pages.tableBytes());
    }

    @Test
    void aBoardGivesItsRanges() {
        String ranges = XousMachine.ranges(Boards.byName("precursor")).stream()
                .map(range -> range.name() + " " + range.pages())
                .collect(Collectors.joining(", "));
        assertEquals("SrEx 4096, SpFl 32768, Boot 16, Disp 6, Audi 1, sha5 1, engi 48, CSRs 64", ranges);
    }

    @Test
    void pagesAreAResourceType() {
        ResourceType pages = xous.pages();
        int pid = right(xous.spawn());
        long unit = pages.claimAny(pid);
        assertEquals(pid, pages.owner(unit));
        assertEquals(unit, pages.claimAt(pages.address(unit), pid), "it has it already");
        assertEquals(ResourceRefusal.IN_USE, ResourceRefusal.of(pages.claimAt(pages.address(unit), pid + 1)));
        assertEquals(ResourceRefusal.IN_USE, ResourceRefusal.of(pages.release(unit, pid + 1)));
        assertEquals(
                VkaError.Reason.IN_USE,
                machine.vka().frameAt(12, pages.address(unit)).getLeft().reason());
        assertEquals(unit, pages.release(unit, pid));
        assertEquals(ResourceType.NOBODY, pages.owner(unit));
        assertEquals(ResourceRefusal.UNALIGNED, ResourceRefusal.of(pages.claimAt(MAIN + 1, pid)));
        assertEquals(ResourceRefusal.NOT_LISTED, ResourceRefusal.of(pages.claimAt(4096, pid)));
        assertEquals(ResourceRefusal.NOT_LISTED, ResourceRefusal.of(pages.release(pages.units(), pid)));
        assertEquals(ResourceRefusal.NO_SUCH_OWNER, ResourceRefusal.of(pages.claimAny(256)));
        long root = xous.allocations().find(xous.rootTable(pid).get());
        assertEquals(ResourceRefusal.IN_USE, ResourceRefusal.of(pages.release(root, pid)), "a page table stays");
        assertEquals(unit, pages.claimAny(pid));
        assertEquals(1, pages.releaseAll(pid), "what is mapped or a page table stays");
    }
}
