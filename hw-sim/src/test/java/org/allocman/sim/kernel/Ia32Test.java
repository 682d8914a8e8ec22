package org.allocman.sim.kernel;

import static org.allocman.sim.kernel.TestKernel.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;

/** What ia32 has of its own: numbers, sizes, two levels whose entries have 32 bits, labels. */
class Ia32Test {
    private static final Architecture IA32 = Architecture.IA32;
    private static final long LARGE = 1L << 22;
    private static final long AT = 0x1040_0000L;
    private static final int MAP_DIRECTORY = 33;
    private static final int MAP_TABLE = 36;
    private static final int MAP_PAGE = 38;

    private final TestKernel on = new TestKernel(IA32, 64 << 20, 12);
    private final PagedMemory memory = on.machine.memory().words();

    private long entry(long table, long index) {
        return Integer.toUnsignedLong(memory.load32(table, (int) index * Integer.BYTES));
    }

    private long object(long cptr) {
        return on.slots.object(on.slot(cptr));
    }

    private KernelError map(long frame, long vspace, long vaddr, CapRights rights, long attributes) {
        return on.kernel.pageMap(frame, vspace, vaddr, rights, attributes);
    }

    private static KernelError missing(int bits) {
        return KernelError.failedLookup(false, LookupFault.missingCapability(bits));
    }

    @Test
    void numbersAndSizes() {
        ObjectType[] own = {
            ObjectType.SMALL_PAGE, ObjectType.LARGE_PAGE, ObjectType.PAGE_TABLE, ObjectType.PAGE_DIRECTORY
        };
        int[] sizes = {12, 22, 12, 12};
        Architecture mcs = Architecture.named("ia32+mcs");
        for (int i = 0; i < own.length; i++) {
            assertEquals(5 + i, IA32.number(own[i]));
            assertEquals(7 + i, mcs.number(own[i]));
            assertEquals(sizes[i], IA32.sizeBits(own[i], 0));
        }
        assertNull(IA32.type(9));
        assertEquals(ObjectType.PAGE_DIRECTORY, IA32.vspaceType());
        assertEquals(11, IA32.sizeBits(ObjectType.TCB, 0));
        assertEquals(4, IA32.sizeBits(ObjectType.NOTIFICATION, 0));
        assertEquals(5, mcs.sizeBits(ObjectType.NOTIFICATION, 0));
        assertEquals(4, IA32.asidPools());
        assertEquals(1024, 1 << IA32.asidIndexBits());
        assertEquals(0xe000_0000L, IA32.userTop());
    }

    @Test
    void twoLevelsOfEntriesWithThirtyTwoBits() {
        long root = on.make(ObjectType.PAGE_DIRECTORY, 0);
        long small = on.make(ObjectType.SMALL_PAGE, 0);
        long large = on.make(ObjectType.LARGE_PAGE, 0);
        long table = on.make(ObjectType.PAGE_TABLE, 0);
        assertEquals(KernelError.invalidCapability(1), map(small, root, AT, CapRights.ALL, 0));
        ok(on.kernel.asidPoolAssign(BootSlots.ASID_POOL, root));
        assertEquals(missing(22), map(small, root, AT, CapRights.ALL, 0));
        ok(on.kernel.tableMap(table, root, AT + LARGE - 1, 3));
        assertEquals(object(table) | 0b1_1111, entry(object(root), AT >>> 22), "cached as asked for");
        ok(map(small, root, AT + 0x5000, CapRights.READ_ONLY, 4));
        assertEquals(object(small) | 1 << 7 | 0b101, entry(object(table), 5), "PAT");
        assertEquals(KernelError.deleteFirst(), map(large, root, AT, CapRights.ALL, 0));
        assertEquals(KernelError.alignmentError(), map(large, root, AT + 0x1000, CapRights.ALL, 0));
        ok(map(large, root, AT + LARGE, CapRights.ALL, 4));
        assertEquals(object(large) | 1 << 12 | 1 << 7 | 0b111, entry(object(root), (AT + LARGE) >>> 22));
        long other = on.make(ObjectType.PAGE_TABLE, 0);
        assertEquals(KernelError.deleteFirst(), on.kernel.tableMap(other, root, AT, 0));
        assertEquals(KernelError.deleteFirst(), on.kernel.tableMap(other, root, AT + LARGE, 0));
        long third = on.make(ObjectType.SMALL_PAGE, 0);
        assertEquals(missing(22), map(third, root, AT + LARGE, CapRights.ALL, 0), "a page is no table");
        ok(on.kernel.tableUnmap(table));
        assertEquals(0, entry(object(root), AT >>> 22));
        ok(on.delete(large));
        assertEquals(0, entry(object(root), (AT + LARGE) >>> 22));
        assertEquals(KernelError.illegalOperation(), on.kernel.tableUnmap(root));
        long directory = on.make(ObjectType.PAGE_DIRECTORY, 0);
        assertEquals(
                KernelError.illegalOperation(), on.kernel.tableMap(directory, root, AT, 0), "a root is not mapped");
    }

    @Test
    void usersEndBelowTheKernel() {
        long small = on.make(ObjectType.SMALL_PAGE, 0);
        long large = on.make(ObjectType.LARGE_PAGE, 0);
        long table = on.make(ObjectType.PAGE_TABLE, 0);
        long top = IA32.userTop();
        for (long vaddr : new long[] {top, top + 0x1000, 0xffff_f000L}) {
            assertEquals(KernelError.invalidArgument(0), map(small, BootSlots.VSPACE, vaddr, CapRights.ALL, 0));
        }
        assertEquals(KernelError.invalidArgument(0), on.kernel.tableMap(table, BootSlots.VSPACE, top + LARGE, 0));
        ok(map(large, BootSlots.VSPACE, top - LARGE, CapRights.ALL, 0));
    }

    @Test
    void labels() {
        long table = on.make(ObjectType.PAGE_TABLE, 0);
        long small = on.make(ObjectType.SMALL_PAGE, 0);
        long directory = on.make(ObjectType.PAGE_DIRECTORY, 0);
        long[] words = {AT, 0, 0};
        assertEquals(KernelError.illegalOperation(), call(directory, MAP_DIRECTORY, words));
        assertEquals(KernelError.illegalOperation(), call(directory, MAP_DIRECTORY + 2, words), "GetStatusBits");
        assertEquals(KernelError.illegalOperation(), call(table, MAP_TABLE + 2, words));
        ok(call(table, MAP_TABLE, words));
        assertEquals(KernelError.illegalOperation(), call(small, MAP_PAGE - 1, words));
        ok(call(small, MAP_PAGE, words));
        assertEquals(
                object(small),
                on.kernel
                        .call(small, new KernelMessage(MAP_PAGE + 2, new long[0], new long[0]))
                        .words()
                        .get(0));
    }

    private KernelError call(long service, long label, long[] words) {
        return on.kernel
                .call(service, new KernelMessage(label, words, new long[] {BootSlots.VSPACE}))
                .error();
    }

    @Test
    void thereAreFourPools() {
        for (int pool = 1; pool <= 4; pool++) {
            long untyped = on.make(ObjectType.UNTYPED, 12);
            CapPath to = new CapPath(TestKernel.ROOT, on.free(), on.bits);
            KernelError expected = pool < 4 ? KernelError.NO_ERROR : KernelError.deleteFirst();
            assertEquals(expected, on.kernel.asidControlMakePool(BootSlots.ASID_CONTROL, untyped, to));
        }
    }
}
