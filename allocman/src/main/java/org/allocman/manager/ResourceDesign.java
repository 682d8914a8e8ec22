package org.allocman.manager;

import io.vavr.control.Either;
import java.util.List;
import org.allocman.resource.ResourceType;
import org.allocman.vka.Memory;

/**
 * How a resource type is put on a manager, by somebody who knows its name alone. A provider of this service in a jar, or on the
 * class path or module path, is found by the command.
 */
public interface ResourceDesign {
    /**
     * The name to show and to be asked for.
     *
     * @return letters, digits, {@code .}, {@code _} and {@code -}, for instance {@code mailbox}
     */
    String name();

    /**
     * The usual number of units.
     *
     * @return 2 or more
     */
    default int units() {
        return 8;
    }

    /**
     * Who may own units.
     *
     * @return two numbers or more, none negative
     */
    default List<Integer> owners() {
        return List.of(0, 1, 2);
    }

    /**
     * Puts the type on a manager: chooses its memory, {@link ManagedUntypeds#reserve reserves} it if it is normal memory, and makes
     * its tables, in which every unit is free. It keeps nothing of its own in Java.
     *
     * @param allocman the manager
     * @param memory the memory in which the manager's pools, and so the tables, lie
     * @param units how many units are wanted, 2 or more
     * @return the type, with so many units; or a sentence that says why it cannot be
     */
    Either<String, ResourceType> open(Allocman allocman, Memory memory, int units);
}
