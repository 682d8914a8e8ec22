package org.allocman.view.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives equal things one number. */
final class Interned<T extends Object> {
    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> all = new ArrayList<>();

    int number(T thing) {
        Integer number = numbers.get(thing);
        if (number == null) {
            number = all.size();
            numbers.put(thing, number);
            all.add(thing);
        }
        return number;
    }

    int size() {
        return all.size();
    }

    T at(int number) {
        return all.get(number);
    }

    /** Those that have a number or a greater one. */
    List<T> from(int number) {
        return all.subList(number, all.size());
    }

    List<T> all() {
        return List.copyOf(all);
    }
}
