package org.allocman.plan;

import java.util.List;
import java.util.Objects;
import org.allocman.qual.Bytes;
import org.allocman.vka.Architecture;

/**
 * What is to be allocated, in this order, and not given back.
 *
 * @param demands what, and how many of each
 */
public record Workload(List<Demand> demands) {
    /**
     * Keeps a copy of the list.
     *
     * @param demands what, and how many of each
     */
    public Workload {
        Objects.requireNonNull(demands, "demands");
        demands = List.copyOf(demands);
    }

    /**
     * How many things are asked for.
     *
     * @return objects, slots and pieces of memory
     */
    public long count() {
        return demands.stream().mapToLong(Demand::count).sum();
    }

    /**
     * The untyped memory that the objects take, without anything that managing them takes.
     *
     * @param architecture fixes the sizes
     * @return bytes, at most 2^62
     */
    public @Bytes long bytes(Architecture architecture) {
        Objects.requireNonNull(architecture, "architecture");
        return bytes(architecture, 0, 0);
    }

    /** The bytes of what is left when some demands, and some of the next one, have been met. */
    long bytes(Architecture architecture, int demandsMet, long metOfNext) {
        long most = 1L << Long.SIZE - 2;
        long sum = 0;
        for (int i = demandsMet; i < demands.size(); i++) {
            Demand demand = demands.get(i);
            long count = demand.count() - (i == demandsMet ? metOfNext : 0);
            long one = demand.bytesOfOne(architecture);
            if (one != 0 && count > (most - sum) / one) {
                return most;
            }
            sum += count * one;
        }
        return sum;
    }
}
