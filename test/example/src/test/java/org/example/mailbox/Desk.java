package org.example.mailbox;

import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapException;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.manager.Allocman;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;

/** A machine with a device of 64 pages at 0x1000_0000, a manager on it, and the mailboxes to be tested. */
final class Desk {
    static final long DEVICE = 0x1000_0000;
    static final int COUNT = 8;

    final PlainMachine machine = PlainMachine.of(Architecture.RISCV64, 10, 0x8000)
            .untyped(0x100_0000, 16, false)
            .untyped(DEVICE, 18, true)
            .build();
    final Allocman allocman;
    final long table;
    final Mailboxes mailboxes;

    Desk(UnaryOperator<Kernel> wrapper) {
        this(wrapper, COUNT);
    }

    Desk(UnaryOperator<Kernel> wrapper, int count) {
        allocman = Bootstrap.inCurrentCSpace(
                        wrapper.apply(machine.kernel()),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .getOrElseThrow(BootstrapException::new);
        table = allocman.memory().allocate(Mailboxes.tableBytes(count));
        mailboxes = new Mailboxes(allocman, machine.rootMemory(), table, DEVICE, count);
        mailboxes.initialise();
    }

    /** The laws of the kernel that are broken. */
    List<String> broken() {
        return KernelInvariants.check(
                new KernelView(machine.memory(), Architecture.RISCV64, machine.kernelState()));
    }
}
