package org.allocman.xous;

import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapException;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.lab.machine.CountingMemory;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.testkit.contract.ResourceTypeContract;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.PageSize;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.NamedRange;

/** The pages of Xous, frames at their own addresses while somebody owns them, with the owners' table as an array. */
class XousPagesContractTest extends ResourceTypeContract {
    private static final long RAM = 0x4000_0000L;
    private static final int NODE = 1024;
    private static final int TABLE = 4032;

    @Override
    protected Subject subject(int units, UnaryOperator<Kernel> wrapper) {
        PlainMachine machine = PlainMachine.of(Architecture.RISCV64, 11, 0x20000)
                .untyped(0x100_0000, 16, false)
                .untyped(RAM, 18, false)
                .build();
        Allocman allocman = Bootstrap.inCurrentCSpace(
                        wrapper.apply(machine.kernel()),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .getOrElseThrow(BootstrapException::new);
        long table = allocman.memory().allocate(TABLE);
        NodeStore nodes = new NodeStore() {
            @Override
            public long take() {
                return Math.max(0, allocman.memory().allocate(NODE));
            }

            @Override
            public void giveBack(long node) {
                allocman.memory().free(node, NODE);
            }
        };
        CountingMemory counting = new CountingMemory(machine.rootMemory());
        TablesLayout layout = new TablesLayout(table, whitelist(units), TableForm.ARRAY);
        PageAllocations allocations = allocations(layout, machine.rootMemory(), counting, nodes, allocman);
        allocations.initialise();
        machine.memory().startJournal();
        return new Subject(
                new XousPages(allocations),
                new XousPages(allocations(layout, machine.rootMemory(), machine.rootMemory(), nodes, allocman)),
                List.of(2, 3, 255),
                300,
                counting::accesses,
                () -> List.of(
                        machine.memory().fingerprint().high(),
                        machine.memory().fingerprint().low()),
                true,
                () -> KernelInvariants.check(
                        new KernelView(machine.memory(), Architecture.RISCV64, machine.kernelState())));
    }

    private static PageAllocations allocations(
            TablesLayout layout, Memory plain, Memory counting, NodeStore nodes, Allocman allocman) {
        return layout.allocations(counting, nodes, layout.frames(plain, nodes, new AllocmanVka(allocman)));
    }

    private static Whitelist whitelist(int units) {
        try {
            return Whitelist.of(List.of(new NamedRange("RAM ", RAM, units * PageSize.PAGE)), List.of(), 1L << 52);
        } catch (ArgumentsException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
