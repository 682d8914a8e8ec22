package org.allocman.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapException;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.InitialState;
import org.allocman.check.contract.RootSpace;
import org.allocman.manager.AllocmanVka;
import org.allocman.testkit.contract.KernelContract;
import org.allocman.testkit.contract.VkaContract;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.wire.RemoteMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** What is on the other end of the wire keeps every contract that it keeps on this one. */
class RemoteContractsTest {
    private static final LocalServer SERVER = LocalServer.usual();

    private final List<RemoteMachine> machines = new ArrayList<>();

    @AfterEach
    void closeMachines() {
        machines.forEach(RemoteMachine::close);
        machines.clear();
    }

    private RemoteMachine boot(String which) {
        RemoteMachine machine = SERVER.boot(which);
        machines.add(machine);
        return machine;
    }

    private KernelContract.Subject kernel(Architecture architecture) {
        RemoteMachine machine = boot("as " + architecture.text());
        return new KernelContract.Subject(machine.kernel(), machine.bootInfo(), RootSpace.of(machine));
    }

    @Nested
    class Aarch64 extends KernelContract {
        @Override
        protected Subject subject() {
            return kernel(Architecture.AARCH64);
        }
    }

    @Nested
    class Riscv32 extends KernelContract {
        @Override
        protected Subject subject() {
            return kernel(Architecture.RISCV32);
        }
    }

    /** An allocator on the other end. */
    @Nested
    class TheirManager extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            RemoteMachine machine = boot("managed");
            return new Subject(
                    machine.vka(),
                    machine.bootInfo().untypeds(),
                    true,
                    () -> machine.check().isEmpty() ? List.of() : List.of(machine.check()),
                    machine::fingerprint);
        }
    }

    /** An allocator on this end, on a kernel and in a memory on the other. */
    @Nested
    class OurManager extends VkaContract {
        @Override
        protected Subject subject(UnaryOperator<Kernel> wrapper) {
            RemoteMachine machine = boot("bare");
            BootstrapOptions options = BootstrapOptions.fixed(machine.poolBase(), machine.poolBytes())
                    .withVirtualPool(machine.freeBase(), 1 << 18);
            return new Subject(
                    new AllocmanVka(Bootstrap.start(
                                    wrapper.apply(machine.kernel()),
                                    machine.memory(),
                                    InitialState.of(machine.bootInfo()),
                                    options)
                            .getOrElseThrow(BootstrapException::new)),
                    machine.bootInfo().untypeds(),
                    true,
                    List::of,
                    machine::fingerprint);
        }
    }
}
