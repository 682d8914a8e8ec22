package org.allocman.events;

/** What all events of ours have in common. */
final class Events {
    /** The category under which tools list them. */
    static final String CATEGORY = "allocman";

    private Events() {}
}
