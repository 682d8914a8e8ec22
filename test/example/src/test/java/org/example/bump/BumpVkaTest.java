package org.example.bump;

import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.testkit.contract.VkaContract;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;

/** The contract of all allocators, kept by ours. */
class BumpVkaTest extends VkaContract {
    @Override
    protected Subject subject(UnaryOperator<Kernel> wrapper) {
        PlainMachine machine = PlainMachine.of(Architecture.RISCV64, 10, 0)
                .untyped(0x100_0000, 18, false)
                .untyped(0x200_0000, 14, true)
                .build();
        BumpVka vka = new BumpVka(wrapper.apply(machine.kernel()), machine.bootInfo());
        return new Subject(vka, machine.bootInfo().untypeds(), false, List::of, () -> "unknown");
    }
}
