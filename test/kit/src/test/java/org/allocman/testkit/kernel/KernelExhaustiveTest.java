package org.allocman.testkit.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.testkit.invariants.KernelInvariants;
import org.allocman.testkit.invariants.KernelView;
import org.allocman.testkit.machine.ManagedMachine;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.junit.jupiter.api.Test;

/**
 * Every state that a few slots of the tiny board can reach in so many steps, breadth first: in each the kernel's laws hold,
 * a refusal has changed nothing, and going back leads to the very state before.
 */
class KernelExhaustiveTest {
    private static final int DEPTH = 7;
    private static final int SLOTS = 3;

    private final Machine machine;
    private final Kernel kernel;
    private final long first;
    private final List<Step> steps = new ArrayList<>();

    private interface Step {
        KernelError take();
    }

    /** A state as the steps that lead to it. */
    private record Path(int[] steps) {
        Path then(int step) {
            int[] longer = Arrays.copyOf(steps, steps.length + 1);
            longer[steps.length] = step;
            return new Path(longer);
        }
    }

    KernelExhaustiveTest() throws Exception {
        machine = ManagedMachine.boot(Boards.byName("tiny"), new ManagedMachine.Pools(4096, 0));
        kernel = machine.kernel();
        first = machine.bootInfo().empty().start();
        Untyped small = machine.bootInfo().untypeds().stream()
                .filter(untyped -> !untyped.device() && untyped.sizeBits() >= 11)
                .findFirst()
                .orElseThrow();
        for (long slot = first; slot < first + SLOTS; slot++) {
            addStepsInto(small.slot(), slot);
        }
    }

    private void addStepsInto(long untyped, long slot) {
        Architecture architecture = kernel.architecture();
        int endpoint = architecture.number(ObjectType.ENDPOINT);
        int cnode = architecture.number(ObjectType.CNODE);
        int smaller = architecture.number(ObjectType.UNTYPED);
        long next = first + (slot - first + 1) % SLOTS;
        int bits = architecture.wordBits();
        long root = BootSlots.CNODE;
        steps.add(() -> kernel.retype(untyped, endpoint, 0, root, 0, 0, slot, 1));
        steps.add(() -> kernel.retype(untyped, smaller, 6, root, 0, 0, slot, 1));
        steps.add(() -> kernel.retype(untyped, cnode, 1, root, 0, 0, slot, 1));
        steps.add(() -> kernel.retype(next, endpoint, 0, root, 0, 0, slot, 1));
        steps.add(() -> kernel.copy(root, slot, bits, root, next, bits, CapRights.READ_ONLY));
        steps.add(() -> kernel.mint(root, slot, bits, root, next, bits, CapRights.ALL, 1));
        steps.add(() -> kernel.move(root, slot, bits, root, next, bits));
        // into slot 1 of a CNode that may be in the next slot: its guard is empty, so one bit resolves it
        steps.add(() -> kernel.move(next, 1, 1, root, slot, bits));
        steps.add(() -> kernel.mutate(root, slot, bits, root, next, bits, 0));
        steps.add(() -> kernel.delete(root, slot, bits));
        steps.add(() -> kernel.revoke(root, slot, bits));
    }

    @Test
    void everyReachableStateKeepsTheLaws() {
        int start = machine.memory().startJournal();
        Set<Fingerprint> seen = new HashSet<>();
        Deque<Path> queue = new ArrayDeque<>();
        seen.add(machine.memory().fingerprint());
        queue.add(new Path(new int[0]));
        long generated = 0;
        while (!queue.isEmpty()) {
            Path path = queue.remove();
            machine.memory().rewind(start);
            for (int step : path.steps) {
                steps.get(step).take();
            }
            Fingerprint here = machine.memory().fingerprint();
            int checkpoint = machine.memory().checkpoint();
            for (int step = 0; step < steps.size(); step++) {
                KernelError answer = steps.get(step).take();
                generated++;
                Fingerprint there = machine.memory().fingerprint();
                if (answer.failed()) {
                    assertEquals(here, there, "a refusal changes nothing");
                } else if (seen.add(there)) {
                    Path longer = path.then(step);
                    assertEquals(List.of(), violations(), () -> "after steps " + Arrays.toString(longer.steps));
                    if (longer.steps.length < DEPTH) {
                        queue.add(longer);
                    }
                }
                machine.memory().rewind(checkpoint);
                assertEquals(here, machine.memory().fingerprint());
            }
        }
        assertTrue(seen.size() > 20_000, "distinct states: " + seen.size() + " of " + generated);
    }

    private List<String> violations() {
        return KernelInvariants.check(
                new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState()));
    }
}
