package org.allocman.untyped;

import java.util.List;
import org.allocman.qual.SizeBits;

/**
 * Objects of the pools' own that are made one after the other, with nothing freed in between.
 *
 * @param sizeBits the objects' sizes in bits, one or more
 * @param inPlace whether their capabilities go to places that are there already; if not, each takes a slot of the manager's
 *     choice
 */
public record Request(List<Integer> sizeBits, boolean inPlace) {
    /**
     * Keeps a copy of the list.
     *
     * @param sizeBits the objects' sizes in bits, one or more
     * @param inPlace whether their capabilities go to places that are there already
     */
    public Request {
        sizeBits = List.copyOf(sizeBits);
        if (sizeBits.isEmpty()) {
            throw new IllegalArgumentException("a request is for one object or more");
        }
    }

    /**
     * How many objects.
     *
     * @return 1 or more
     */
    public int count() {
        return sizeBits.size();
    }

    /**
     * The smallest object.
     *
     * @return its size in bits
     */
    public @SizeBits int least() {
        return sizeBits.stream().mapToInt(Integer::intValue).min().orElseThrow();
    }

    /**
     * The largest object.
     *
     * @return its size in bits
     */
    public @SizeBits int greatest() {
        return sizeBits.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }
}
