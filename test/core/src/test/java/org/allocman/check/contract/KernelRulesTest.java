package org.allocman.check.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.allocman.check.contract.KernelRules.Verdict;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules hold where they should, and each mistake breaks one. */
class KernelRulesTest {
    /** What RISC-V without MCS does not have. */
    private static final Set<KernelPart> ELSEWHERE = EnumSet.of(KernelPart.MCS, KernelPart.PORTS);

    private static KernelUnderTest booted(Function<Machine, Kernel> kernel) {
        return booted(Architecture.RISCV64, kernel);
    }

    private static KernelUnderTest booted(Architecture architecture, Function<Machine, Kernel> kernel) {
        Region memory = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 1 << 20);
        Region device = new Region("device", Region.Kind.DEVICE, 0x1000_0000L, 1 << 14);
        Board board = new Board("small", architecture, List.of(memory, device), List.of());
        try {
            Machine machine = ManagedMachine.boot(board, new ManagedMachine.Pools(-1, 1 << 18));
            return new KernelUnderTest(kernel.apply(machine), machine.bootInfo(), RootSpace.of(machine));
        } catch (BootFailure failure) {
            throw new AssertionError(failure);
        }
    }

    private static List<Verdict> broken(Function<Machine, Kernel> kernel, long seed) {
        return broken(Architecture.RISCV64, kernel, seed);
    }

    private static List<Verdict> broken(Architecture architecture, Function<Machine, Kernel> kernel, long seed) {
        List<Verdict> broken = new ArrayList<>();
        for (KernelRule rule : KernelRules.all()) {
            Verdict verdict = KernelRules.ask(rule, () -> booted(architecture, kernel), seed);
            if (verdict.kind() == Verdict.Kind.BROKEN) {
                broken.add(verdict);
            }
        }
        return broken;
    }

    @Test
    void everyRuleHoldsForTheSimulatedKernelWithEverySeed() {
        for (long seed = 0; seed < 20; seed++) {
            for (KernelRule rule : KernelRules.all()) {
                Verdict verdict = KernelRules.ask(rule, () -> booted(Machine::kernel), seed);
                Verdict.Kind wanted = ELSEWHERE.contains(rule.part()) ? Verdict.Kind.LEFT_OUT : Verdict.Kind.HOLDS;
                assertEquals(wanted, verdict.kind(), () -> rule.name() + ": " + verdict);
                assertTrue(verdict.invocations() > (wanted == Verdict.Kind.HOLDS ? 1 : 0), rule.name());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x86_64, PORTS",
        "ia32, PORTS",
        "riscv64+mcs, MCS",
        "aarch32+mcs, MCS",
        "x86_64+mcs, MCS",
        "x86_64+mcs, PORTS"
    })
    void rulesOfWhatNotAllHaveHoldWhereItIs(String name, KernelPart part) {
        Architecture architecture = Objects.requireNonNull(Architecture.named(name));
        for (KernelRule rule : KernelRules.all()) {
            if (rule.part() == part) {
                Verdict verdict = KernelRules.ask(rule, () -> booted(architecture, Machine::kernel), KernelRules.SEED);
                assertEquals(Verdict.Kind.HOLDS, verdict.kind(), () -> rule.name() + ": " + verdict);
                assertTrue(verdict.invocations() > 1, rule.name());
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> everyMistakeWithWhatNotAllHaveIsFound() {
        return Stream.concat(
                mistakes("x86_64", KernelPart.PORTS, OptionMutants.ports()),
                mistakes("riscv64+mcs", KernelPart.MCS, OptionMutants.contexts()));
    }

    private static Stream<DynamicTest> mistakes(
            String name, KernelPart part, Map<String, Function<Machine, Kernel>> mutants) {
        Architecture architecture = Objects.requireNonNull(Architecture.named(name));
        return mutants.entrySet().stream()
                .map(mutant -> DynamicTest.dynamicTest(mutant.getKey(), () -> {
                    List<Verdict> broken = broken(architecture, mutant.getValue(), KernelRules.SEED);
                    assertTrue(
                            broken.stream().anyMatch(verdict -> verdict.rule().part() == part), broken::toString);
                }));
    }

    @Test
    void everyPartHasRulesAndNamesDiffer() {
        Set<KernelPart> parts = EnumSet.noneOf(KernelPart.class);
        Set<String> names = new TreeSet<>();
        for (KernelRule rule : KernelRules.all()) {
            parts.add(rule.part());
            assertTrue(names.add(rule.name()), rule.name());
            assertTrue(rule.says().endsWith("."), rule.says());
        }
        assertEquals(EnumSet.allOf(KernelPart.class), parts);
    }

    @TestFactory
    Stream<DynamicTest> everyMistakeIsFound() {
        Map<String, Function<Machine, Kernel>> mutants = KernelMutants.all();
        assertTrue(mutants.size() >= 40, "mutants: " + mutants.size());
        return mutants.entrySet().stream()
                .map(mutant -> DynamicTest.dynamicTest(mutant.getKey(), () -> {
                    List<Verdict> broken = broken(mutant.getValue(), KernelRules.SEED);
                    assertFalse(broken.isEmpty(), "no rule is broken");
                    for (Verdict verdict : broken) {
                        assertFalse(verdict.why().isBlank());
                        assertFalse(verdict.lines().isEmpty(), "the invocations are told");
                    }
                }));
    }

    /** The four methods that a kernel has to have are enough for what the manager needs always. */
    @Test
    void aKernelThatMovesAndCopiesNothingIsAskedToo() {
        Function<Machine, Kernel> least = machine -> new Kernel() {
            @Override
            public Architecture architecture() {
                return machine.kernel().architecture();
            }

            @Override
            public KernelError retype(
                    long untyped, int type, int size, long root, long index, int depth, long offset, int count) {
                return machine.kernel().retype(untyped, type, size, root, index, depth, offset, count);
            }

            @Override
            public KernelError delete(long root, long index, int depth) {
                return machine.kernel().delete(root, index, depth);
            }

            @Override
            public KernelError revoke(long root, long index, int depth) {
                return machine.kernel().revoke(root, index, depth);
            }
        };
        for (KernelRule rule : KernelRules.all()) {
            boolean isAsked = rule.level() == KernelLevel.MANAGER
                    && EnumSet.of(KernelPart.RETYPE, KernelPart.DERIVATION).contains(rule.part());
            if (isAsked) {
                Verdict verdict = KernelRules.ask(rule, () -> booted(least), KernelRules.SEED);
                assertEquals(Verdict.Kind.HOLDS, verdict.kind(), verdict::toString);
            }
        }
    }

    /** What the manager relies on is found broken by the rules that the manager needs, not by seL4's alone. */
    @Test
    void whatTheManagerReliesOnIsAmongWhatItNeeds() {
        for (String mistake : List.of(
                "revoke spares grandchildren",
                "revoke does nothing",
                "revoke takes the capability itself",
                "a frame that is revoked stays mapped",
                "frames are not cleared",
                "a map tells one level too high",
                "an untyped never begins anew after a delete",
                "some of many objects are made")) {
            List<Verdict> broken = broken(KernelMutants.all().get(mistake), KernelRules.SEED);
            assertTrue(
                    broken.stream().anyMatch(verdict -> verdict.rule().level() == KernelLevel.MANAGER),
                    () -> mistake + ": " + broken);
        }
    }
}
