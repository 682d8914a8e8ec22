package org.allocman.vka.vspace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Memory;
import org.allocman.vka.wrap.DebugVka;

/** The root task's address space on a small board, with a kernel that can be made to refuse. */
final class VSpaceRig {
    /** The last page of a table on every architecture, in a range where nothing is mapped at first. */
    static final long EDGE = 0x6140_0000L - 4096;

    final Machine machine;
    final FaultyKernel kernel;
    private final ManagedMachine managed;
    private final int start;
    DebugVka vka;
    VSpace vspace;

    VSpaceRig(Architecture architecture) throws Exception {
        Region ram = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 16 << 20);
        Board board = new Board("small", architecture, List.of(ram), List.of());
        machine = ManagedMachine.boot(board, ManagedMachine.Pools.DEFAULT);
        kernel = new FaultyKernel(machine.kernel());
        managed = ManagedMachine.manage(machine, ManagedMachine.Pools.DEFAULT, any -> kernel, GrowthListener.NONE)
                .get();
        start = machine.memory().startJournal();
        vka = new DebugVka(new AllocmanVka(managed.allocman()));
        vspace = new VSpace(vka, kernel, BootSlots.VSPACE);
    }

    /** Back to where nothing was mapped, with a new list of pages. */
    void rewind() {
        machine.memory().rewind(start);
        kernel.heal();
        vka = new DebugVka(new AllocmanVka(managed.allocman()));
        vspace = new VSpace(vka, kernel, BootSlots.VSPACE);
    }

    Memory memory() {
        return machine.rootMemory();
    }

    /** Writes a number to each page of a range. */
    void write(long vaddr, int count) {
        for (int i = 0; i < count; i++) {
            memory().store32(vaddr + i * 4096L, 8, 77 + i);
        }
    }

    void holds(long vaddr, int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(77 + i, memory().load32(vaddr + i * 4096L, 8), "page " + i);
        }
    }

    /** Nothing of what was mapped is left, in the kernel or in the allocator. */
    void isClean() {
        assertEquals(List.of(), vka.live());
        assertEquals(0, vspace.tables());
        assertEquals(0, vspace.pending());
        assertEquals(
                List.of(),
                KernelInvariants.check(
                        new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState())));
    }
}
