package org.allocman.sim.kernel.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelVtx;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Extended page tables of x86 with VT-x: checks in the kernel's order, entries, what comes back. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class GuestTablesTest extends MappingRig {
    private static final KernelError NO_ROOT = KernelError.failedLookup(false, LookupFault.invalidRoot());
    private static final long FAR = 0x80_4020_1000L;

    private Kernel kernel;
    private KernelVtx guests;
    private Slots slots;
    private long root;

    @BeforeEach
    void bootWithVtx() throws Exception {
        Architecture architecture = Objects.requireNonNull(Architecture.named("x86_64+vtx"));
        boot(architecture);
        kernel = machine.kernel();
        guests = kernel.vtx();
        slots = new Slots(machine.memory().words(), architecture);
        root = make(ObjectType.EPT_PML4);
    }

    private long slot(long cptr) {
        long thread = KernelState.thread(machine.memory().words(), machine.kernelState());
        return slots.at(slots.object(slots.at(thread, TcbLayout.CSPACE)), cptr);
    }

    private static void good(KernelError error) {
        assertEquals(KernelError.NO_ERROR, error);
    }

    private static KernelError missing(int bits) {
        return KernelError.failedLookup(false, LookupFault.missingCapability(bits));
    }

    private KernelError assign(long cptr) {
        return kernel.asidPoolAssign(BootSlots.ASID_POOL, cptr);
    }

    private KernelError mapTable(ObjectType type, long address) {
        return guests.mapTable(make(type), root, address, 0);
    }

    private KernelError mapFrame(long frame, long address) {
        return guests.mapPage(frame, root, address, CapRights.READ_WRITE, 6);
    }

    private KernelError copy(long from) {
        return kernel.copy(
                new CapPath(BootSlots.CNODE, next++, Long.SIZE),
                new CapPath(BootSlots.CNODE, from, Long.SIZE),
                CapRights.ALL);
    }

    private long entry(long table, int index) {
        return machine.memory().words().load64(slots.object(slot(table)) + (long) index * Long.BYTES, 0);
    }

    @Test
    void numbersAndSizesAreThoseOfTheConfiguration() {
        for (String name : new String[] {"x86_64+vtx", "x86_64+vtx+mcs"}) {
            Architecture architecture = Objects.requireNonNull(Architecture.named(name));
            int more = architecture.hasMcs() ? 2 : 0;
            assertEquals(12 + more, architecture.number(ObjectType.VCPU));
            assertEquals(14, architecture.sizeBits(ObjectType.VCPU, 0));
            assertEquals(13 + more, architecture.number(ObjectType.EPT_PML4));
            assertEquals(16 + more, architecture.number(ObjectType.EPT_PT));
            assertEquals(12, architecture.sizeBits(ObjectType.EPT_PD, 0));
            assertEquals(6, TcbLayout.slots(architecture));
        }
        assertEquals(null, Architecture.named("ia32+vtx"));
    }

    @Test
    void aRootHasAnAsidOfItsOwnKind() {
        long space = make(ObjectType.VSPACE);
        assertEquals(KernelError.illegalOperation(), copy(root));
        good(assign(root));
        assertEquals(KernelError.invalidCapability(1), assign(root));
        good(assign(space));
        good(copy(root));
        // neither can stand for the other
        long frame = make(ObjectType.SMALL_PAGE);
        assertEquals(KernelError.invalidCapability(1), kernel.pageMap(frame, root, 0, CapRights.READ_WRITE, 0));
        assertEquals(KernelError.invalidCapability(1), guests.mapPage(frame, space, 0, CapRights.READ_WRITE, 0));
        assertEquals(KernelError.illegalOperation(), kernel.tableMap(root, BootSlots.VSPACE, 0, 0));
        assertEquals(KernelError.illegalOperation(), guests.mapTable(root, root, 0, 0));
        assertEquals(KernelError.illegalOperation(), guests.unmapTable(root));
    }

    @Test
    void structuresAreMappedFromTheRootDown() {
        long frame = make(ObjectType.SMALL_PAGE);
        assertEquals(NO_ROOT, mapTable(ObjectType.EPT_PDPT, FAR));
        assertEquals(NO_ROOT, mapTable(ObjectType.EPT_PD, FAR));
        assertEquals(KernelError.invalidCapability(1), mapTable(ObjectType.EPT_PT, FAR));
        assertEquals(KernelError.invalidCapability(1), mapFrame(frame, FAR));
        good(assign(root));
        assertEquals(missing(39), mapTable(ObjectType.EPT_PD, FAR));
        assertEquals(missing(39), mapTable(ObjectType.EPT_PT, FAR));
        assertEquals(missing(39), mapFrame(frame, FAR));
        good(mapTable(ObjectType.EPT_PDPT, FAR));
        assertEquals(KernelError.deleteFirst(), mapTable(ObjectType.EPT_PDPT, FAR));
        assertEquals(missing(30), mapTable(ObjectType.EPT_PT, FAR));
        assertEquals(missing(30), mapFrame(frame, FAR));
        long directory = make(ObjectType.EPT_PD);
        good(guests.mapTable(directory, root, FAR, 0));
        assertEquals(KernelError.invalidCapability(0), guests.mapTable(directory, root, FAR, 0));
        assertEquals(KernelError.invalidCapability(0), guests.mapTable(directory, directory, FAR, 0));
        assertEquals(missing(21), mapFrame(frame, FAR));
        long table = make(ObjectType.EPT_PT);
        assertEquals(KernelError.invalidCapability(1), guests.mapTable(table, directory, FAR, 0));
        good(guests.mapTable(table, root, FAR, 0));
        good(mapFrame(frame, FAR + 5));
        assertEquals(slots.object(slot(table)) | 7, entry(directory, 1));
        assertEquals(slots.object(slot(frame)) | 6 << 3 | 7, entry(table, 1));
        assertEquals(KernelError.invalidCapability(0), mapFrame(frame, FAR));
        assertEquals(KernelError.deleteFirst(), mapFrame(make(ObjectType.SMALL_PAGE), FAR));
        assertEquals(KernelError.alignmentError(), mapFrame(make(ObjectType.LARGE_PAGE), FAR));
        assertEquals(KernelError.deleteFirst(), mapFrame(make(ObjectType.LARGE_PAGE), FAR & -1L << 21));
        // a page of 2 MiB is where a table would be
        long large = make(ObjectType.LARGE_PAGE);
        good(guests.mapPage(large, root, (FAR & -1L << 21) + (1 << 21), CapRights.READ_ONLY, 3));
        assertEquals(slots.object(slot(large)) | 1 << 7 | 6 << 3 | 5, entry(directory, 2));
        assertEquals(KernelError.deleteFirst(), mapTable(ObjectType.EPT_PT, FAR + (1 << 21)));
        assertEquals(missing(21), mapFrame(make(ObjectType.SMALL_PAGE), FAR + (1 << 21)));
    }

    @Test
    void unmappingAndDeletingLeaveNothing() {
        good(assign(root));
        long[] table = {make(ObjectType.EPT_PDPT), make(ObjectType.EPT_PD), make(ObjectType.EPT_PT)};
        for (long one : table) {
            good(guests.mapTable(one, root, FAR, 0));
        }
        long frame = make(ObjectType.SMALL_PAGE);
        Fingerprint before = machine.memory().fingerprint();
        good(mapFrame(frame, FAR));
        assertEquals(
                KernelError.invalidCapability(1),
                kernel.pageMap(frame, BootSlots.VSPACE, AT, CapRights.READ_WRITE, 0),
                "it is mapped for a guest");
        good(kernel.pageUnmap(frame));
        assertEquals(before, machine.memory().fingerprint());
        good(mapFrame(frame, FAR));
        long copied = next;
        good(copy(frame));
        good(kernel.delete(new CapPath(BootSlots.CNODE, copied, Long.SIZE)));
        assertTrue(entry(table[2], 1) != 0, "a copy was not mapped");
        good(kernel.delete(new CapPath(BootSlots.CNODE, frame, Long.SIZE)));
        assertEquals(0, entry(table[2], 1));
        copied = next;
        good(copy(table[2]));
        assertEquals(KernelError.revokeFirst(), guests.unmapTable(table[2]));
        good(kernel.delete(new CapPath(BootSlots.CNODE, copied, Long.SIZE)));
        good(guests.unmapTable(table[2]));
        assertEquals(0, entry(table[1], 1));
        good(guests.unmapTable(table[2]));
        assertEquals(KernelError.illegalOperation(), copy(table[2]));
        good(kernel.delete(new CapPath(BootSlots.CNODE, table[1], Long.SIZE)));
        assertEquals(0, entry(table[0], 1));
        good(kernel.delete(new CapPath(BootSlots.CNODE, root, Long.SIZE)));
        // with the root its ASID is gone, and what was mapped below is stale
        long other = make(ObjectType.EPT_PML4);
        good(assign(other));
        good(kernel.delete(new CapPath(BootSlots.CNODE, table[0], Long.SIZE)));
        good(guests.mapTable(make(ObjectType.EPT_PDPT), other, FAR, 0));
    }

    @Test
    void aThreadHoldsTheRoot() {
        long tcb = make(ObjectType.TCB);
        assertEquals(KernelError.illegalOperation(), guests.setEptRoot(tcb, root));
        assertEquals(KernelError.illegalOperation(), guests.setEptRoot(tcb, BootSlots.VSPACE));
        good(assign(root));
        good(guests.setEptRoot(tcb, root));
        good(guests.setEptRoot(tcb, root));
        long held = slots.at(slots.object(slot(tcb)), TcbLayout.EPT_ROOT);
        assertEquals(slots.object(slot(root)), slots.object(held));
        good(kernel.delete(new CapPath(BootSlots.CNODE, root, Long.SIZE)));
        assertEquals(false, slots.isEmpty(held));
        good(kernel.delete(new CapPath(BootSlots.CNODE, tcb, Long.SIZE)));
        assertTrue(slots.isEmpty(held));
    }
}
