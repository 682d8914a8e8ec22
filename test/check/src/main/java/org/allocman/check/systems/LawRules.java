package org.allocman.check.systems;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.action.SubjectRule;
import org.allocman.check.invariants.Invariant;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.check.invariants.LawTargets;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.Fingerprint;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The laws of a machine's kernel as rules of a subject. A state is looked at once, however many laws are asked. */
final class LawRules {
    private final Machine machine;
    private @Nullable KernelView view;
    private @Nullable Fingerprint of;

    LawRules(Machine machine) {
        this.machine = machine;
    }

    List<SubjectRule> all() {
        List<SubjectRule> rules = new ArrayList<>();
        for (Invariant<KernelView> law : KernelInvariants.ALL) {
            rules.add(SubjectRule.ofStates(law.name(), () -> LawTargets.has(law, view())));
        }
        return rules;
    }

    private KernelView view() {
        Fingerprint now = machine.memory().fingerprint();
        KernelView known = view;
        Fingerprint before = of;
        if (known == null || before == null || !now.equals(before)) {
            known = new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState());
            view = known;
            of = now;
        }
        return known;
    }
}
