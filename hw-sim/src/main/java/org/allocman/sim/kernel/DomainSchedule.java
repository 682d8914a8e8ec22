package org.allocman.sim.kernel;

import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/**
 * The schedule of domains in memory, in the kernel's own page: how long which domain runs. Nothing runs here, so it is only kept.
 */
public final class DomainSchedule {
    /** The longest that an entry can last. */
    static final long MOST_DURATION = (1L << 56) - 1;

    private static final int ONE_DOMAINS_LENGTH = 2;
    private static final int LENGTH = 100;
    private static final int ENTRIES = 128;
    private static final Word START = new Word("first entry of the schedule", 64);
    private static final Bits DURATION = new Bits("duration", ENTRIES, 0, 56);
    private static final Bits DOMAIN = new Bits("domain", ENTRIES, 56, 8);

    private final Memory memory;
    private final @PhysAddr long state;
    private final int domains;

    /**
     * A view of the schedule.
     *
     * @param memory the physical memory
     * @param state physical address of the kernel's state
     * @param domains how many domains there are
     */
    public DomainSchedule(Memory memory, @PhysAddr long state, int domains) {
        this.memory = memory;
        this.state = state;
        this.domains = domains;
    }

    /** Lets domain 0 run all the time, as boot does. */
    public void initialise() {
        put(0, 0, MOST_DURATION);
    }

    /**
     * How many entries there are, an end marker at the end among them.
     *
     * @return 2 if there is one domain, else 100, as seL4 is configured if nobody says it
     */
    public int length() {
        return domains == 1 ? ONE_DOMAINS_LENGTH : LENGTH;
    }

    /**
     * The entry that the schedule begins with.
     *
     * @return 0 to {@link #length} less one
     */
    public int start() {
        return (int) START.get(memory, state);
    }

    void setStart(int index) {
        START.set(memory, state, index);
    }

    /**
     * How long an entry lasts.
     *
     * @param index 0 to {@link #length} less one
     * @return ticks of the timer; 0 for an end marker
     */
    public long duration(int index) {
        return DURATION.get(memory, state + (long) index * Long.BYTES);
    }

    /**
     * Which domain runs in an entry.
     *
     * @param index 0 to {@link #length} less one
     * @return the domain
     */
    public int domain(int index) {
        return (int) DOMAIN.get(memory, state + (long) index * Long.BYTES);
    }

    void put(int index, int domain, long duration) {
        DURATION.set(memory, state + (long) index * Long.BYTES, duration);
        DOMAIN.set(memory, state + (long) index * Long.BYTES, domain);
    }
}
