package org.allocman.script;

import org.allocman.vka.CapPath;
import org.allocman.vka.VkaObject;

/** What a name stands for. */
public sealed interface Binding {
    /**
     * A number: a cptr, an address, or whatever its user takes it for.
     *
     * @param number the number
     */
    record Number(long number) implements Binding {}

    /**
     * A place that a command has put a capability into.
     *
     * @param path the place
     */
    record Place(CapPath path) implements Binding {}

    /**
     * An object that the manager made.
     *
     * @param object its handle
     */
    record Allocated(VkaObject object) implements Binding {}

    /**
     * A slot that the manager gave out.
     *
     * @param path the slot
     */
    record Taken(CapPath path) implements Binding {}
}
