package org.allocman.vka.vspace;

import static org.allocman.vka.VkaException.orThrow;
import static org.allocman.vka.vspace.VSpaceRig.EDGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
import java.util.List;
import java.util.Set;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.allocman.vka.wrap.NullKernel;
import org.allocman.vka.wrap.NullVka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ranges of pages on every architecture with paging. */
class VSpaceTest {
    private static final String PAGED = "org.allocman.testkit.arbitraries.Machines#paged";
    private static final long FIVE = 5 * 4096L;

    private static void refused(Reason reason, Option<VkaError> answer) {
        assertEquals(Option.some(reason), answer.map(VkaError::reason), answer::toString);
    }

    private static void faults(MemoryFault.Reason reason, Runnable access) {
        assertEquals(reason, assertThrows(MemoryFault.class, access::run).reason());
    }

    @ParameterizedTest
    @MethodSource(PAGED)
    void pagesAreMappedAcrossTablesAndGivenBackWithThem(Architecture architecture) throws Exception {
        VSpaceRig rig = new VSpaceRig(architecture);
        orThrow(rig.vspace.map(EDGE, 5, CapRights.READ_WRITE));
        assertTrue(rig.vspace.tables() >= 2, "the range lies in two tables");
        assertEquals(5, rig.vspace.pages().size());
        for (int i = 0; i < 5; i++) {
            assertEquals(0, rig.memory().load32(EDGE + i * 4096L, 8));
        }
        rig.write(EDGE, 5);
        rig.holds(EDGE, 5);
        orThrow(rig.vspace.unmap(EDGE + 4096, 4));
        faults(MemoryFault.Reason.UNMAPPED, () -> rig.memory().load32(EDGE + 4096, 8));
        rig.holds(EDGE, 1);
        orThrow(rig.vspace.unmap(EDGE, 1));
        faults(MemoryFault.Reason.UNMAPPED, () -> rig.memory().load32(EDGE, 8));
        rig.isClean();
    }

    @ParameterizedTest
    @MethodSource(PAGED)
    void rightsChangeForARange(Architecture architecture) throws Exception {
        VSpaceRig rig = new VSpaceRig(architecture);
        orThrow(rig.vspace.map(EDGE, 4, CapRights.READ_WRITE));
        rig.write(EDGE, 4);
        orThrow(rig.vspace.protect(EDGE + 4096, 2, CapRights.READ_ONLY));
        rig.holds(EDGE, 4);
        rig.memory().store32(EDGE, 16, 1);
        rig.memory().store32(EDGE + 3 * 4096, 16, 1);
        faults(MemoryFault.Reason.NO_RIGHTS, () -> rig.memory().store32(EDGE + 4096, 16, 1));
        faults(MemoryFault.Reason.NO_RIGHTS, () -> rig.memory().store32(EDGE + 2 * 4096, 16, 1));
        assertEquals(CapRights.READ_ONLY, rig.vspace.page(EDGE + 4097).get().rights());
        orThrow(rig.vspace.protect(EDGE, 4, CapRights.READ_WRITE));
        rig.write(EDGE, 4);
        orThrow(rig.vspace.unmapAll());
        rig.isClean();
    }

