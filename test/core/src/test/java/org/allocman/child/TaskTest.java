package org.allocman.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.kernel.paging.TaskSpace;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelScheduling.Allotment;
import org.allocman.vka.Memory;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.Untyped;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.allocman.vka.task.Task;
import org.allocman.vka.task.TaskOptions;
import org.allocman.vka.wrap.VkaScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks whole, and memory that is handed over to them. */
class TaskTest {
    private static final long BUFFER = 0x1000_0000L;
    private static final int RADIX = 10;

    private static List<Architecture> kernels() {
        return List.of(
                Architecture.X86_64,
                Architecture.AARCH64,
                Architecture.AARCH32,
                Architecture.RISCV64,
                Architecture.RISCV32,
                named("riscv64+mcs"),
                named("aarch32+mcs"));
    }

    private static Architecture named(String name) {
        Architecture found = Architecture.named(name);
        if (found == null) {
            throw new AssertionError(name);
        }
        return found;
    }

    private static TaskOptions options(ChildMachine machine, VkaObject endpoint) {
        TaskOptions options = TaskOptions.ofRootTask(RADIX, BUFFER)
                .withFaultEndpoint(endpoint.cptr(), 7)
                .withPriority(10, 20);
        return machine.kernel.architecture().hasMcs()
                ? options.withTime(
                        machine.machine.bootInfo().schedControl().start(), new Allotment(1_000, 10_000, 0, 0, false))
                : options;
    }

    private static Memory memoryOf(Machine machine, Task task) {
        long root = new Slots(machine.memory().words(), machine.board().architecture())
                .object(slotOf(machine, task.objects().vspace().cptr()));
        return machine.memory()
                .window(new TaskSpace(machine.memory().words(), machine.board().architecture(), root));
    }

