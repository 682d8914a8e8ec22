package org.allocman.web.jfr;

/** An event that nobody records. */
public abstract class Event {
    /** Makes an event. */
    protected Event() {}

    /** Begins it. */
    public final void begin() {}

    /** Ends it. */
    public final void end() {}

    /** Records it. */
    public final void commit() {}

    /**
     * Whether it is recorded.
     *
     * @return false
     */
    public final boolean shouldCommit() {
        return false;
    }

    /**
     * Whether its kind is recorded.
     *
     * @return false
     */
    public final boolean isEnabled() {
        return false;
    }
}
