package org.allocman.check.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.allocman.check.action.Outcome;
import org.allocman.lab.workload.XorShift;
import org.allocman.resource.Placement;
import org.allocman.resource.ResourceType;

/** Claims and releases at random, with a model beside. The same seed does the same. */
public final class ResourceWorkload {
    private static final int KINDS = 10;
    private static final int MOST_RUN = 4;

    private final ResourceType type;
    private final OwnerModel model;
    private final List<Integer> owners;
    private final XorShift random;
    private final Map<String, Long> calls = new TreeMap<>();
    private final Map<String, Long> refusals = new TreeMap<>();
    private String last = "";

    /**
     * Work on a type of which nobody owns anything.
     *
     * @param type the type
     * @param owners who claims
     * @param seed which work, not 0
     * @param kernelRefused whether the kernel refused something of the call that was made last, asked after it
     */
    public ResourceWorkload(ResourceType type, List<Integer> owners, long seed, BooleanSupplier kernelRefused) {
        this.type = type;
        this.model = OwnerModel.of(type, kernelRefused);
        this.owners = List.copyOf(owners);
        this.random = new XorShift(seed);
    }

    /**
     * The model beside.
     *
     * @return who owns what
     */
    public OwnerModel model() {
        return model;
    }

    /**
     * What was called.
     *
     * @return how often, by the call's name
     */
    public Map<String, Long> calls() {
        return calls;
    }

    /**
     * What was refused.
     *
     * @return how often, by the reason
     */
    public Map<String, Long> refusals() {
        return refusals;
    }

    /**
     * The last call.
     *
     * @return it and its answer, in words
     */
    public String last() {
        return last;
    }

    /**
     * Makes a call.
     *
     * @return what came of it
     */
    public Outcome step() {
        int owner = owners.get(random.below(owners.size()));
        long unit = random.below((int) type.units());
        String who = type.ownerName(owner);
        return switch (random.below(KINDS)) {
            case 0, 1, 2 -> noted("claimAny", who + " claims any " + type.unitName(), model.claimAny(owner));
            case 3, 4 -> noted("claimAt", who + " claims " + type.unitName() + " " + unit, model.claimAt(unit, owner));
            case 5 -> {
                long count = 1 + random.below((int) Math.min(MOST_RUN, type.units()));
                Placement placement = random.below(2) == 0
                        ? Placement.ANYWHERE
                        : Placement.below(type.address(unit) + type.unitBytes());
                yield noted(
                        "claimRun",
                        who + " claims a run of " + count
                                + (placement.equals(Placement.ANYWHERE) ? "" : " not above unit " + unit),
                        model.claimRun(count, placement, owner));
            }
            case 6 ->
                random.below(MOST_RUN) == 0
                        ? noted("releaseAll", who + " releases all", model.releaseAll(owner))
                        : released(unit);
            case 7, 8 -> released(unit);
            default -> noted("release", who + " releases " + type.unitName() + " " + unit, model.release(unit, owner));
        };
    }

    /** By whoever has it, or somebody if nobody does. */
    private Outcome released(long unit) {
        int owner = model.owner(unit) == ResourceType.NOBODY ? owners.get(0) : model.owner(unit);
        return noted(
                "release",
                type.ownerName(owner) + " releases " + type.unitName() + " " + unit,
                model.release(unit, owner));
    }

    /**
     * Releases everything.
     *
     * @return what is wrong with it, in sentences
     */
    public List<String> end() {
        List<String> wrong = new ArrayList<>();
        for (int owner : owners) {
            String rule = noted("releaseAll", type.ownerName(owner) + " releases all", model.releaseAll(owner))
                    .wrong();
            if (rule != null) {
                wrong.add(rule);
            }
        }
        return wrong;
    }

    private Outcome noted(String call, String what, Outcome outcome) {
        calls.merge(call, 1L, Long::sum);
        if (outcome.refused()) {
            refusals.merge(outcome.answer().toString(), 1L, Long::sum);
        }
        last = what + ": " + outcome.answer();
        return outcome;
    }
}
