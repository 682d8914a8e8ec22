package org.allocman.testkit.example;

import java.util.function.UnaryOperator;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.testkit.contract.VkaContract;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;

/** How another implementation is put under the contract: a machine for it, and the allocator made on it. */
class BuddyVkaTest extends VkaContract {
    @Override
    protected Subject subject(UnaryOperator<Kernel> wrapper) {
        PlainMachine machine = PlainMachine.of(Architecture.RISCV64, 10, 0)
                .untyped(0x100_0000, 17, false)
                .untyped(0x200_0000, 14, true)
                .build();
        BuddyVka vka = new BuddyVka(wrapper.apply(machine.kernel()), machine.bootInfo());
        return Subject.of(vka, machine.bootInfo().untypeds());
    }
}
