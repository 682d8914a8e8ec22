package org.allocman.resource;

/** Runs of units by way of single ones. */
final class Runs {
    private Runs() {}

    static long claim(ResourceType type, long count, Placement placement, int owner) {
        if (count < 1 || count > type.units()) {
            return ResourceRefusal.ILLEGAL_COUNT.code();
        }
        long last = type.units() - count;
        long unit = 0;
        long refusal = ResourceRefusal.EXHAUSTED.code();
        while (unit <= last) {
            long obstacle = obstacle(type, unit, count);
            if (obstacle >= 0) {
                unit = obstacle;
            } else if (!placement.allows(type.address(unit), count * type.unitBytes())) {
                unit++;
            } else {
                long refused = claimAll(type, unit, count, owner);
                if (refused == 0) {
                    return unit;
                }
                refusal = refused;
                if (isOwners(refusal)) {
                    return refusal;
                }
                unit++;
            }
        }
        return refusal;
    }

    /** Where to go on if no run of free units can begin at a unit; -1 if one can. */
    private static long obstacle(ResourceType type, long unit, long count) {
        for (long i = unit + count - 1; i >= unit; i--) {
            if (type.owner(i) != ResourceType.NOBODY) {
                return i + 1;
            }
            if (i > unit && type.address(i) != type.address(i - 1) + type.unitBytes()) {
                return i;
            }
        }
        return -1;
    }

    /** 0, or why one of them was refused, with nothing claimed. */
    private static long claimAll(ResourceType type, long unit, long count, int owner) {
        for (long i = unit; i < unit + count; i++) {
            long answer = type.claimAt(type.address(i), owner);
            if (answer < 0) {
                for (long claimed = i - 1; claimed >= unit; claimed--) {
                    type.release(claimed, owner);
                }
                return answer;
            }
        }
        return 0;
    }

    /** Whether the same would be refused elsewhere as well. */
    private static boolean isOwners(long refusal) {
        return refusal == ResourceRefusal.OVER_QUOTA.code() || refusal == ResourceRefusal.NO_SUCH_OWNER.code();
    }
}
