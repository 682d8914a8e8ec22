package org.allocman.sim.kernel.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardHints;
import org.allocman.sim.board.Boards;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hypervisor kernels on Arm: sizes, numbers, the shape of address spaces, entries of the second stage, windows, boot. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class HypervisorTest extends MappingRig {
    private static Architecture named(String name) {
        return Objects.requireNonNull(Architecture.named(name), name);
    }

    @ParameterizedTest
    @CsvSource({
        "aarch64+hyp, 10, 13, 0xffffffffff, 40, 3",
        "aarch64+hyp+pa44, 10, 12, 0xfffffffffff, 44, 4",
        "aarch64+mcs+hyp, 12, 13, 0xffffffffff, 40, 3",
        "aarch64+pa44, -1, 12, 0x7fffffffffff, 44, 4",
        "aarch32+hyp, 11, 14, 0xe0000000, 32, 2",
        "aarch32+hyp+mcs, 13, 14, 0xe0000000, 32, 2"
    })
    void figures(String name, int vcpu, int rootBits, String userTop, int deviceTopBits, int levels) {
        Architecture architecture = named(name);
        assertEquals(vcpu, architecture.has(ObjectType.VCPU) ? architecture.number(ObjectType.VCPU) : -1);
        assertEquals(12, vcpu < 0 ? 12 : architecture.sizeBits(ObjectType.VCPU, 0));
        assertEquals(rootBits, architecture.sizeBits(architecture.vspaceType(), 0));
        assertEquals(Long.decode(userTop), architecture.userTop());
        assertEquals(1L << deviceTopBits, architecture.deviceTop());
        assertEquals(levels, architecture.levels().size());
        assertEquals(
                List.of(),
                architecture.options().stream()
                        .filter(option -> !name.contains("+" + option.text()))
                        .toList());
    }

    @Test
    void tablesOf32BitsHaveOtherSizes() {
        Architecture architecture = named("aarch32+hyp");
        assertEquals(12, architecture.sizeBits(ObjectType.PAGE_TABLE, 0));
        assertEquals(16, architecture.sizeBits(ObjectType.LARGE_PAGE, 0));
        assertEquals(21, architecture.sizeBits(ObjectType.SECTION, 0));
        assertEquals(25, architecture.sizeBits(ObjectType.SUPER_SECTION, 0));
        assertEquals(11, architecture.sizeBits(ObjectType.TCB, 0));
        assertEquals(21, architecture.levels().get(0).entryBits());
    }

    /** Arm ARM, stage 2: access in bits 6 and 7, memory type in 2 to 5, no bit 11. */
    @Test
    void entriesAreThoseOfTheSecondStage() {
        Aarch64StageTwoEntries wide = new Aarch64StageTwoEntries();
        assertEquals(1L << 58 | 0x4000_04ffL, wide.page(0x4000_0000L, 12, wide.readWrite(), 1));
        assertEquals(1L << 54 | 0x4000_0441L, wide.page(0x4000_0000L, 21, wide.readOnly(), 4));
        assertEquals(0x4000_043dL, wide.page(0x4000_0000L, 30, wide.kernelOnly(), 1));
        assertEquals(3, wide.access(wide.page(0, 12, wide.readWrite(), 0), 12));
        assertEquals(1, wide.access(wide.page(0, 12, wide.readOnly(), 0), 12));
        assertEquals(0, wide.access(wide.page(0, 12, wide.kernelOnly(), 0), 12));
        Aarch32StageTwoEntries narrow = new Aarch32StageTwoEntries();
        assertEquals(0x4000_04ffL, narrow.page(0x4000_0000L, 12, narrow.readWrite(), 1));
        assertEquals(1L << 52 | 0x4001_04ffL, narrow.page(0x4001_0000L, 16, narrow.readWrite(), 3));
        assertEquals(1L << 54 | 0x4020_0441L, narrow.page(0x4020_0000L, 21, narrow.readOnly(), 4));
        assertEquals(1L << 52 | 0x4200_0401L, narrow.page(0x4200_0000L, 25, narrow.kernelOnly(), 0));
        assertEquals(0x4000_1003L, narrow.table(0x4000_1000L, 7));
        for (int bits : new int[] {12, 16, 21, 25}) {
            long entry = narrow.page(1L << 25, bits, narrow.readWrite(), 1);
            int level = bits < 21 ? 12 : 21;
            assertTrue(narrow.isPage(entry, level));
            assertFalse(narrow.isTable(entry, level));
            assertEquals(bits, narrow.pageBits(entry, level));
            assertEquals(1L << 25, narrow.address(entry, level));
            assertEquals(3, narrow.access(entry, level));
        }
        assertFalse(narrow.isPage(0, 12));
        assertFalse(narrow.isTable(0x4000_1003L, 12));
    }

    @Test
    void aRootOfTwoTablesReachesAllUserAddresses() throws Exception {
        boot(named("aarch64+hyp"));
        long frame = make(ObjectType.SMALL_PAGE);
        long top = 0xff_ffff_f000L;
        assertEquals(KernelError.failedLookup(false, LookupFault.missingCapability(30)), map(frame, top));
        assertEquals(KernelError.NO_ERROR, mapTable(make(ObjectType.PAGE_TABLE), top));
        assertEquals(KernelError.failedLookup(false, LookupFault.missingCapability(21)), map(frame, top));
        assertEquals(KernelError.NO_ERROR, mapTable(make(ObjectType.PAGE_TABLE), top));
        assertEquals(KernelError.NO_ERROR, map(frame, top));
        machine.rootMemory().store64(top, 0, 6);
        assertEquals(6, machine.rootMemory().load64(top, 0));
        long other = make(ObjectType.SMALL_PAGE);
        assertEquals(KernelError.invalidArgument(0), map(other, top + 0x1000));
        assertEquals(KernelError.invalidArgument(0), mapTable(make(ObjectType.PAGE_TABLE), top + 0x1000));
        assertEquals(KernelError.NO_ERROR, machine.kernel().pageUnmap(frame));
        assertFault(top);
    }

    @Test
    void largePagesAndSuperSectionsFillSixteenEntriesOfEightBytes() throws Exception {
        boot(named("aarch32+hyp"));
        long small = make(ObjectType.SMALL_PAGE);
        long large = make(ObjectType.LARGE_PAGE);
        long section = make(ObjectType.SECTION);
        assertEquals(KernelError.failedLookup(false, LookupFault.missingCapability(21)), map(small, AT));
        assertEquals(KernelError.NO_ERROR, mapTable(make(ObjectType.PAGE_TABLE), AT));
        assertEquals(KernelError.deleteFirst(), mapTable(make(ObjectType.PAGE_TABLE), AT + 0x10_0000));
        assertEquals(KernelError.NO_ERROR, map(small, AT + 0x3000));
        assertEquals(KernelError.deleteFirst(), map(large, AT));
        assertEquals(KernelError.NO_ERROR, map(large, AT + 0x1f_0000));
        assertEquals(KernelError.deleteFirst(), map(make(ObjectType.SMALL_PAGE), AT + 0x1f_f000));
        assertEquals(KernelError.deleteFirst(), map(section, AT));
        machine.rootMemory().store64(AT + 0x1f_f000, 0, 6);
        assertEquals(KernelError.NO_ERROR, machine.kernel().pageUnmap(large));
        assertFault(AT + 0x1f_f000);
        long superSection = make(ObjectType.SUPER_SECTION);
        assertEquals(KernelError.NO_ERROR, map(superSection, 4 * AT));
        machine.rootMemory().store64(4 * AT + 0x1ff_f000, 0, 6);
        assertEquals(KernelError.deleteFirst(), map(section, 4 * AT + 0x1e0_0000));
        assertEquals(KernelError.NO_ERROR, machine.kernel().pageUnmap(superSection));
        assertFault(4 * AT + 0x1ff_f000);
        assertEquals(KernelError.invalidArgument(0), map(section, 0xe000_0000L));
    }

    @ParameterizedTest
    @CsvSource({"aarch64+hyp", "aarch64+pa44+hyp", "aarch32+hyp", "aarch32+hyp+mcs"})
    void cacheOperationsAskForNoMappingButForTheWindow(String name) throws Exception {
        boot(named(name));
        Kernel kernel = machine.kernel();
        long frame = make(ObjectType.SMALL_PAGE);
        assertEquals(KernelError.illegalOperation(), kernel.pageCache(CacheOperation.CLEAN, frame, 0, 64));
        mapWithTables(frame, AT);
        // somebody else's frame takes its place, and the address is still good for the kernel
        assertEquals(
                KernelError.NO_ERROR,
                kernel.pageMap(make(ObjectType.SMALL_PAGE), BootSlots.VSPACE, AT, CapRights.READ_ONLY, 0));
        assertEquals(KernelError.NO_ERROR, kernel.pageCache(CacheOperation.INVALIDATE, frame, 0, 4096));
        assertEquals(KernelError.invalidArgument(1), kernel.pageCache(CacheOperation.CLEAN, frame, 64, 64));
        assertEquals(KernelError.invalidArgument(0), kernel.pageCache(CacheOperation.CLEAN, frame, 0, 4097));
        assertEquals(
                KernelError.NO_ERROR, kernel.vspaceCache(CacheOperation.INVALIDATE, BootSlots.VSPACE, AT, AT + 64));
        long device = deviceFrame();
        assertEquals(
                KernelError.NO_ERROR, kernel.pageMap(device, BootSlots.VSPACE, AT + 0x1000, CapRights.READ_WRITE, 0));
        assertEquals(
                name.startsWith("aarch32") ? KernelError.illegalOperation() : KernelError.NO_ERROR,
                kernel.pageCache(CacheOperation.CLEAN, device, 0, 64));
    }

    /** A page of the lowest device untyped, which on 32 bits is below the window. */
    private long deviceFrame() {
        Untyped device = machine.bootInfo().untypeds().stream()
                .filter(Untyped::device)
                .findFirst()
                .orElseThrow();
        int number = machine.kernel().architecture().number(ObjectType.SMALL_PAGE);
        assertEquals(
                KernelError.NO_ERROR,
                machine.kernel().retype(device.slot(), number, 0, BootSlots.CNODE, 0, 0, next, 1));
        return next++;
    }

    @ParameterizedTest
    @CsvSource({
        "qemu-arm-virt, aarch64, 0x8030000",
        "qemu-arm-virt, aarch64+hyp, 0x8040000",
        "rpi4, aarch64+pa44+hyp, 0xff846000"
    })
    void theRootTaskGetsTheGuestsPageOfTheInterruptController(String name, String architecture, String page)
            throws Exception {
        Board board = Boards.reading(name, BoardHints.ofArchitecture(named(architecture)))
                .board();
        Machine booted = Machine.boot(board, BootConfig.defaults(board));
        long guests = Long.decode(page);
        assertTrue(booted.bootInfo().untypeds().stream().anyMatch(one -> one.device() && holds(one, guests)));
        for (Region own : board.regions(Region.Kind.KERNEL_DEVICE)) {
            assertFalse(booted.bootInfo().untypeds().stream().anyMatch(one -> holds(one, own.start())), own.name());
        }
        assertEquals(
                architecture.contains("hyp") ? 3 : 2,
                board.regions(Region.Kind.KERNEL_DEVICE).size());
    }

    @Test
    void usersOf32BitsHaveAllButTheLastHalfGiB() {
        Region memory = new Region("memory", Region.Kind.RAM, 0x4000_0000L, 1 << 27);
        List<Region> regions = List.of(memory);
        assertEquals(0xe000_0000L, new Board("qemu-arm-virt", named("aarch32+hyp"), regions, List.of()).userTop());
        assertEquals(0xa000_0000L, new Board("qemu-arm-virt", named("aarch32+mcs"), regions, List.of()).userTop());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Board("board", named("aarch32+hyp"), regions, List.of(), 0xa000_0000L));
    }

    private static boolean holds(Untyped untyped, long address) {
        return address - untyped.paddr() >= 0 && address - untyped.paddr() < 1L << untyped.sizeBits();
    }
}
