package org.allocman.untyped;

import java.util.ArrayList;
import java.util.List;

/**
 * Records and slots that an operation can need at worst.
 *
 * @param records how many of each kind, by {@link RecordKind#index}; kinds behind the end are not needed
 * @param slotWords aligned runs of 64 slots
 */
public record Need(List<Integer> records, int slotWords) {
    /** Nothing. */
    public static final Need NONE = new Need(List.of(), 0);

    private static final int SLOTS_IN_WORD = 64;

    /**
     * Keeps a copy of the list.
     *
     * @param records how many of each kind, by {@link RecordKind#index}
     * @param slotWords aligned runs of 64 slots
     */
    public Need {
        records = List.copyOf(records);
        if (slotWords < 0
                || records.size() > RecordKind.MOST
                || records.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(
                    "a need has counts of at most " + RecordKind.MOST + " kinds, none of them negative");
        }
    }

    /**
     * A need of slots, singly counted.
     *
     * @param slots how many slots, in runs of up to 64
     * @param records how many records of each kind, by {@link RecordKind#index}
     * @return the need, with as many words as hold the slots
     */
    public static Need of(int slots, Integer... records) {
        return new Need(List.of(records), (slots + SLOTS_IN_WORD - 1) / SLOTS_IN_WORD);
    }

    /**
     * How many records of a kind.
     *
     * @param kind the kind
     * @return how many
     */
    public int of(RecordKind kind) {
        return kind.index() < records.size() ? records.get(kind.index()) : 0;
    }

    /**
     * More records of a kind.
     *
     * @param kind the kind
     * @param count how many more, 0 or more
     * @return the new need
     */
    public Need with(RecordKind kind, int count) {
        List<Integer> more = new ArrayList<>(records);
        while (more.size() <= kind.index()) {
            more.add(0);
        }
        more.set(kind.index(), more.get(kind.index()) + count);
        return new Need(more, slotWords);
    }

    /**
     * Two needs, each for itself.
     *
     * @param other the other one
     * @return the sums
     */
    public Need plus(Need other) {
        List<Integer> sums = new ArrayList<>();
        for (int i = 0; i < Math.max(records.size(), other.records.size()); i++) {
            sums.add(at(i) + other.at(i));
        }
        return new Need(sums, slotWords + other.slotWords);
    }

    /**
     * The same several times, each for itself.
     *
     * @param count how often, 0 or more
     * @return the products
     */
    public Need times(int count) {
        return new Need(records.stream().map(each -> each * count).toList(), slotWords * count);
    }

    private int at(int index) {
        return index < records.size() ? records.get(index) : 0;
    }

    /**
     * The slots.
     *
     * @return how many
     */
    public int slots() {
        return slotWords * SLOTS_IN_WORD;
    }
}
