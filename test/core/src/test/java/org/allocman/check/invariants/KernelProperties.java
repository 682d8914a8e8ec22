package org.allocman.check.invariants;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.lab.kernel.CapabilityJudge;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;

/** Whatever is invoked, the laws hold; and what is done again after a rewind ends the same. */
class KernelProperties {
    private static final int ROOT_BITS = 8;

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void lawsHoldAfterEveryInvocation(
            @ForAll("architectures") Architecture architecture, @ForAll @Size(min = 10, max = 120) List<Long> history) {
        Machine machine = boot(architecture);
        CapabilityJudge judge = judge(machine, machine.kernel());
        RandomInvocations invocations = invocations(machine, judge);
        for (long seed : history) {
            invocations.look(machine.rootMemory());
            invocations.apply(seed);
            String wrong = judge.wrong();
            if (wrong != null) {
                throw new AssertionError("seed " + seed + " breaks " + wrong);
            }
            List<String> broken =
                    KernelInvariants.check(new KernelView(machine.memory(), architecture, machine.kernelState()));
            if (!broken.isEmpty()) {
                throw new AssertionError("seed " + seed + " breaks\n" + String.join("\n", broken));
            }
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void forwardAgainEndsTheSame(
            @ForAll("architectures") Architecture architecture,
            @ForAll @Size(min = 10, max = 200) List<Long> history,
            @ForAll @IntRange(max = 200) int stop) {
        Machine machine = boot(architecture);
        RandomInvocations invocations = invocations(machine);
        PhysicalMemory memory = machine.memory();
        int start = memory.startJournal();
        Fingerprint before = memory.fingerprint();
        int turn = Math.min(stop, history.size());
        history.subList(0, turn).forEach(invocations::apply);
        int checkpoint = memory.checkpoint();
        Fingerprint halfway = memory.fingerprint();
        history.subList(turn, history.size()).forEach(invocations::apply);
        Fingerprint end = memory.fingerprint();
        memory.rewind(checkpoint);
        expect(halfway, memory.fingerprint());
        history.subList(turn, history.size()).forEach(invocations::apply);
        expect(end, memory.fingerprint());
        memory.rewind(start);
        expect(before, memory.fingerprint());
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void refusalsChangeNothing(
            @ForAll("architectures") Architecture architecture, @ForAll @Size(min = 10, max = 200) List<Long> history) {
        Machine machine = boot(architecture);
        RandomInvocations invocations = invocations(machine);
        machine.memory().startJournal();
        for (long seed : history) {
            Fingerprint before = machine.memory().fingerprint();
            if (invocations.apply(seed).failed()) {
                expect(before, machine.memory().fingerprint());
            }
        }
    }

    private static void expect(Fingerprint expected, Fingerprint found) {
        if (!expected.equals(found)) {
            throw new AssertionError("expected " + expected + " but found " + found);
        }
    }

    private static Machine boot(Architecture architecture) {
        Region memory = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 1 << 20);
        Region device = new Region("device", Region.Kind.DEVICE, 0x1000_0000L, 1 << 14);
        Board board = new Board("small", architecture, List.of(memory, device), List.of());
        try {
            return Machine.boot(board, BootConfig.defaults(board).withRootCNodeBits(ROOT_BITS));
        } catch (BootFailure failure) {
            throw new AssertionError(failure);
        }
    }

    private static CapabilityJudge judge(Machine machine, Kernel kernel) {
        long first = machine.bootInfo().untyped().start();
        int count = (int) ((1L << ROOT_BITS) - first);
        return new CapabilityJudge(kernel, machine.memory(), machine.kernelState(), first, count);
    }

    private static RandomInvocations invocations(Machine machine) {
        return invocations(machine, machine.kernel());
    }

    private static RandomInvocations invocations(Machine machine, Kernel kernel) {
        return new RandomInvocations(
                kernel,
                machine.memory(),
                machine.kernelState(),
                machine.bootInfo().untyped().start(),
                machine.freeVirtualBase());
    }

    @Provide
    Arbitrary<Architecture> architectures() {
        return Arbitraries.of(Stream.concat(Stream.of(Architecture.values()), Stream.of(Architecture.configured()))
                .toList());
    }
}
