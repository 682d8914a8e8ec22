package org.allocman.check.invariants;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.allocman.sim.kernel.Bindings;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.ControlKind;
import org.allocman.sim.kernel.VcpuBindings;
import org.allocman.sim.kernel.paging.Mappings;
import org.allocman.vka.ObjectType;

/**
 * Whether a law of the kernel has anything to look at in a state: where there is no zombie, the law about zombies holds and says
 * nothing. Laws that are not among these have something to look at wherever there is a capability.
 */
public final class LawTargets {
    private static final Map<String, Predicate<KernelView>> TARGETS = Map.ofEntries(
            Map.entry(KernelInvariants.VALID_UNTYPED.name(), LawTargets::hasObjectInUntyped),
            Map.entry(KernelInvariants.UNTYPED_MDB.name(), LawTargets::hasObjectInUntyped),
            Map.entry(KernelInvariants.CAPS_NO_OVERLAP.name(), LawTargets::hasObjectInUntyped),
            Map.entry(KernelInvariants.UNTYPED_INC.name(), LawTargets::hasUntypedInUntyped),
            Map.entry(KernelInvariants.CAPS_OVERLAP_RESERVED.name(), LawTargets::hasUntypedInUntyped),
            Map.entry(KernelInvariants.DESCENDANTS_RANGE.name(), LawTargets::hasInnerOfUntyped),
            Map.entry(KernelInvariants.DESCENDANTS_INC.name(), LawTargets::hasDescendant),
            Map.entry(KernelInvariants.VALID_BADGES.name(), LawTargets::hasBadgeBehindAnother),
            Map.entry(KernelInvariants.VALID_REVOKABLE.name(), LawTargets::hasRevocableObject),
            Map.entry(KernelInvariants.MDB_CHUNKED.name(), LawTargets::hasTwoOfOneObject),
            Map.entry(KernelInvariants.IS_DERIVED.name(), LawTargets::hasDerivedRights),
            Map.entry(KernelInvariants.ZOMBIES_FINAL.name(), LawTargets::hasZombie),
            Map.entry(KernelInvariants.CAP_REFS_RESPECTS_DEVICE_REGION.name(), LawTargets::hasObjectInDeviceMemory),
            Map.entry(KernelInvariants.VALID_VS_LOOKUP.name(), LawTargets::hasMapping),
            Map.entry(KernelInvariants.UNIQUE_TABLE_REFS.name(), LawTargets::hasMapping),
            Map.entry(KernelInvariants.TLB_FRESH.name(), LawTargets::hasTranslation),
            Map.entry(KernelInvariants.VALID_IRQ_HANDLERS.name(), view -> hasControl(view, ControlKind.IRQ_HANDLER)),
            Map.entry(KernelInvariants.VALID_IRQ_NODE.name(), LawTargets::hasSignal),
            Map.entry(KernelInvariants.SYM_REFS.name(), LawTargets::hasBinding),
            Map.entry(KernelInvariants.VALID_IO_PORTS.name(), view -> hasControl(view, ControlKind.IO_PORT)));

    private LawTargets() {}

    /**
     * Whether a law has anything to look at.
     *
     * @param law one of {@link KernelInvariants#ALL}
     * @param view the machine
     * @return false if the law holds because there is nothing that could break it
     */
    public static boolean has(Invariant<KernelView> law, KernelView view) {
        Predicate<KernelView> target = TARGETS.get(law.name());
        return target == null ? view.capabilities().iterator().hasNext() : target.test(view);
    }

    private static boolean has(KernelView view, Predicate<Capability> what) {
        for (Capability capability : view.capabilities()) {
            if (what.test(capability)) {
                return true;
            }
        }
        return false;
    }

    private interface PairPredicate {
        boolean test(Capability outer, Capability inner);
    }

    private static boolean hasOverlap(KernelView view, PairPredicate what) {
        boolean[] found = new boolean[1];
        view.forEachOverlap((outer, inner) -> found[0] = found[0] || what.test(outer, inner));
        return found[0];
    }

    private static boolean hasObjectInUntyped(KernelView view) {
        return hasOverlap(view, (outer, inner) -> outer.isUntyped() && !inner.isUntyped());
    }

    private static boolean hasObjectInDeviceMemory(KernelView view) {
        return hasOverlap(view, (outer, inner) -> outer.device());
    }

