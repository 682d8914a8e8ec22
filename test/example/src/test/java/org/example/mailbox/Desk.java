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

/** A machine with a device of eight pages at 0x1000_0000, a manager on it, and the mailboxes to be tested. */
final class Desk {
    static final long DEVICE = 0x1000_0000;
    static final int COUNT = 8;

    final PlainMachine machine = PlainMachine.of(Architecture.RISCV64, 10, 0x4000)
            .untyped(0x100_0000, 16, false)
            .untyped(DEVICE, 15, true)
            .build();
    final Allocman allocman;
    final Mailboxes mailboxes;

    Desk(UnaryOperator<Kernel> stand) {
        allocman = Bootstrap.inCurrentCSpace(
                        stand.apply(machine.kernel()),
                        machine.rootMemory(),
                        machine.bootInfo(),
                        BootstrapOptions.fixed(machine.pool(), machine.poolBytes()))
                .getOrElseThrow(BootstrapException::new);
        long table = allocman.memory().allocate(Mailboxes.tableBytes(COUNT));
        mailboxes = new Mailboxes(allocman, machine.rootMemory(), table, DEVICE, COUNT);
        mailboxes.initialise();
    }

    /** The laws of the kernel that are broken. */
    List<String> broken() {
        return KernelInvariants.check(
                new KernelView(machine.memory(), Architecture.RISCV64, machine.kernelState()));
    }
}
