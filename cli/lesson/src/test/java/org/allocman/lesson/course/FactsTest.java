package org.allocman.lesson.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lesson.FullMemory;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.PoolTrials;
import org.allocman.lesson.Programs;
import org.allocman.lesson.RecordedTask;
import org.allocman.lesson.RootTask;
import org.allocman.lesson.Stage;
import org.allocman.lesson.TwoBoxes;
import org.allocman.lesson.TwoProcesses;
import org.allocman.manager.AllocmanVka;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.uvisor.heap.HeapRefusal;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.PageSize;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaObject;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.Pid;
import org.allocman.xous.process.Lend;
import org.junit.jupiter.api.Test;

/** What the lessons tell to have happened, happens. */
class FactsTest {
    private final Machine machine = SmallMachine.boot();
    private final RootTask task =
            new RootTask(machine.kernel(), machine.rootMemory(), machine.bootInfo(), machine.freeVirtualBase());
    private final Look look = new Look(machine);

    private void make(long untyped, ObjectType type, int size, long slot) {
        assertEquals(KernelError.NO_ERROR, task.retype(untyped, type, size, slot));
    }

    @SuppressWarnings("unchecked") // the lesson's name says what is on its desk
    private static <D> Stage<D> stage(String lesson) {
        return ((Lesson<D>) Programs.lesson(lesson)).start(kernel -> kernel);
    }

    @Test
    void untyped() {
        make(47, ObjectType.TCB, 0, 100);
        make(47, ObjectType.TCB, 0, 101);
        assertEquals(0x40010000L, look.object(100));
        assertEquals(0x40010800L, look.object(101));
        assertTrue(task.retype(22, ObjectType.ENDPOINT, 0, 102).failed());
        make(22, ObjectType.SMALL_PAGE, 0, 102);
        make(22, ObjectType.UNTYPED, 12, 103);
    }

    @Test
    void cspace() {
        assertEquals(9, look.slots().cnode().radix(look.slot(BootSlots.CNODE)));
        assertEquals(55, look.slots().cnode().guardSize(look.slot(BootSlots.CNODE)));
        make(47, ObjectType.CNODE, 4, 100);
        assertTrue(look.place(100, 0x25, 8) < 0);
        assertTrue(look.whyNoPlace(100, 0x25, 8).contains("DepthMismatch, 4 bits left"));
        assertEquals(look.slots().at(look.object(100), 5), look.place(100, 0x25, 4));
    }

    @Test
    void watermark() {
        make(45, ObjectType.CNODE, 5, 110);
        assertEquals(0x400, look.watermark(45));
        make(45, ObjectType.TCB, 0, 111);
        assertEquals(0x1000, look.watermark(45));
        make(45, ObjectType.SMALL_PAGE, 0, 112);
        assertEquals(0x2000, look.watermark(45));
        assertEquals(KernelError.notEnoughMemory(0), task.retype(45, ObjectType.CNODE, 5, 113));
        task.revoke(45);
        assertEquals(0x2000, look.watermark(45), "the old value stays visible");
        make(45, ObjectType.CNODE, 5, 113);
        assertEquals(0x400, look.watermark(45));
    }

    @Test
    void derivation() {
        Stage<RootTask> stage = stage("derivation");
        RootTask root = stage.desk();
        root.delete(130);
        List<String> facts = stage.facts().stream().map(Stage.Fact::toString).toList();
        assertTrue(facts.stream().anyMatch(fact -> fact.contains("slot 133") && fact.contains("badge 0x7")));
        root.revoke(133);
        assertTrue(!root.copy(300, 137, CapRights.ALL).failed(), "copies are no children of each other");
        root.revoke(111);
        assertTrue(stage.facts().toString().contains("slot 133, what=nothing"));
        assertTrue(root.mint(140, 112, CapRights.ALL, 5).failed(), "a badge stays");
    }

    @Test
    void circle() {
        make(47, ObjectType.SMALL_PAGE, 0, 51);
        List<Integer> bits = new ArrayList<>();
        long slot = 52;
        KernelError error = task.kernel().pageMap(51, RootTask.VSPACE, 0x40000000L, CapRights.READ_WRITE, 0);
        while (error.failed()) {
            bits.add((int) error.detail(2));
            make(47, ObjectType.PAGE_TABLE, 0, slot);
            assertFalse(task.kernel()
                    .tableMap(slot++, RootTask.VSPACE, 0x40000000L, 0)
                    .failed());
            error = task.kernel().pageMap(51, RootTask.VSPACE, 0x40000000L, CapRights.READ_WRITE, 0);
        }
        assertEquals(List.of(30, 21), bits);
        assertEquals(54, slot, "three slots");
    }

