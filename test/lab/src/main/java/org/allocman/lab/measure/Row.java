package org.allocman.lab.measure;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.allocman.vka.InvocationKind;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What one case of a work cost.
 *
 * @param label which case, for instance {@code random}
 * @param n how large
 * @param figures what was measured; what makes no sense for the work is absent
 * @param invocations invocations by kind for each operation
 * @param wholeAgain whether all memory was one block again at the end; null if the work does not ask
 */
public record Row(
        String label,
        long n,
        Map<Figure, Double> figures,
        Map<InvocationKind, Double> invocations,
        @Nullable Boolean wholeAgain) {
    /**
     * Keeps copies of the maps, in the order of their keys.
     *
     * @param label which case, for instance {@code random}
     * @param n how large
     * @param figures what was measured; what makes no sense for the work is absent
     * @param invocations invocations by kind for each operation
     * @param wholeAgain whether all memory was one block again at the end; null if the work does not ask
     */
    public Row {
        Map<Figure, Double> ordered = new EnumMap<>(Figure.class);
        ordered.putAll(figures);
        figures = Collections.unmodifiableMap(ordered);
        Map<InvocationKind, Double> kinds = new EnumMap<>(InvocationKind.class);
        kinds.putAll(invocations);
        invocations = Collections.unmodifiableMap(kinds);
    }

    /**
     * One of the figures.
     *
     * @param figure which
     * @return its value
     * @throws IllegalArgumentException if it was not measured
     */
    public double figure(Figure figure) {
        Double value = figures.get(figure);
        if (value == null) {
            throw new IllegalArgumentException("the case " + label + " has no " + figure.text());
        }
        return value;
    }
}
