package org.allocman.testkit.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.allocman.lab.workload.XorShift;
import org.allocman.resource.Placement;
import org.allocman.resource.ResourceType;

/** Who owns which unit, as a list in Java: what is claimed and released at random is claimed and released here as well. */
final class OwnerModel {
    private static final int KINDS = 8;
    private static final int MOST_RUN = 3;

    private final List<Integer> owners;

    /** A model of a type of which every unit is free. */
    OwnerModel(ResourceType type) {
        owners = new ArrayList<>(Collections.nCopies((int) type.units(), ResourceType.NOBODY));
    }

    List<Integer> owners() {
        return owners;
    }

    /** Does something, and says what is wrong with the answer; nothing if it is right. */
    String step(ResourceType type, int owner, XorShift random, List<String> history) {
        int unit = random.below(owners.size());
        int kind = random.below(KINDS);
        switch (kind) {
            case 0, 1 -> {
                history.add(owner + " claims any");
                return claimed(type.claimAny(owner), owners.contains(ResourceType.NOBODY), 1, owner);
            }
            case 2, 3 -> {
                history.add(owner + " claims " + unit);
                boolean may = owners.get(unit) == ResourceType.NOBODY || owners.get(unit) == owner;
                long answer = type.claimAt(type.address(unit), owner);
                return answer >= 0 && answer != unit ? "it is " + answer : changed(answer, may, unit, owner);
            }
            case 4 -> {
                int count = 1 + random.below(MOST_RUN);
                history.add(owner + " claims a run of " + count);
                return run(type, count, owner);
            }
            case 5 -> {
                history.add(owner + " ends");
                long had = Collections.frequency(owners, owner);
                long answer = type.releaseAll(owner);
                Collections.replaceAll(owners, owner, ResourceType.NOBODY);
                return answer == had ? "" : "it had " + had + ", and " + answer + " are released";
            }
            default -> {
                history.add(owner + " releases " + unit);
                long answer = type.release(unit, owner);
                if (owners.get(unit) == ResourceType.NOBODY) {
                    // whether that is refused is the type's business
                    return "";
                }
                return changed(answer, owners.get(unit) == owner, unit, ResourceType.NOBODY);
            }
        }
    }

    private String run(ResourceType type, int count, int owner) {
        long answer = type.claimRun(count, Placement.ANYWHERE, owner);
        boolean any = false;
        for (int unit = 0; unit + count <= owners.size(); unit++) {
            any |= isFreeRun(type, unit, count);
        }
        if (answer >= 0 && !isFreeRun(type, (int) answer, count)) {
            return "the run from " + answer + " is not free, or not in one piece";
        }
        return claimed(answer, any, count, owner);
    }

    private boolean isFreeRun(ResourceType type, int unit, int count) {
        boolean free = unit + count <= owners.size();
        for (int i = unit; free && i < unit + count; i++) {
            free = owners.get(i) == ResourceType.NOBODY
                    && type.address(i) == type.address(unit) + (i - unit) * type.unitBytes();
        }
        return free;
    }

    private String claimed(long answer, boolean expected, int count, int owner) {
        if (answer >= 0 != expected) {
            return expected ? "it is refused" : "it is not refused";
        }
        for (int i = 0; answer >= 0 && i < count; i++) {
            int unit = (int) answer + i;
            if (owners.get(unit) != ResourceType.NOBODY) {
                return "unit " + unit + " is not free";
            }
            owners.set(unit, owner);
        }
        return "";
    }

    private String changed(long answer, boolean expected, int unit, int owner) {
        if (answer >= 0 != expected) {
            return expected ? "it is refused" : "it is not refused";
        }
        if (expected) {
            owners.set(unit, owner);
        }
        return "";
    }
}
