package org.allocman.sim.kernel.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mappings that the recordings do not reach: the 32-bit kernels, and what is left behind. */
class MappingTest extends MappingRig {
    private static final KernelError NO_TABLE_AARCH32 =
            KernelError.failedLookup(false, LookupFault.missingCapability(20));
    private static final KernelError NO_TABLE_RISCV32 =
            KernelError.failedLookup(false, LookupFault.missingCapability(22));

    @Test
    void aarch32LargePagesAndSuperSectionsFillSixteenEntries() throws Exception {
        boot(Architecture.AARCH32);
        long table = make(ObjectType.PAGE_TABLE);
        long small = make(ObjectType.SMALL_PAGE);
        long large = make(ObjectType.LARGE_PAGE);
        long section = make(ObjectType.SECTION);
        long superSection = make(ObjectType.SUPER_SECTION);
        assertEquals(NO_TABLE_AARCH32, map(small, AT));
        assertEquals(KernelError.NO_ERROR, mapTable(table, AT));
        assertEquals(KernelError.invalidCapability(0), mapTable(table, AT));
        assertEquals(KernelError.deleteFirst(), mapTable(make(ObjectType.PAGE_TABLE), AT + 0x8_0000));
        assertEquals(KernelError.NO_ERROR, map(small, AT + 0x3000));
        assertEquals(KernelError.alignmentError(), map(large, AT + 0x1000));
        assertEquals(KernelError.deleteFirst(), map(large, AT));
        assertEquals(KernelError.NO_ERROR, map(large, AT + 0x1_0000));
        assertEquals(KernelError.deleteFirst(), map(make(ObjectType.SMALL_PAGE), AT + 0x1_f000));
        assertEquals(KernelError.deleteFirst(), map(section, AT));
        assertEquals(KernelError.deleteFirst(), map(superSection, AT));
        machine.rootMemory().store64(AT + 0x1_f000, 0, 6);
        assertEquals(KernelError.NO_ERROR, machine.kernel().pageUnmap(large));
        assertFault(AT + 0x1_f000);
        assertEquals(KernelError.NO_ERROR, map(superSection, 2 * AT));
        assertEquals(KernelError.deleteFirst(), map(section, 2 * AT + 0xf0_0000));
        machine.rootMemory().store64(2 * AT + 0xff_f000, 0, 6);
        assertEquals(KernelError.NO_ERROR, machine.kernel().pageUnmap(superSection));
        assertFault(2 * AT + 0xff_f000);
        assertEquals(KernelError.invalidArgument(0), map(section, 0xe000_0000L));
        assertEquals(KernelError.illegalOperation(), mapTable(make(ObjectType.PAGE_DIRECTORY), AT));
    }

    @Test
    void riscv32HasTwoLevels() throws Exception {
        boot(Architecture.RISCV32);
        long small = make(ObjectType.SMALL_PAGE);
        long large = make(ObjectType.LARGE_PAGE);
        long table = make(ObjectType.PAGE_TABLE);
        assertEquals(NO_TABLE_RISCV32, map(small, AT));
        assertEquals(KernelError.NO_ERROR, map(large, AT));
        assertEquals(KernelError.deleteFirst(), mapTable(table, AT));
        assertEquals(KernelError.NO_ERROR, mapTable(table, AT + 0x40_0000));
        assertEquals(KernelError.NO_ERROR, map(small, AT + 0x40_0000));
        assertEquals(KernelError.deleteFirst(), map(make(ObjectType.SMALL_PAGE), AT + 0x40_0000));
        assertEquals(KernelError.invalidArgument(0), map(make(ObjectType.SMALL_PAGE), 0x8000_0000L));
        assertEquals(KernelError.revokeFirst(), machine.kernel().tableUnmap(BootSlots.VSPACE));
        assertEquals(KernelError.NO_ERROR, machine.kernel().tableUnmap(table));
        assertFault(AT + 0x40_0000);
    }

    @Test
    void userAddressesOfAarch32EndWhereThePlatformSays() throws Exception {
        for (long top : new long[] {0xa000_0000L, 0xe000_0000L, 0xf000_0000L}) {
            boot(Architecture.AARCH32, top);
            long section = make(ObjectType.SECTION);
            assertEquals(KernelError.invalidArgument(0), map(section, top));
            assertEquals(KernelError.invalidArgument(0), map(section, top - 1));
            assertEquals(KernelError.invalidArgument(0), mapTable(make(ObjectType.PAGE_TABLE), top));
            assertEquals(
                    KernelError.illegalOperation(),
                    machine.kernel().vspaceCache(CacheOperation.CLEAN, BootSlots.VSPACE, top - 1, top + 1));
            assertEquals(
                    KernelError.NO_ERROR,
                    machine.kernel().vspaceCache(CacheOperation.CLEAN, BootSlots.VSPACE, top - 1, top));
            assertEquals(KernelError.NO_ERROR, map(section, top - 0x10_0000));
            List<Long> seen = new ArrayList<>();
            new Mappings(machine.memory().words(), Architecture.AARCH32, machine.kernelState())
                    .visit(new FrameVisitor(seen));
            assertTrue(seen.contains(top - 0x10_0000));
        }
    }

