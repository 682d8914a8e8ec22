package org.allocman.resource;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.PhysAddr;

/**
 * Units of a {@link ResourceType} that lie one behind the other.
 *
 * @param name what is there
 * @param unit the number of the first
 * @param start the physical address of its first byte
 * @param count how many, 1 or more
 */
public record Stretch(String name, long unit, @PhysAddr long start, long count) {
    /**
     * The stretches of a type, found by looking where each unit is.
     *
     * @param type the type
     * @return the stretches, as long as can be, each named after the type's units
     */
    public static List<Stretch> of(ResourceType type) {
        List<Stretch> stretches = new ArrayList<>();
        long first = 0;
        for (long unit = 1; unit <= type.units(); unit++) {
            if (unit == type.units() || type.address(unit) != type.address(unit - 1) + type.unitBytes()) {
                stretches.add(new Stretch(type.unitName() + "s", first, type.address(first), unit - first));
                first = unit;
            }
        }
        return stretches;
    }
}