    private static long slotOf(Machine machine, long cptr) {
        Slots slots = new Slots(machine.memory().words(), machine.board().architecture());
        long tcb = KernelState.thread(machine.memory().words(), machine.kernelState());
        return slots.at(slots.object(slots.at(tcb, TcbLayout.CSPACE)), cptr);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aTaskLoadsAndStoresInItsOwnPages(Architecture architecture) {
        ChildMachine machine = ChildMachine.of(architecture);
        VkaObject endpoint = machine.vka.endpoint().get();
        Task task = Task.make(machine.vka, machine.kernel, options(machine, endpoint))
                .getOrElseThrow(why -> new AssertionError(why));
        Memory memory = memoryOf(machine.machine, task);
        memory.store64(BUFFER, 0, 42);
        assertEquals(42, memory.load64(BUFFER, 0));
        assertThrows(MemoryFault.class, () -> memory.load64(BUFFER + 4096, 0));
        assertEquals(Option.none(), task.pages().map(BUFFER + 4096, 3, CapRights.READ_WRITE));
        memory.store64(BUFFER + 3 * 4096, 8, 43);
        assertEquals(43, memory.load64(BUFFER + 3 * 4096, 8));
        Slots slots = new Slots(machine.machine.memory().words(), architecture);
        long cnode = slots.object(slotOf(machine.machine, task.objects().cnode().cptr()));
        for (long slot :
                new long[] {BootSlots.TCB, BootSlots.CNODE, BootSlots.VSPACE, BootSlots.IPC_BUFFER, Task.FAULT_ENDPOINT
                }) {
            assertTrue(!slots.isEmpty(slots.at(cnode, slot)), "slot " + slot);
        }
        assertEquals(architecture.hasMcs(), !slots.isEmpty(slots.at(cnode, Task.REPLY)));
        assertEquals(architecture.hasMcs(), !slots.isEmpty(slots.at(cnode, BootSlots.SCHED_CONTEXT)));
        for (long slot = Task.FIRST_FREE; slot < task.slotEnd(); slot++) {
            assertTrue(slots.isEmpty(slots.at(cnode, slot)));
        }
        assertEquals(List.of(), machine.check());
        assertEquals(Option.none(), task.giveBack());
        assertEquals(Option.none(), task.giveBack(), "twice is harmless");
        machine.vka.freeOrThrow(endpoint);
        machine.isWhole("in the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aarch64", "riscv64+mcs", "aarch32+mcs"})
    void aRefusalAtAnyStepLeavesNothing(String name) {
        boolean refused = true;
        for (int n = 1; refused; n++) {
            for (boolean forEver : new boolean[] {false, true}) {
                FaultyKernel[] faulty = new FaultyKernel[1];
                ChildMachine machine =
                        new ChildMachine(named(name), UntypedDesigns.ARENA, CSpaceGeometry.CURRENT, kernel -> {
                            faulty[0] = new FaultyKernel(kernel);
                            return faulty[0];
                        });
                VkaObject endpoint = machine.vka.endpoint().get();
                VkaScope scope = new VkaScope(machine.vka);
                faulty[0].failAt(n, forEver);
                Either<VkaError, Task> task = Task.make(scope, machine.kernel, options(machine, endpoint));
                refused = faulty[0].hasFailed();
                faulty[0].heal();
                if (task.isRight()) {
                    assertEquals(Option.none(), task.get().giveBack());
                }
                if (forEver) {
                    scope.close();
                }
                machine.vka.freeOrThrow(endpoint);
                machine.isWhole(name + " at " + n + (forEver ? " for ever" : ""));
            }
        }
    }

    @Test
    void givingBackGoesOnWhereItWasRefused() {
        boolean refused = true;
        for (int n = 1; refused; n++) {
            FaultyKernel[] faulty = new FaultyKernel[1];
            ChildMachine machine =
                    new ChildMachine(Architecture.X86_64, UntypedDesigns.ARENA, CSpaceGeometry.CURRENT, kernel -> {
                        faulty[0] = new FaultyKernel(kernel);
                        return faulty[0];
                    });
            Task task = Task.make(machine.vka, machine.kernel, TaskOptions.ofRootTask(RADIX, BUFFER))
                    .get();
            assertEquals(Option.none(), task.pages().map(BUFFER + 4096, 3, CapRights.READ_ONLY));
            faulty[0].failAt(n, false);
            Option<VkaError> first = task.giveBack();
            refused = faulty[0].hasFailed();
            faulty[0].heal();
            assertEquals(refused && first.isDefined(), first.isDefined());
            assertEquals(Option.none(), task.giveBack());
            machine.isWhole("at " + n);
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void aTaskStartsAManagerOnWhatItWasHanded(UntypedDesign design) {
        ChildMachine machine = new ChildMachine(Architecture.RISCV64, design, CSpaceGeometry.CURRENT, kernel -> kernel);
        Task task = Task.make(machine.vka, machine.kernel, TaskOptions.ofRootTask(RADIX, BUFFER))
                .get();
        HandOver given = HandOver.amount(machine.vka, machine.kernel, task.path(Task.FIRST_FREE), 8, 5 * 4096 - 100)
                .getOrElseThrow(why -> new AssertionError(why));
        assertEquals(5 * 4096, given.bytes());
        assertEquals(2, given.untypeds().size(), "four pages, and one");
        Slots slots = new Slots(machine.machine.memory().words(), Architecture.RISCV64);
        long cnode = slots.object(slotOf(machine.machine, task.objects().cnode().cptr()));
        for (Untyped untyped : given.untypeds()) {
            assertEquals(untyped.paddr(), slots.object(slots.at(cnode, untyped.slot())));
        }
        assertEquals(Option.none(), task.pages().map(BUFFER + 0x10000, 1, CapRights.READ_WRITE));
        Memory memory = memoryOf(machine.machine, task);
        given.writeTable(Architecture.RISCV64, memory, BUFFER + 0x10000);
        assertEquals(given.untypeds().get(1).paddr(), memory.load64(BUFFER + 0x10000, 16));
        assertEquals(12, memory.load64(BUFFER + 0x10000, 24));
        assertEquals(Option.none(), given.takeBack(machine.vka));
        assertEquals(Option.none(), given.takeBack(machine.vka), "twice is harmless");
        for (Untyped untyped : given.untypeds()) {
            assertTrue(slots.isEmpty(slots.at(cnode, untyped.slot())));
        }
        assertEquals(Option.none(), task.giveBack());
        machine.isWhole("in the end");
    }

    private static List<UntypedDesign> designs() {
        return List.of(UntypedDesigns.ARENA, UntypedDesigns.SPLIT);
    }

    /** The task's thread runs, in its own CSpace and address space, and manages what it was handed. */
    @Test
    void aTaskManagesAllThatIsLeft() {
        ChildMachine machine = ChildMachine.of(Architecture.AARCH64);
        Task task = Task.make(machine.vka, machine.kernel, TaskOptions.ofRootTask(RADIX, BUFFER))
                .get();
        int poolPages = 40;
        assertEquals(Option.none(), task.pages().map(BUFFER + 0x10000, poolPages, CapRights.READ_WRITE));
        assertTrue(machine.parent.fillReserves());
        HandOver given = HandOver.all(machine.vka, machine.kernel, task.path(Task.FIRST_FREE), 100)
                .get();
        assertTrue(given.bytes() > 1 << 19, "most of the board: " + given.bytes());
        long thread = new Slots(machine.machine.memory().words(), Architecture.AARCH64)
                .object(slotOf(machine.machine, task.objects().tcb().cptr()));
        KernelState.setThread(machine.machine.memory().words(), machine.machine.kernelState(), thread);
        long firstFree = Task.FIRST_FREE + given.untypeds().size();
        Allocman own = Bootstrap.start(
                        machine.kernel,
                        machine.machine.rootMemory(),
                        given.initialState(Architecture.AARCH64, firstFree, task.slotEnd()),
                        BootstrapOptions.fixed(BUFFER + 0x10000, (long) poolPages * 4096))
                .getOrElseThrow(why -> new AssertionError(why.message()));
        AllocmanVka vka = new AllocmanVka(own);
        for (int i = 0; i < 60; i++) {
            assertTrue(vka.smallPage().isRight());
        }
        assertTrue(vka.untyped(16).isRight());
    }

    @Test
    void whatCannotBeHandedOverIsRefusedAndNothingIs() {
        ChildMachine machine = ChildMachine.of(Architecture.X86_64);
        Task task = Task.make(machine.vka, machine.kernel, TaskOptions.ofRootTask(RADIX, BUFFER))
                .get();
        for (long bytes : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertEquals(Reason.ILLEGAL_SIZE, amount(machine, task, 8, bytes));
        }
        assertEquals(Reason.OUT_OF_SLOTS, amount(machine, task, 2, 7 * 4096));
        assertEquals(Reason.OUT_OF_SLOTS, amount(machine, task, 0, 1));
        assertEquals(Reason.OUT_OF_UNTYPED, amount(machine, task, 1000, 1L << 30));
        HandOver one = HandOver.amount(machine.vka, machine.kernel, task.path(Task.FIRST_FREE), 1, 4096)
                .get();
        assertEquals(Reason.KERNEL_REFUSED, amount(machine, task, 4, 4096), "the slot is not empty");
        assertEquals(Option.none(), one.takeBack(machine.vka));
        assertEquals(Option.none(), task.giveBack());
        machine.isWhole("in the end");
    }

    private static Reason amount(ChildMachine machine, Task task, int slots, long bytes) {
        return HandOver.amount(machine.vka, machine.kernel, task.path(Task.FIRST_FREE), slots, bytes)
                .getLeft()
                .reason();
    }

    @Test
    void aRefusedHandOverLeavesNothing() {
        boolean refused = true;
        for (int n = 1; refused; n++) {
            FaultyKernel[] faulty = new FaultyKernel[1];
            ChildMachine machine =
                    new ChildMachine(Architecture.X86_64, UntypedDesigns.ARENA, CSpaceGeometry.CURRENT, kernel -> {
                        faulty[0] = new FaultyKernel(kernel);
                        return faulty[0];
                    });
            Task task = Task.make(machine.vka, machine.kernel, TaskOptions.ofRootTask(RADIX, BUFFER))
                    .get();
            faulty[0].failAt(n, false);
            Either<VkaError, HandOver> given =
                    HandOver.amount(machine.vka, machine.kernel, task.path(Task.FIRST_FREE), 8, 7 * 4096);
            refused = faulty[0].hasFailed();
            faulty[0].heal();
            given.forEach(there -> assertEquals(Option.none(), there.takeBack(machine.vka)));
            assertEquals(Option.none(), task.giveBack());
            machine.isWhole("at " + n);
        }
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> TaskOptions.ofRootTask(4, BUFFER));
        assertThrows(IllegalArgumentException.class, () -> TaskOptions.ofRootTask(8, BUFFER + 8));
        assertThrows(
                IllegalArgumentException.class,
                () -> TaskOptions.ofRootTask(8, BUFFER).withPriority(256, 0));
        ChildMachine machine = ChildMachine.of(Architecture.MPU);
        assertEquals(
                Reason.UNSUPPORTED,
                Task.make(machine.vka, machine.kernel, TaskOptions.ofRootTask(8, BUFFER))
                        .getLeft()
                        .reason());
    }
}
