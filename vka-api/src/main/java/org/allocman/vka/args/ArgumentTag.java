package org.allocman.vka.args;

import java.util.List;

/**
 * A tag of the arguments that says nothing of memory, kept as it is.
 *
 * @param name four printable ASCII characters, for instance {@code XKrn}
 * @param words its data, at most 65,535 words of 32 bits
 */
public record ArgumentTag(String name, List<Integer> words) {
    /** The most words a tag can have: its size is stored in 16 bits. */
    public static final int MOST_WORDS = 0xffff;

    /**
     * Keeps a copy of the words.
     *
     * @param name four printable ASCII characters, for instance {@code XKrn}
     * @param words its data, at most 65,535 words of 32 bits
     * @throws IllegalArgumentException if the name is none, or the words are too many
     */
    public ArgumentTag {
        words = List.copyOf(words);
        if (!NamedRange.isName(name) || words.size() > MOST_WORDS) {
            throw new IllegalArgumentException("a tag has a name of four characters and at most 65,535 words");
        }
    }
}
