package org.allocman.manager;

import java.util.ArrayList;
import java.util.List;

/**
 * What is full and what is low.
 *
 * @param recordsReady whether there are as many records as the growth of the pools can need
 * @param slotsReady whether there are as many slots as the growth of the pools can need
 * @param levels the reserves that users have configured
 */
public record Health(boolean recordsReady, boolean slotsReady, List<Level> levels) {
    /**
     * Keeps a copy of the list.
     *
     * @param recordsReady whether there are as many records as the growth of the pools can need
     * @param slotsReady whether there are as many slots as the growth of the pools can need
     * @param levels the reserves that users have configured
     */
    public Health {
        levels = List.copyOf(levels);
    }

    /**
     * How full a reserve is.
     *
     * @param what what is in it, for instance {@code slots}
     * @param wanted how many are to be kept
     * @param ready how many there are
     */
    public record Level(String what, long wanted, long ready) {
        /**
         * Whether some are missing.
         *
         * @return true if fewer are ready than are wanted
         */
        public boolean isLow() {
            return ready < wanted;
        }

        @Override
        public String toString() {
            return ready + " of " + wanted + " " + what + (isLow() ? ", LOW" : "");
        }
    }

    /**
     * Whether nothing is low.
     *
     * @return true if every reserve is full
     */
    public boolean isGood() {
        return recordsReady && slotsReady && levels.stream().noneMatch(Level::isLow);
    }

    /**
     * Tells what is low.
     *
     * @return a line each, {@code all reserves are full} if there is none
     */
    @Override
    public String toString() {
        List<String> low = new ArrayList<>();
        if (!recordsReady) {
            low.add("the pools cannot grow: too few records are ready");
        }
        if (!slotsReady) {
            low.add("the pools cannot grow: too few runs of slots are free");
        }
        levels.stream().filter(Level::isLow).map(Level::toString).forEach(low::add);
        return low.isEmpty() ? "all reserves are full" : String.join(System.lineSeparator(), low);
    }
}
