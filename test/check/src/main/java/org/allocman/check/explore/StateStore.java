package org.allocman.check.explore;

/** The states seen so far, and an index to find them by their keys. */
final class StateStore implements AutoCloseable {
    /*
     * The index is open addressing over numbers of states. A state's number needs as many bits as the index has entries;
     * what an entry has left is a tag of the key's hash, so that most states that are new are known to be so without a look
     * at the log.
     *
     *   31             n n-1               0
     *   | tag           | number + 1       |      2^n entries, at most three quarters of them in use
     */
    static final long SEEN = -1;
    static final long FULL = -2;
    static final long NOT_THERE = -3;

    private static final int FIRST_BITS = 4;
    private static final int MOST_BITS = 30;
    private static final long SPREAD_LOW = 0x9e37_79b9_7f4a_7c15L;
    private static final long SPREAD_HIGH = 0xc2b2_ae3d_27d4_eb4fL;

    private final StateLog log;
    private final long memory;
    private final boolean isPacked;
    private int[] index = new int[1 << FIRST_BITS];
    private int bits = FIRST_BITS;

    /** A store without states that takes at most so many bytes of memory, if keys are exact or fingerprints. */
    StateStore(boolean exact, long memory) {
        this.log = new StateLog(exact);
        this.isPacked = exact;
        this.memory = memory;
    }

    StateLog log() {
        return log;
    }

    long bytes() {
        return log.bytes() + (long) index.length * Integer.BYTES;
    }

    /** The chance that two of so many fingerprints of 128 bits are one by accident. */
    double collisionOdds() {
        double size = log.size();
        return isPacked ? 0 : size * (size - 1) / 2 / Math.pow(2, 128);
    }

    /** Adds a state: its number, or {@link #SEEN} if it is no new one, or {@link #FULL}. */
    long add(long high, long low, long parent, int action) {
        long hash = hash(high, low);
        int mask = index.length - 1;
        int tag = (int) (hash >>> Integer.SIZE) << bits;
        int place = (int) hash & mask;
        int entry = index[place];
        while (entry != 0) {
            if ((entry ^ tag) >>> bits == 0 && log.holds((entry & mask) - 1, high, low)) {
                return SEEN;
            }
            place = place + 1 & mask;
            entry = index[place];
        }
        long number = log.size();
        if (number >= mask - (mask >>> 2)) {
            return grow() ? add(high, low, parent, action) : FULL;
        }
        log.append(high, low, parent, action);
        index[place] = tag | (int) number + 1;
        if (log.bytesInMemory() > room()) {
            log.shrinkTo(room() / 2);
        }
        return number;
    }

    /** Whether a state is there. Several threads may ask as long as none adds. */
    boolean holds(long high, long low) {
        return number(high, low) != NOT_THERE;
    }

    /** The number of a state, or {@link #NOT_THERE}. Several threads may ask as long as none adds. */
    long number(long high, long low) {
        long hash = hash(high, low);
        int mask = index.length - 1;
        int tag = (int) (hash >>> Integer.SIZE) << bits;
        int place = (int) hash & mask;
        while (index[place] != 0) {
            if ((index[place] ^ tag) >>> bits == 0 && log.holds((index[place] & mask) - 1, high, low)) {
                return (index[place] & mask) - 1;
            }
            place = place + 1 & mask;
        }
        return NOT_THERE;
    }

    /** What the index leaves to the log. */
    private long room() {
        return memory - (long) index.length * Integer.BYTES;
    }

    /** Makes the index anew from the log, so that the old one need not be kept beside it. */
    private boolean grow() {
        long bytes = 2L * index.length * Integer.BYTES;
        if (bits == MOST_BITS || bytes > memory) {
            return false;
        }
        bits++;
        index = new int[0];
        log.shrinkTo(memory - bytes);
        int[] grown = new int[1 << bits];
        int mask = grown.length - 1;
        for (long number = 0; number < log.size(); number++) {
            long hash = hash(log.high(number), log.low(number));
            int place = (int) hash & mask;
            while (grown[place] != 0) {
                place = place + 1 & mask;
            }
            grown[place] = (int) (hash >>> Integer.SIZE) << bits | (int) number + 1;
        }
        index = grown;
        return true;
    }

    private static long hash(long high, long low) {
        long mixed = low * SPREAD_LOW ^ high * SPREAD_HIGH;
        mixed = (mixed ^ mixed >>> 29) * SPREAD_HIGH;
        return mixed ^ mixed >>> 32;
    }

    @Override
    public void close() {
        log.close();
    }
}
