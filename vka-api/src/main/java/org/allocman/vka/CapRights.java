package org.allocman.vka;

/**
 * What a capability allows (seL4 manual, "Capability rights"). As bits: 0 write, 1 read, 2 grant, 3 grant-reply.
 *
 * @param bits the four bits
 */
public record CapRights(int bits) {
    /** Sending, or writing to a frame. */
    public static final int WRITE = 1;
    /** Receiving, or reading a frame. */
    public static final int READ = 2;
    /** Sending capabilities along. */
    public static final int GRANT = 4;
    /** Sending a reply capability along. */
    public static final int GRANT_REPLY = 8;

    /** All four. */
    public static final CapRights ALL = new CapRights(15);
    /** Read and write. */
    public static final CapRights READ_WRITE = new CapRights(READ | WRITE);
    /** None at all. */
    public static final CapRights NONE = new CapRights(0);
    /** Read only. */
    public static final CapRights READ_ONLY = new CapRights(READ);

    /**
     * Checks that there are no other bits.
     *
     * @param bits the four bits
     */
    public CapRights {
        if ((bits & ~15) != 0) {
            throw new IllegalArgumentException("rights are four bits, not 0x" + Integer.toHexString(bits));
        }
    }

    @Override
    public String toString() {
        return ((bits & WRITE) != 0 ? "W" : "-")
                + ((bits & READ) != 0 ? "R" : "-")
                + ((bits & GRANT) != 0 ? "G" : "-")
                + ((bits & GRANT_REPLY) != 0 ? "P" : "-");
    }
}