    @ParameterizedTest
    @MethodSource("org.allocman.sim.Kernels#narrowPaged")
    void anEndBeyondTheLastWordGoesOnFromZero(Architecture architecture) throws Exception {
        boot(architecture);
        long small = make(ObjectType.SMALL_PAGE);
        // x86 looks whether an address is a user's before it looks at its low bits
        assertEquals(
                architecture == Architecture.IA32 ? KernelError.invalidArgument(0) : KernelError.alignmentError(),
                map(small, 0xffff_f001L));
        assertEquals(KernelError.invalidArgument(0), map(small, 0xffff_f000L));
        assertEquals(KernelError.invalidArgument(0), map(small, 0xffff_efffL));
    }

    @Test
    void aarch32CacheOperationsStayWithinAPage() throws Exception {
        boot(Architecture.AARCH32);
        Kernel kernel = machine.kernel();
        long large = make(ObjectType.LARGE_PAGE);
        for (CacheOperation operation : CacheOperation.values()) {
            assertEquals(KernelError.illegalOperation(), kernel.pageCache(operation, large, 0, 64));
        }
        mapTable(make(ObjectType.PAGE_TABLE), AT);
        assertEquals(KernelError.NO_ERROR, kernel.pageMap(large, BootSlots.VSPACE, AT, new CapRights(2), 0));
        for (CacheOperation operation : CacheOperation.values()) {
            assertEquals(KernelError.NO_ERROR, kernel.pageCache(operation, large, 0xfff0, 0x1_0000));
            assertEquals(KernelError.invalidArgument(0), kernel.pageCache(operation, large, 0xfff0, 0x1_0001));
            assertEquals(KernelError.invalidArgument(0), kernel.pageCache(operation, large, 0x1_0000, 0x1_0001));
            assertEquals(KernelError.invalidArgument(1), kernel.pageCache(operation, large, 8, 8));
            assertEquals(
                    KernelError.NO_ERROR, kernel.vspaceCache(operation, BootSlots.VSPACE, AT + 0xff0, AT + 0x1_0000));
            assertEquals(
                    KernelError.rangeError(AT + 0xff0, AT + 0xffff),
                    kernel.vspaceCache(operation, BootSlots.VSPACE, AT + 0xff0, AT + 0x1_0001));
            assertEquals(KernelError.NO_ERROR, kernel.vspaceCache(operation, BootSlots.VSPACE, 2 * AT, 3 * AT));
            assertEquals(KernelError.invalidArgument(1), kernel.vspaceCache(operation, BootSlots.VSPACE, AT, AT));
            assertEquals(
                    KernelError.invalidCapability(0),
                    kernel.vspaceCache(operation, make(ObjectType.PAGE_DIRECTORY), AT, AT + 1));
            assertEquals(KernelError.illegalOperation(), kernel.vspaceCache(operation, large, AT, AT + 1));
        }
        kernel.copy(new CapPath(BootSlots.CNODE, next, 32), new CapPath(BootSlots.CNODE, large, 32), CapRights.ALL);
        long copy = next++;
        assertEquals(KernelError.NO_ERROR, map(make(ObjectType.LARGE_PAGE), AT));
        assertEquals(KernelError.invalidCapability(0), kernel.pageCache(CacheOperation.CLEAN, large, 0, 0x1_0001));
        assertEquals(KernelError.illegalOperation(), kernel.pageCache(CacheOperation.CLEAN, copy, 0, 64));
    }

    @Test
    void aarch32HasPoolsOf1024Asids() throws Exception {
        boot(Architecture.AARCH32);
        AsidTable asids = new AsidTable(machine.memory().words(), Architecture.AARCH32, machine.kernelState());
        assertEquals(1024, asids.size());
        assertEquals(128, asids.pools());
        for (int base = 1024; base < 127 * 1024; base += 1024) {
            asids.putPool(base, 0x1000);
        }
        long untyped = makeUntyped(12);
        assertEquals(KernelError.NO_ERROR, makePool(untyped));
        long pool = next - 1;
        assertTrue(asids.freeBase() < 0);
        assertEquals(KernelError.deleteFirst(), makePool(makeUntyped(12)));
        long directory = make(ObjectType.PAGE_DIRECTORY);
        assertEquals(KernelError.NO_ERROR, machine.kernel().asidPoolAssign(pool, directory));
        long section = make(ObjectType.SECTION);
        assertEquals(KernelError.NO_ERROR, machine.kernel().pageMap(section, directory, AT, CapRights.READ_WRITE, 0));
        assertEquals(
                KernelError.invalidCapability(1),
                machine.kernel().pageMap(section, BootSlots.VSPACE, AT, CapRights.READ_WRITE, 0));
        assertEquals(KernelError.NO_ERROR, machine.kernel().pageUnmap(section));
        assertEquals(KernelError.NO_ERROR, map(section, AT));
    }

