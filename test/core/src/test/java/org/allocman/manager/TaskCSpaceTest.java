package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Boards;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.ThreadSpaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The CSpace of another task, made of our untypeds. */
class TaskCSpaceTest {
    private static final int SECOND_BITS = 4;
    private static final int IN_NODE = 1 << SECOND_BITS;

    private static Rig rig(String board, UntypedDesign manager) throws Exception {
        Rig rig = new Rig(Boards.byName(board), ManagedMachine.Pools.DEFAULT.withManager(manager));
        rig.allocman.trim();
        return rig;
    }

    private static TaskCSpace make(Rig rig, int firstBits) {
        long record = TaskCSpace.make(rig.allocman, firstBits, SECOND_BITS);
        assertTrue(record > 0, "made: " + record);
        return new TaskCSpace(rig.allocman, record);
    }

    private static void assertNothingIsLeft(Rig rig, String when) {
        rig.allocman.trim();
        assertEquals(List.of(), rig.brokenAnywhere(), when);
        assertTrue(rig.isWhole(), when);
        assertEquals(0, rig.allocman.statistics().virtualPagesMapped(), when);
    }

    @ParameterizedTest
    @CsvSource({"qemu-arm-virt, ARENA", "pc99, SPLIT", "precursor, ARENA", "tiny, SPLIT"})
    void secondLevelsComeAndGo(String board, @NamedDesign UntypedDesign manager) throws Exception {
        Rig rig = rig(board, manager);
        long endpoint = rig.allocman.allocate(ObjectType.ENDPOINT, 0, 0);
        TaskCSpace task = make(rig, 3);
        Kernel caps = rig.kernel;
        Slots kernels = new Slots(rig.machine.memory().words(), rig.allocman.architecture());
        long object = rig.allocman.untypeds().manager().physicalAddress(endpoint);
        List<Long> taken = new ArrayList<>();
        for (int i = 1; i < 8 * IN_NODE; i++) {
            long slot = task.takeSlot();
            assertEquals(i, slot, "the lowest first, and never slot 0");
            assertEquals(
                    KernelError.NO_ERROR,
                    caps.copy(
                            task.path(slot),
                            rig.vka.path(rig.allocman.untypeds().manager().slot(endpoint)),
                            CapRights.ALL));
            taken.add(slot);
        }
        assertEquals(8, task.nodes());
        assertEquals(Refusal.OUT_OF_SLOTS, task.takeSlot());
        long tcb = rig.allocman.allocate(ObjectType.TCB, 0, 0);
        long tcbSlot = rig.allocman.untypeds().manager().slot(tcb);
        assertEquals(
                KernelError.NO_ERROR,
                rig.kernel.tcbSetSpace(tcbSlot, new ThreadSpaces(0, task.root(), task.guard(), BootSlots.VSPACE, 0)));
        long root = kernels.at(rig.allocman.untypeds().manager().physicalAddress(tcb), TcbLayout.CSPACE);
        assertEquals(
                rig.allocman.architecture().wordBits(),
                kernels.cnode().guardSize(root) + kernels.cnode().radix(root) + SECOND_BITS,
                "the task's cptr is the slot's number");
        long node = kernels.at(kernels.object(root), 5);
        assertEquals(object, kernels.object(kernels.at(kernels.object(node), 3)));
        assertEquals(List.of(), rig.brokenAnywhere());
        for (long slot : taken) {
            assertEquals(0, task.freeSlot(slot));
            assertEquals(Refusal.STALE_HANDLE, task.freeSlot(slot));
        }
        assertEquals(1, task.nodes(), "one CNode stays, for whoever comes");
        task.trim();
        assertEquals(0, task.nodes());
        assertEquals(0, rig.allocman.free(tcb));
        assertEquals(0, rig.allocman.free(endpoint));
        assertEquals(0, task.destroy());
        assertNothingIsLeft(rig, "at the end");
    }

    @Test
    void slotsCanBeChosen() throws Exception {
        Rig rig = rig("qemu-riscv-virt", UntypedDesigns.ARENA);
        TaskCSpace task = make(rig, 3);
        assertEquals(0x25, task.takeSlotAt(0x25));
        assertEquals(1, task.nodes());
        assertEquals(Refusal.IN_USE, task.takeSlotAt(0x25));
        assertEquals(Refusal.NOT_MANAGED, task.takeSlotAt(0));
        assertEquals(Refusal.NOT_MANAGED, task.takeSlotAt(8 * IN_NODE));
        assertEquals(Refusal.ILLEGAL_SIZE, task.takeSlots(IN_NODE + 1));
        assertEquals(0x10, task.takeSlots(IN_NODE), "the first that is whole");
        assertEquals(3, task.nodes(), "in the first CNode slot 0 is no one's");
        assertEquals(0, task.destroy(), "with slots in use");
        assertNothingIsLeft(rig, "at the end");
        assertEquals(Refusal.ILLEGAL_SIZE, TaskCSpace.make(rig.allocman, 0, 4));
        assertEquals(Refusal.ILLEGAL_SIZE, TaskCSpace.make(rig.allocman, 10, 10), "one piece of memory is too small");
        assertTrue(TaskCSpace.make(rig.allocman, 9, 10) > 0);
    }

    @ParameterizedTest
    @CsvSource({"ARENA, false", "ARENA, true", "SPLIT, false", "SPLIT, true"})
    void everyRefusalIsClean(@NamedDesign UntypedDesign manager, boolean forEver) throws Exception {
        Rig rig = rig("tiny", manager);
        boolean failed = true;
        for (int n = 1; failed; n++) {
            rig.rewind();
            rig.kernel.failAt(n, forEver);
            long record = TaskCSpace.make(rig.allocman, 2, SECOND_BITS);
            if (record > 0) {
                work(new TaskCSpace(rig.allocman, record), rig);
            }
            failed = rig.kernel.hasFailed();
            rig.kernel.heal();
            if (record > 0) {
                assertEquals(0, new TaskCSpace(rig.allocman, record).destroy(), "after a refusal at " + n);
            }
            assertNothingIsLeft(rig, "after a refusal at " + n);
        }
    }

    private static void work(TaskCSpace task, Rig rig) {
        Kernel caps = rig.kernel;
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < 2 * IN_NODE + 5; i++) {
            int nodes = task.nodes();
            long slot = task.takeSlot();
            if (slot > 0) {
                taken.add(slot);
                if (i % 8 == 0) {
                    caps.copy(
                            task.path(slot),
                            rig.vka.path(rig.allocman.slots().cspace().root()),
                            CapRights.ALL);
                }
            } else {
                assertTrue(Refusal.isKernel(slot) || slot == Refusal.OUT_OF_BOOK_KEEPING, "refused: " + slot);
                assertEquals(nodes, task.nodes());
            }
        }
        for (long slot : taken) {
            long free = task.freeSlots();
            if (task.freeSlot(slot) != 0) {
                assertEquals(free, task.freeSlots());
            }
        }
        task.trim();
        assertNotEquals(0, task.root());
    }
}
