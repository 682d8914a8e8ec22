package org.allocman.check.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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

/** The rules hold where they should, and each mistake breaks one. */
class KernelRulesTest {
    private static KernelUnderTest booted(Function<Machine, Kernel> kernel) {
        Region memory = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 1 << 20);
        Region device = new Region("device", Region.Kind.DEVICE, 0x1000_0000L, 1 << 14);
        Board board = new Board("small", Architecture.RISCV64, List.of(memory, device), List.of());
        try {
            Machine machine = ManagedMachine.boot(board, new ManagedMachine.Pools(-1, 1 << 18));
            return new KernelUnderTest(kernel.apply(machine), machine.bootInfo(), RootSpace.of(machine));
        } catch (BootFailure failure) {
            throw new AssertionError(failure);
        }
    }

    private static List<Verdict> broken(Function<Machine, Kernel> kernel, long seed) {
        List<Verdict> broken = new ArrayList<>();
        for (KernelRule rule : KernelRules.all()) {
            Verdict verdict = KernelRules.ask(rule, () -> booted(kernel), seed);
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
                assertEquals(Verdict.Kind.HOLDS, verdict.kind(), () -> rule.name() + ": " + verdict);
                assertTrue(verdict.invocations() > 1, rule.name());
            }
        }
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