    /** Hears where frames are. */
    private record FrameVisitor(List<Long> seen) implements Mappings.Visitor {
        @Override
        public void pool(int base, long pool) {}

        @Override
        public void root(int asid, long root) {}

        @Override
        public void table(int asid, long vaddr, long table) {}

        @Override
        public void frame(int asid, long vaddr, long frame, int sizeBits) {
            seen.add(vaddr);
        }
    }

    @ParameterizedTest
    @MethodSource("org.allocman.sim.Kernels#paged")
    void everyPageOfALargeFrameIsItsOwn(Architecture architecture) throws Exception {
        boot(architecture);
        long frame = make(architecture.frames().get(1));
        mapWithTables(frame, 4 * AT);
        long memory = machine.kernel().pageGetAddress(frame).get();
        long last = (1L << architecture.sizeBits(architecture.frames().get(1), 0)) - 4096;
        TaskSpace space = new TaskSpace(machine.memory().words(), architecture, root(architecture));
        for (long offset : new long[] {0, 4096, 3 * 4096, last}) {
            machine.rootMemory().store64(4 * AT + offset, 8, offset + 1);
            assertEquals(offset + 1, machine.memory().words().load64(memory + offset, 8));
            assertEquals(memory + offset, space.kernelSees(4 * AT + offset + 8));
        }
        assertEquals(-1, space.kernelSees(4 * AT + last + 4096));
        assertEquals(-1, space.kernelSees(-4096));
        assertEquals(0, space.translate(-4096));
    }

    @Test
    void theKernelsHalfOfRiscvIsItsWindow() throws Exception {
        boot(Architecture.RISCV32);
        long root = root(Architecture.RISCV32);
        assertEquals(0x2000_00ef, machine.memory().words().load32(root + 512 * 4, 0));
        assertEquals(0x2010_00ef, machine.memory().words().load32(root + 513 * 4, 0));
        boot(Architecture.RISCV64);
        root = root(Architecture.RISCV64);
        assertEquals(0xef, machine.memory().words().load64(root + 256 * 8, 0));
        assertEquals(0x1000_00ef, machine.memory().words().load64(root + 257 * 8, 0));
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void afterUnmappingAndDeletingTheMemoryIsAsBefore(Architecture architecture) throws Exception {
        boot(architecture);
        long frame = make(ObjectType.SMALL_PAGE);
        long at = architecture.hasPaging()
                ? AT
                : machine.kernel().pageGetAddress(frame).get();
        machine.kernel().delete(BootSlots.CNODE, frame, architecture.wordBits());
        Fingerprint before = machine.memory().fingerprint();
        long first = next;
        for (int round = 0; round < 2; round++) {
            next = first;
            long again = make(ObjectType.SMALL_PAGE);
            mapWithTables(again, at);
            machine.rootMemory().store64(at, 0, 1);
            assertNotEquals(before, machine.memory().fingerprint());
            for (long slot = next - 1; slot >= first; slot--) {
                assertEquals(
                        KernelError.NO_ERROR, machine.kernel().delete(BootSlots.CNODE, slot, architecture.wordBits()));
            }
        }
        next = first;
        machine.kernel().delete(BootSlots.CNODE, make(ObjectType.SMALL_PAGE), architecture.wordBits());
        assertEquals(before, machine.memory().fingerprint());
    }

    @ParameterizedTest
    @MethodSource("org.allocman.vka.Architecture#values")
    void mappingAndUnmappingMakeNoGarbage(Architecture architecture) throws Exception {
        boot(architecture);
        long frame = make(ObjectType.SMALL_PAGE);
        long at = architecture.hasPaging()
                ? AT
                : machine.kernel().pageGetAddress(frame).get();
        mapWithTables(frame, at);
        mapAndUnmap(frame, at, 20_000);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long start = threads.getThreadAllocatedBytes(id);
        mapAndUnmap(frame, at, 20_000);
        long allocated = threads.getThreadAllocatedBytes(id) - start;
        // far less than a byte an invocation: what the measuring itself takes
        assertEquals(0, allocated / 20_000, () -> allocated + " bytes");
    }

    private void mapAndUnmap(long frame, long at, int times) {
        for (int i = 0; i < times; i++) {
            machine.kernel().pageMap(frame, BootSlots.VSPACE, at, CapRights.READ_WRITE, 0);
            machine.rootMemory().store64(at, 0, i);
            machine.kernel().pageUnmap(frame);
        }
    }
}