    @ParameterizedTest
    @MethodSource(PAGED)
    void aFrameOfTheCallersStaysTheCallers(Architecture architecture) throws Exception {
        VSpaceRig rig = new VSpaceRig(architecture);
        ObjectType large = architecture.frames().get(1);
        VkaObject frame = orThrow(rig.vka.allocate(large, 0));
        long bytes = 1L << frame.sizeBits();
        long vaddr = 0x6200_0000L;
        refused(Reason.UNALIGNED, rig.vspace.map(vaddr + 4096, frame, CapRights.READ_WRITE));
        orThrow(rig.vspace.map(vaddr, frame, CapRights.READ_WRITE));
        rig.write(vaddr, (int) (bytes / 4096));
        assertEquals(frame, rig.vspace.page(vaddr + bytes - 1).get().frame());
        refused(Reason.IN_USE, rig.vspace.map(vaddr + bytes - 4096, 1, CapRights.READ_ONLY));
        orThrow(rig.vspace.unmap(vaddr + 4096, 1));
        faults(MemoryFault.Reason.UNMAPPED, () -> rig.memory().load32(vaddr, 8));
        assertEquals(1, rig.vka.live().size(), "the frame is there, its tables are not");
        orThrow(rig.vka.free(frame));
        rig.isClean();
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() throws Exception {
        VSpaceRig rig = new VSpaceRig(Architecture.RISCV64);
        orThrow(rig.vspace.map(EDGE, 2, CapRights.READ_WRITE));
        List<MappedPage> before = List.copyOf(rig.vspace.pages());
        refused(Reason.UNALIGNED, rig.vspace.map(EDGE + 8, 1, CapRights.READ_WRITE));
        refused(Reason.UNALIGNED, rig.vspace.unmap(EDGE + 8, 1));
        for (int count : new int[] {0, -1, Integer.MIN_VALUE}) {
            refused(Reason.ILLEGAL_SIZE, rig.vspace.map(0, count, CapRights.READ_WRITE));
            refused(Reason.ILLEGAL_SIZE, rig.vspace.protect(EDGE, count, CapRights.READ_ONLY));
        }
        refused(Reason.ILLEGAL_SIZE, rig.vspace.map(-4096, 1, CapRights.READ_WRITE));
        refused(Reason.ILLEGAL_SIZE, rig.vspace.map(Long.MAX_VALUE & -4096, 2, CapRights.READ_WRITE));
        assertEquals(
                "a range of 1 page at 0xfffffffffffff000 ends beyond the last address, 0x7fffffffffffffff",
                rig.vspace.map(-4096, 1, CapRights.READ_WRITE).get().message());
        assertEquals(
                "a range has 1 page or more, not 0",
                rig.vspace.map(0, 0, CapRights.READ_WRITE).get().message());
        refused(Reason.IN_USE, rig.vspace.map(EDGE - FIVE, 6, CapRights.READ_WRITE));
        refused(Reason.IN_USE, rig.vspace.map(EDGE + 4096, 1, CapRights.READ_WRITE));
        refused(Reason.NOT_MANAGED, rig.vspace.unmap(EDGE, 3));
        refused(Reason.NOT_MANAGED, rig.vspace.unmap(EDGE - 4096, 2));
        refused(Reason.NOT_MANAGED, rig.vspace.protect(EDGE - 4096, 2, CapRights.READ_ONLY));
        refused(Reason.KERNEL_REFUSED, rig.vspace.map(Long.MAX_VALUE & -8192, 1, CapRights.READ_WRITE));
        assertEquals(before, List.copyOf(rig.vspace.pages()));
        orThrow(rig.vspace.unmapAll());
        rig.isClean();
    }

    @Test
    void memoryThatRunsOutLeavesNothingMapped() throws Exception {
        VSpaceRig rig = new VSpaceRig(Architecture.AARCH64);
        Option<VkaError> answer = rig.vspace.map(EDGE, 4096, CapRights.READ_WRITE);
        assertTrue(
                Set.of(Reason.OUT_OF_UNTYPED, Reason.OUT_OF_SLOTS)
                        .contains(answer.get().reason()),
                answer::toString);
        assertEquals(0, rig.vspace.pages().size());
        rig.isClean();
    }

    @Test
    void thereAreNoPagesWithoutPaging() {
        VSpace vspace = new VSpace(new NullVka(Architecture.MPU), new NullKernel(Architecture.MPU), 3);
        refused(Reason.UNSUPPORTED, vspace.map(0, 1, CapRights.READ_WRITE));
        refused(Reason.UNSUPPORTED, vspace.unmapAll());
    }
}
