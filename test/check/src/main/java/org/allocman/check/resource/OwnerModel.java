package org.allocman.check.resource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.allocman.check.action.Outcome;
import org.allocman.resource.Placement;
import org.allocman.resource.ResourceRefusal;
import org.allocman.resource.ResourceType;

/**
 * Who owns which unit, beside a resource type. Each call is made of the type, its answer compared with what the model expects, and
 * what was done is done in the model.
 */
public final class OwnerModel {
    private final ResourceType type;
    private final Owners owners;
    private final BooleanSupplier kernelRefused;

    /** Where the model keeps owners. */
    public interface Owners {
        /**
         * Who owns a unit.
         *
         * @param unit its number
         * @return the owner, or {@link ResourceType#NOBODY}
         */
        int of(long unit);

        /**
         * Makes somebody the owner of a unit.
         *
         * @param unit its number
         * @param owner the owner, or {@link ResourceType#NOBODY}
         */
        void set(long unit, int owner);
    }

    /**
     * A model of a type.
     *
     * @param type the type
     * @param owners who owns its units now
     * @param kernelRefused whether the kernel refused something of the call that was made last, asked after it
     */
    public OwnerModel(ResourceType type, Owners owners, BooleanSupplier kernelRefused) {
        this.type = type;
        this.owners = owners;
        this.kernelRefused = kernelRefused;
    }

    /**
     * A model of a type of which nobody owns anything, with an array in Java.
     *
     * @param type the type
     * @param kernelRefused whether the kernel refused something of the call that was made last, asked after it
     * @return the model
     */
    public static OwnerModel of(ResourceType type, BooleanSupplier kernelRefused) {
        int[] owner = new int[(int) type.units()];
        Arrays.fill(owner, ResourceType.NOBODY);
        return new OwnerModel(
                type,
                new Owners() {
                    @Override
                    public int of(long unit) {
                        return owner[(int) unit];
                    }

                    @Override
                    public void set(long unit, int who) {
                        owner[(int) unit] = who;
                    }
                },
                kernelRefused);
    }

    /**
     * Who owns a unit.
     *
     * @param unit its number
     * @return the owner, or {@link ResourceType#NOBODY}
     */
    public int owner(long unit) {
        return owners.of(unit);
    }

    /**
     * How many units an owner has.
     *
     * @param owner the owner, or {@link ResourceType#NOBODY}
     * @return how many
     */
    public long count(int owner) {
        long count = 0;
        for (long unit = 0; unit < type.units(); unit++) {
            count += owners.of(unit) == owner ? 1 : 0;
        }
        return count;
    }

    /**
     * Where the type and the model differ.
     *
     * @return sentences with the rule's name in front
     */
    public List<String> differences() {
        List<String> broken = new ArrayList<>();
        for (long unit = 0; unit < type.units(); unit++) {
            if (type.owner(unit) != owners.of(unit)) {
                broken.add("one owner: " + type.unitName() + " " + unit + " has to be " + who(owners.of(unit))
                        + " and is " + who(type.owner(unit)));
            }
        }
        return broken;
    }

    private String who(int owner) {
        return owner == ResourceType.NOBODY ? "free" : "of " + type.ownerName(owner);
    }

    /**
     * Claims any unit.
     *
     * @param owner for whom
     * @return what came of it
     */
    public Outcome claimAny(int owner) {
        long answer = type.claimAny(owner);
        return claimed(answer, count(ResourceType.NOBODY) > 0, ResourceRefusal.EXHAUSTED, 1, owner);
    }

    /**
     * Claims a unit.
     *
     * @param unit its number
     * @param owner for whom
     * @return what came of it
     */
    public Outcome claimAt(long unit, int owner) {
        int before = owners.of(unit);
        long answer = type.claimAt(type.address(unit), owner);
        if (answer >= 0 && answer != unit) {
            return Outcome.wrong(
                    text(answer), "as asked: unit " + unit + " was claimed, and " + answer + " is answered");
        }
        if (before == owner && answer >= 0) {
            return Outcome.DONE;
        }
        return claimed(answer, before == ResourceType.NOBODY || before == owner, ResourceRefusal.IN_USE, 1, owner);
    }

