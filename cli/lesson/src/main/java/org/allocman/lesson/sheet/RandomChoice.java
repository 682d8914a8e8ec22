package org.allocman.lesson.sheet;

import java.util.List;
import java.util.Random;

/** Chooses by chance. */
final class RandomChoice {
    private RandomChoice() {}

    /** One of several. */
    static <T> T of(Random random, List<T> several) {
        return several.get(random.nextInt(several.size()));
    }
}