    private static boolean hasUntypedInUntyped(KernelView view) {
        return hasOverlap(view, (outer, inner) -> outer.isUntyped() && inner.isUntyped());
    }

    private static boolean hasInnerOfUntyped(KernelView view) {
        return hasOverlap(view, (outer, inner) -> outer.isUntyped() && !outer.isSameRange(inner));
    }

    /** Whether some capability stands behind another one for which a law has something to look at. */
    private static boolean hasNeighbours(KernelView view, PairPredicate what) {
        return view.chains().stream().anyMatch(chain -> {
            for (int i = 1; i < chain.size(); i++) {
                if (what.test(chain.get(i - 1), chain.get(i))) {
                    return true;
                }
            }
            return false;
        });
    }

    private static boolean hasDescendant(KernelView view) {
        return hasNeighbours(view, view::isDescendant);
    }

    private static boolean isBadged(Capability capability) {
        return capability.type() == CapabilityType.ENDPOINT || capability.type() == CapabilityType.NOTIFICATION;
    }

    private static boolean hasBadgeBehindAnother(KernelView view) {
        return hasNeighbours(
                view,
                (before, capability) -> isBadged(capability)
                        && view.isSameObject(before, capability)
                        && view.slots().endpoint().badge(capability.slot()) != 0
                        && view.slots().endpoint().badge(capability.slot())
                                != view.slots().endpoint().badge(before.slot()));
    }

    private static boolean hasRevocableObject(KernelView view) {
        return has(
                view,
                capability -> !capability.isUntyped() && view.slots().mdb().isRevocable(capability.slot()));
    }

    private static boolean hasTwoOfOneObject(KernelView view) {
        Set<Long> bases = new HashSet<>();
        return has(
                view, capability -> capability.isMemory() && !capability.isUntyped() && !bases.add(capability.base()));
    }

    private static boolean hasDerivedRights(KernelView view) {
        return hasNeighbours(
                view,
                (before, capability) ->
                        !before.isUntyped() && view.isDescendant(before, capability) && view.rights(before) != 0);
    }

    private static boolean hasZombie(KernelView view) {
        return has(view, capability -> capability.type() == CapabilityType.ZOMBIE);
    }

    private static boolean hasControl(KernelView view, ControlKind kind) {
        return has(
                view,
                capability -> capability.type() == CapabilityType.CONTROL
                        && view.slots().control().kind(capability.slot()) == kind);
    }

    private static boolean hasSignal(KernelView view) {
        for (int interrupt = 0; interrupt < view.interrupts().count(); interrupt++) {
            if (view.at(view.interrupts().slot(interrupt)) != null) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasTranslation(KernelView view) {
        boolean[] found = new boolean[1];
        view.memory().forEachTranslation((vaddr, remembered, walked) -> found[0] = true);
        return found[0];
    }

    private static boolean hasMapping(KernelView view) {
        boolean[] found = new boolean[1];
        view.mappings().visit(new Mappings.Visitor() {
            @Override
            public void pool(int base, long pool) {
                found[0] = true;
            }

            @Override
            public void root(int asid, long root) {
                found[0] = true;
            }

            @Override
            public void table(int asid, long vaddr, long table) {
                found[0] = true;
            }

            @Override
            public void frame(int asid, long vaddr, long frame, int sizeBits) {
                found[0] = true;
            }
        });
        return found[0];
    }

    private static boolean hasBinding(KernelView view) {
        boolean hasMcs = view.architecture().hasMcs();
        boolean hasVcpus = view.architecture().has(ObjectType.VCPU);
        Bindings bindings = new Bindings(view.memory().words(), view.slots(), hasMcs);
        VcpuBindings vcpus = new VcpuBindings(view.memory().words(), view.slots());
        return has(view, capability -> switch (capability.type()) {
            case TCB ->
                bindings.notification(capability.base()) >= 0
                        || hasVcpus && vcpus.vcpu(capability.base()) >= 0
                        || hasMcs && bindings.contextOfThread(capability.base()) >= 0;
            case NOTIFICATION ->
                bindings.thread(capability.base()) >= 0
                        || hasMcs && bindings.contextOfNotification(capability.base()) >= 0;
            case OBJECT ->
                hasMcs
                        && view.types().type(capability.slot()) == ObjectType.SCHED_CONTEXT
                        && (bindings.threadOfContext(capability.base()) >= 0
                                || bindings.notificationOfContext(capability.base()) >= 0);
            default -> false;
        });
    }
}