    /**
     * Claims a run.
     *
     * @param count how many units
     * @param placement where
     * @param owner for whom
     * @return what came of it
     */
    public Outcome claimRun(long count, Placement placement, int owner) {
        boolean any = false;
        for (long unit = 0; unit + count <= type.units(); unit++) {
            any |= isRun(unit, count, placement);
        }
        long answer = type.claimRun(count, placement, owner);
        if (answer >= 0 && !isRun(answer, count, placement)) {
            return Outcome.wrong(
                    text(answer), "as asked: " + count + " units from " + answer + " on are no such run of free ones");
        }
        return claimed(answer, any, ResourceRefusal.EXHAUSTED, count, owner);
    }

    private boolean isRun(long first, long count, Placement placement) {
        boolean is = first + count <= type.units() && placement.allows(type.address(first), count * type.unitBytes());
        for (long i = 0; is && i < count; i++) {
            is = owners.of(first + i) == ResourceType.NOBODY
                    && type.address(first + i) == type.address(first) + i * type.unitBytes();
        }
        return is;
    }

    private Outcome claimed(long answer, boolean expected, ResourceRefusal reason, long count, int owner) {
        if (answer < 0) {
            return refused(answer, expected, reason);
        }
        if (!expected) {
            return Outcome.wrong(text(answer), "refusals have a reason: it should have been refused for " + reason);
        }
        for (long unit = answer; unit < answer + count; unit++) {
            if (unit >= type.units() || owners.of(unit) != ResourceType.NOBODY) {
                return Outcome.wrong(text(answer), "one owner: unit " + unit + " is not free");
            }
            owners.set(unit, owner);
        }
        return Outcome.DONE;
    }

    private Outcome refused(long answer, boolean expected, ResourceRefusal reason) {
        ResourceRefusal refusal;
        try {
            refusal = ResourceRefusal.of(answer);
        } catch (IllegalArgumentException none) {
            return Outcome.wrong(String.valueOf(answer), "refusals have a reason: " + answer + " is no refusal");
        }
        boolean isTrue = refusal == ResourceRefusal.OVER_QUOTA
                || kernelRefused.getAsBoolean()
                        && (refusal == ResourceRefusal.MEMORY_REFUSED || refusal == ResourceRefusal.EXHAUSTED)
                || !expected && refusal == reason;
        return isTrue
                ? Outcome.refused(refusal)
                : Outcome.wrong(
                        refusal,
                        "refusals have a reason: it should have been " + (expected ? "done" : "refused for " + reason));
    }

    /**
     * Releases a unit.
     *
     * @param unit its number
     * @param owner whose it should be
     * @return what came of it
     */
    public Outcome release(long unit, int owner) {
        int before = owners.of(unit);
        long answer = type.release(unit, owner);
        if (before == ResourceType.NOBODY) {
            // whether that is refused is the type's business
            return answer < 0 ? Outcome.refused(text(answer)) : Outcome.DONE;
        }
        if (answer < 0) {
            return refused(answer, before == owner, ResourceRefusal.IN_USE);
        }
        if (before != owner) {
            return Outcome.wrong(text(answer), "one owner: the unit is another's");
        }
        owners.set(unit, ResourceType.NOBODY);
        return Outcome.DONE;
    }

    /**
     * Releases all units of an owner.
     *
     * @param owner whose
     * @return what came of it
     */
    public Outcome releaseAll(int owner) {
        long had = count(owner);
        long answer = type.releaseAll(owner);
        if (answer != had && !kernelRefused.getAsBoolean() || answer > had) {
            return Outcome.wrong(text(answer), "nothing lost: " + had + " units should have been released");
        }
        for (long unit = 0; unit < type.units(); unit++) {
            if (owners.of(unit) == owner && (answer == had || type.owner(unit) == ResourceType.NOBODY)) {
                owners.set(unit, ResourceType.NOBODY);
            }
        }
        return answer < had ? Outcome.refused(answer + " of " + had) : Outcome.DONE;
    }

    /**
     * Claims what can be nobody's.
     *
     * @param address an address that is none of a unit
     * @param owner for whom
     * @return what came of it
     */
    public Outcome claimNowhere(long address, int owner) {
        long answer = type.claimAt(address, owner);
        return answer < 0
                ? Outcome.refused(text(answer))
                : Outcome.wrong(text(answer), "refusals have a reason: no unit is at 0x" + Long.toHexString(address));
    }

    private static String text(long answer) {
        if (answer >= 0) {
            return "unit " + answer;
        }
        try {
            return ResourceRefusal.of(answer).toString();
        } catch (IllegalArgumentException none) {
            return String.valueOf(answer);
        }
    }
}
