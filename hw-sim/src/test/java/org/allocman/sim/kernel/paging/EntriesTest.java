package org.allocman.sim.kernel.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Page table entries bit by bit, as the manuals of the processors have them, and the labels of invocations on pages. */
class EntriesTest extends MappingRig {
    private static final int KERNEL_ONLY_ATTRIBUTES = 0;

    /** RISC-V privileged architecture: from bit 0 V R W X U G A D, from bit 10 the page's number. */
    @ParameterizedTest
    @CsvSource({
        // rights: 0 nothing that we know, 1 kernel only, 2 read only, 3 read and write; attribute 1: never execute
        "3, 0, 0x200800df",
        "3, 1, 0x200800d7",
        "2, 0, 0x200800db",
        "2, 1, 0x200800d3",
        "1, 0, 0x200800c7",
        "1, 2, 0x200800d9",
        "1, 1, 0"
    })
    void riscvPages(int rights, long attributes, String expected) {
        RiscvEntries entries = new RiscvEntries(KERNEL_ONLY_ATTRIBUTES);
        int[] known = {-1, entries.kernelOnly(), entries.readOnly(), entries.readWrite()};
        long entry = entries.page(0x8020_0000L, 12, known[rights], attributes);
        assertEquals(Long.decode(expected), entry);
        assertEquals(entry != 0, entries.isPage(entry, 12));
        assertFalse(entries.isTable(entry, 12));
        if (entry != 0) {
            assertEquals(0x8020_0000L, entries.address(entry, 12));
        }
        long user = (entry & 16) == 0 ? 0 : (entry & 2) >> 1 | (entry & 4) >> 1;
        assertEquals(user, entries.access(entry, 12));
    }

    @Test
    void riscvTablesAndWhatIsNone() {
        RiscvEntries entries = new RiscvEntries(KERNEL_ONLY_ATTRIBUTES);
        assertEquals(0x20080001L, entries.table(0x8020_0000L, 0));
        assertTrue(entries.isTable(0x20080001L, 12));
        assertFalse(entries.isPage(0x20080001L, 12));
        assertFalse(entries.isPage(0x200800deL, 12), "not valid");
        assertFalse(entries.isTable(0, 12));
    }

    /** Arm ARM: bits 1 and 0 kind, 4 to 2 memory type, 7 and 6 access, 10 accessed, 11 not global, 54 never execute. */
    @ParameterizedTest
    @CsvSource({
        "12, 1, 0, 0x0400000040000c43",
        "12, 3, 1, 0x0400000040000cd3",
        "12, 0, 4, 0x0440000040000c03",
        "21, 1, 5, 0x0040000040000c51",
        "30, 3, 0, 0x0000000040000cc1"
    })
    void aarch64Pages(int bits, int rights, long attributes, String expected) {
        Aarch64Entries entries = new Aarch64Entries();
        long entry = entries.page(0x4000_0000L, bits, rights, attributes);
        assertEquals(Long.decode(expected), entry);
        assertTrue(entries.isPage(entry, bits));
        assertFalse(entries.isTable(entry, bits));
        assertEquals(0x4000_0000L, entries.address(entry, bits));
        assertEquals(rights == 1 ? 3 : rights == 3 ? 1 : 0, entries.access(entry, bits));
    }

    /** Rights that no capability has: nothing can be done through such an entry. */
    @Test
    void aarch64WithoutKnownRights() {
        assertEquals(0, new Aarch64Entries().access(0x0400000040000c83L, 12));
    }

    @Test
    void labels() {
        PagingLabels labels = PagingLabels.AARCH64;
        CacheOperation[] operations = CacheOperation.values();
        for (int label = 0; label < 60; label++) {
            boolean is = label >= labels.pageCache() && label < labels.pageCache() + operations.length;
            assertEquals(is, PagingLabels.isOperation(label, labels.pageCache()));
            if (is) {
                assertEquals(operations[label - labels.pageCache()], PagingLabels.operation(label, labels.pageCache()));
            }
            assertFalse(PagingLabels.isOperation(label - 10L, PagingLabels.X86.pageCache()), "x86 has none");
        }
        assertEquals(48, labels.last());
        assertEquals(37, PagingLabels.MPU.last());
        assertEquals(37, PagingLabels.X86.map(CapabilityType.PAGE_TABLE));
        assertEquals(35, PagingLabels.X86.map(CapabilityType.PAGE_DIRECTORY));
        assertEquals(33, PagingLabels.X86.map(CapabilityType.PDPT));
        assertTrue(PagingLabels.X86.map(CapabilityType.FRAME) < 0);
    }

    /** x86: a frame's capability says what kind of address space it is mapped in; a copy is mapped nowhere. */
    @Test
    void x86FramesKnowThatTheyAreMapped() throws Exception {
        boot(Architecture.X86_64);
        long frame = make(ObjectType.SMALL_PAGE);
        assertEquals(0, mapType(frame));
        mapWithTables(frame, AT);
        assertEquals(1, mapType(frame));
        long copy = next++;
        CapPath to = new CapPath(BootSlots.CNODE, copy, Long.SIZE);
        CapPath from = new CapPath(BootSlots.CNODE, frame, Long.SIZE);
        assertEquals(KernelError.NO_ERROR, machine.kernel().copy(to, from, CapRights.ALL));
        assertEquals(0, mapType(copy));
        assertEquals(KernelError.NO_ERROR, machine.kernel().pageUnmap(copy), "it is mapped nowhere");
        assertEquals(1, mapType(frame));
        assertEquals(KernelError.NO_ERROR, machine.kernel().pageUnmap(frame));
        assertEquals(0, mapType(frame));
    }

    private int mapType(long cptr) {
        Slots slots = new Slots(machine.memory().words(), Architecture.X86_64);
        long thread = KernelState.thread(machine.memory().words(), machine.kernelState());
        return slots.frame().mapType(slots.at(slots.object(slots.at(thread, TcbLayout.CSPACE)), cptr));
    }
}
