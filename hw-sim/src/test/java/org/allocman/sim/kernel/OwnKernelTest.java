package org.allocman.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.ProfileFile;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kernel of one's own: objects without invocations, slots of 64 bytes, five levels of page tables. */
class OwnKernelTest {
    private static final long ROOT = BootSlots.CNODE;
    private static final long FAR = 0x00ab_cdef_1234_5000L;

    private Architecture hydra;
    private Machine machine;
    private SimKernel kernel;
    private long untyped;
    private long next;

    @BeforeEach
    void boot() throws Exception {
        hydra = ProfileFile.read(Path.of("../test/example/hydra.yaml"));
        Region ram = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 16 << 20);
        Board board = new Board("small", hydra, List.of(ram), List.of());
        machine = Machine.boot(board, BootConfig.defaults(board));
        kernel = machine.kernel();
        untyped = machine.bootInfo().untypeds().stream()
                .filter(one -> !one.device() && one.sizeBits() >= 22)
                .mapToLong(Untyped::slot)
                .findFirst()
                .orElseThrow();
        next = machine.bootInfo().empty().start();
    }

    private ObjectType named(String name) {
        return Objects.requireNonNull(hydra.typeNamed(name), name);
    }

    private KernelError retype(ObjectType type, int size, long slot) {
        return kernel.retype(untyped, hydra.number(type), size, ROOT, 0, 0, slot, 1);
    }

    private long make(ObjectType type, int size) {
        assertEquals(KernelError.NO_ERROR, retype(type, size, next));
        return next++;
    }

    private long slot(long cptr) {
        Slots slots = new Slots(machine.memory().words(), hydra);
        long thread = KernelState.thread(machine.memory().words(), machine.kernelState());
        return slots.at(slots.object(slots.at(thread, TcbLayout.CSPACE)), cptr);
    }

    @Test
    void slotsHave64Bytes() {
        assertEquals(64, slot(1) - slot(0));
        assertEquals(10, hydra.sizeBits(ObjectType.CNODE, 4));
    }

    @Test
    void anObjectOfItsOwnIsMadeCopiedDerivedAndDeleted() {
        ObjectType channel = named("CHANNEL");
        Slots slots = new Slots(machine.memory().words(), hydra);
        ObjectTypes types = new ObjectTypes(slots, hydra);
        ObjectRegions regions = new ObjectRegions(slots, hydra);
        long one = make(channel, 0);
        long other = make(channel, 0);
        assertEquals(channel, types.type(slot(one)));
        assertEquals(7, regions.sizeBits(slot(one)));
        assertEquals(slots.object(slot(one)) + 128, slots.object(slot(other)));
        long copy = next++;
        assertEquals(
                KernelError.NO_ERROR,
                kernel.copy(new CapPath(ROOT, copy, 64), new CapPath(ROOT, one, 64), CapRights.READ_ONLY));
        assertTrue(regions.isSameObject(slot(one), slot(copy)));
        assertEquals(KernelError.deleteFirst(), retype(channel, 0, copy));
        long content = slots.object(slot(one));
        machine.memory().words().store64(content, 0, 42);
        assertEquals(KernelError.NO_ERROR, kernel.delete(ROOT, one, 64));
        assertEquals(42, machine.memory().words().load64(content, 0), "a copy is left");
        assertEquals(KernelError.NO_ERROR, kernel.delete(ROOT, copy, 64));
        assertEquals(0, machine.memory().words().load64(content, 0), "the last capability takes the content with it");
        assertEquals(KernelError.NO_ERROR, kernel.revoke(ROOT, untyped, 64));
        assertTrue(slots.isEmpty(slot(other)), "an object is derived from its untyped");
        assertEquals(KernelError.illegalOperation(), kernel.pageUnmap(make(channel, 0)));
    }

    @Test
    void aSizeOfTheCallersHasBounds() {
        ObjectType arena = named("ARENA");
        ObjectRegions regions = new ObjectRegions(new Slots(machine.memory().words(), hydra), hydra);
        assertEquals(KernelError.invalidArgument(1), retype(arena, 11, next));
        assertEquals(KernelError.invalidArgument(1), retype(arena, 21, next));
        assertEquals(KernelError.rangeError(0, hydra.maxUntypedBits()), retype(arena, 48, next));
        assertEquals(15, regions.sizeBits(slot(make(arena, 15))));
        assertEquals(20, regions.sizeBits(slot(make(arena, 20))));
        assertEquals(KernelError.invalidArgument(0), kernel.retype(untyped, 12, 0, ROOT, 0, 0, next, 1));
    }

    @Test
    void fiveLevelsWantTheirTablesInOrder() {
        long space = BootSlots.VSPACE;
        long page = make(ObjectType.SMALL_PAGE, 0);
        long attributes = hydra.defaultAttributes();
        long lowest = make(ObjectType.PAGE_TABLE, 0);
        int tables = 0;
        for (int bits : new int[] {48, 39, 30, 21}) {
            KernelError missing = KernelError.failedLookup(false, LookupFault.missingCapability(bits));
            assertEquals(missing, kernel.pageMap(page, space, FAR, CapRights.READ_WRITE, attributes));
            ObjectType wanted = Objects.requireNonNull(hydra.tableFor(bits));
            if (bits > 30) {
                assertEquals(missing, kernel.tableMap(lowest, space, FAR, attributes), "one that belongs further down");
            }
            assertEquals(KernelError.NO_ERROR, kernel.tableMap(make(wanted, 0), space, FAR, attributes));
            tables++;
        }
        assertEquals(hydra.tableLevels(), tables);
        assertEquals(KernelError.deleteFirst(), kernel.tableMap(make(named("UPPER_TABLE"), 0), space, FAR, attributes));
        assertEquals(KernelError.deleteFirst(), kernel.tableMap(lowest, space, FAR, attributes));
        assertEquals(KernelError.NO_ERROR, kernel.pageMap(page, space, FAR, CapRights.READ_WRITE, attributes));
        machine.rootMemory().store64(FAR, 8, 7);
        assertEquals(7, machine.rootMemory().load64(FAR, 8));
        assertEquals(
                KernelError.invalidArgument(0),
                kernel.pageMap(
                        make(ObjectType.SMALL_PAGE, 0), space, hydra.userTop(), CapRights.READ_WRITE, attributes));
        assertEquals(
                KernelError.invalidArgument(0),
                kernel.pageMap(make(ObjectType.SMALL_PAGE, 0), space, -1, CapRights.READ_WRITE, attributes),
                "its last byte would be at the start");
        assertEquals(
                KernelError.deleteFirst(),
                kernel.pageMap(make(ObjectType.SMALL_PAGE, 0), space, FAR, CapRights.READ_WRITE, attributes));
        assertEquals(KernelError.NO_ERROR, kernel.pageUnmap(page));
    }
}
