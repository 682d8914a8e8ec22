package org.allocman.vka.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.vka.Memory;

class HierarchicalBitmapProperties {
    @Property(tries = 300)
    void behavesLikeASortedSet(
            @ForAll @IntRange(min = 1, max = 300_000) int capacity,
            @ForAll @Size(max = 200) List<@IntRange(min = 0) Integer> toggles,
            @ForAll @IntRange(min = 0, max = 300_000) int from) {
        WordMap memory = new WordMap();
        HierarchicalBitmap bitmap = new HierarchicalBitmap(memory, 0x1000, capacity);
        TreeSet<Long> model = new TreeSet<>();
        for (int toggle : toggles) {
            long number = toggle % capacity;
            if (model.remove(number)) {
                bitmap.remove(number);
            } else {
                bitmap.add(number);
                model.add(number);
            }
            assertEquals(model.contains(number), bitmap.contains(number));
            assertEquals(model.isEmpty() ? -1L : model.first(), bitmap.least());
            assertEquals(model.isEmpty() ? -1L : model.last(), bitmap.greatest());
            Long next = model.ceiling((long) from);
            assertEquals(next == null ? -1L : next, bitmap.leastFrom(from));
        }
        model.forEach(bitmap::remove);
        assertEquals(Map.of(), memory.words, "an empty set leaves no bit behind");
        assertEquals(true, memory.top <= 0x1000 + HierarchicalBitmap.bytesFor(capacity), "it stays in its bytes");
    }

    private static final class WordMap implements Memory {
        private final Map<Long, Long> words = new HashMap<>();
        private long top;

        @Override
        public long load64(long record, int offset) {
            return words.getOrDefault(record + offset, 0L);
        }

        @Override
        public void store64(long record, int offset, long value) {
            top = Math.max(top, record + offset + Long.BYTES);
            if (value == 0) {
                words.remove(record + offset);
            } else {
                words.put(record + offset, value);
            }
        }

        @Override
        public int load32(long record, int offset) {
            throw new AssertionError("the bitmap works in words");
        }

        @Override
        public void store32(long record, int offset, int value) {
            throw new AssertionError("the bitmap works in words");
        }
    }
}