    @Test
    void staticPool() throws Exception {
        Stage<PoolTrials> stage = stage("static-pool");
        assertEquals(32768, stage.desk().boot(8192));
        assertEquals(0, stage.desk().boot(40960));
        assertEquals(0, stage.desk().boot(36864));
        // what the text tells of the usual board
        Board usual = Boards.byName("rpi4");
        assertEquals(16384, StaticPoolLesson.missing(usual, 8192, kernel -> kernel));
        assertEquals(0, StaticPoolLesson.missing(usual, 24576, kernel -> kernel));
        assertEquals(0, StaticPoolLesson.missing(usual, 20480, kernel -> kernel));
        assertTrue(untypeds(8192) > untypeds(20480), "a smaller image leaves more untypeds");
    }

    private static int untypeds(long pool) throws Exception {
        Machine rpi4 = ManagedMachine.boot(Boards.byName("rpi4"), new ManagedMachine.Pools(pool, 0));
        return (int) rpi4.bootInfo().untypeds().stream()
                .filter(untyped -> !untyped.device())
                .count();
    }

    @Test
    void virtualPool() {
        Stage<RecordedTask> stage = stage("virtual-pool");
        RecordedTask desk = stage.desk();
        assertFalse(desk.make(desk.firstPage(), 47, ObjectType.SMALL_PAGE, 51).failed());
        assertTrue(desk.mapPage(51, desk.window()).failed(), "a page table is missing");
        assertFalse(
                desk.make(desk.firstPage() + 64, 47, ObjectType.PAGE_TABLE, 52).failed());
        assertFalse(desk.mapTable(52, desk.window()).failed());
        assertFalse(desk.mapPage(51, desk.window()).failed(), "one was enough");
    }

    @Test
    void fragmentation() {
        Stage<FullMemory> stage = stage("fragmentation");
        assertEquals(44, stage.desk().pages().size());
        for (UntypedDesign kind : List.of(UntypedDesigns.SPLIT, UntypedDesigns.ARENA)) {
            var allocman = SmallMachine.managed(kind);
            Vka vka = new AllocmanVka(allocman);
            List<VkaObject> pages = FragmentationLesson.fill(vka);
            for (int i = 0; i < pages.size(); i += 2) {
                assertTrue(vka.free(pages.get(i)).isEmpty());
            }
            assertEquals(
                    12, allocman.untypeds().statistics().of(MemoryKind.KERNEL).largestFree(), kind::name);
        }
    }

    @Test
    void xous() {
        Stage<TwoProcesses> stage = stage("xous");
        TwoProcesses desk = stage.desk();
        PageAllocations allocations = desk.xous().allocations();
        long letter = allocations.find(
                desk.xous().virtToPhys(desk.writer(), desk.letter()).get());
        long gift = allocations.find(
                desk.xous().virtToPhys(desk.writer(), desk.gift()).get());
        Lend lend = desk.xous()
                .lend(desk.writer(), desk.letter(), PageSize.PAGE, desk.reader(), false)
                .get();
        assertTrue(desk.xous().exit(desk.writer()).isEmpty());
        assertEquals(Pid.KERNEL, allocations.owner(letter));
        assertEquals(Pid.FREE, allocations.owner(gift));
        assertTrue(desk.xous()
                .returnMemory(desk.reader(), lend.number(), lend.range().start(), PageSize.PAGE)
                .isEmpty());
        assertEquals(Pid.FREE, allocations.owner(letter));
    }

    @Test
    void uvisor() {
        Stage<TwoBoxes> stage = stage("uvisor");
        TwoBoxes desk = stage.desk();
        assertTrue(desk.uvisor().plan().geometry().count() > 12);
        desk.uvisor().enterBox(desk.logger());
        assertEquals(HeapRefusal.QUOTA_EXCEEDED, HeapRefusal.of(desk.uvisor().mallocBlock(1)));
        assertTrue(desk.uvisor().endThread(desk.oldThread()));
        assertEquals(0, desk.uvisor().pool().owned(desk.logger()));
        assertTrue(desk.uvisor().mallocBlock(1) > 0);
    }
}
