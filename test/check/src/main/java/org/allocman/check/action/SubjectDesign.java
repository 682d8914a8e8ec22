package org.allocman.check.action;

import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;

/**
 * How a subject is made, by somebody who knows its name alone. A provider of this service in a jar, or on the class path or module
 * path, is found by the command. A subject that depends neither on a board nor on a size needs none: it is found by
 * the name of its class, if that is public and has a public constructor without parameters.
 */
public interface SubjectDesign {
    /**
     * The name to show and to be asked for.
     *
     * @return letters, digits, {@code .}, {@code _} and {@code -}, for instance {@code iommu}
     */
    String name();

    /**
     * Which sizes there are.
     *
     * @return the sizes; {@link Sizes#NONE} if there is nothing to choose
     */
    default Sizes sizes() {
        return Sizes.NONE;
    }

    /**
     * The depth to which it is explored if nobody says another.
     *
     * @return the greatest number of actions in a history
     */
    default int depth() {
        return Integer.MAX_VALUE;
    }

    /**
     * Makes a subject.
     *
     * @param board the board that was chosen, which nobody has to use
     * @param size one of {@link #sizes}; 0 if there are none
     * @return the subject in its first state; a new one each time
     * @throws BootFailure if the board is too small
     */
    Subject subject(Board board, int size) throws BootFailure;

    /**
     * Sizes that can be chosen.
     *
     * @param what what they count, for instance {@code devices}
     * @param least the least
     * @param usual the usual one
     * @param most the greatest
     */
    record Sizes(String what, int least, int usual, int most) {
        /** There is nothing to choose. */
        public static final Sizes NONE = new Sizes("", 0, 0, 0);

        /**
         * Checks the order.
         *
         * @param what what they count
         * @param least the least
         * @param usual the usual one
         * @param most the greatest
         */
        public Sizes {
            if (least < 0 || usual < least || most < usual) {
                throw new IllegalArgumentException(
                        "sizes go from the least by the usual one to the greatest, none" + " negative");
            }
        }

        /**
         * Whether there is something to choose.
         *
         * @return false for {@link #NONE}
         */
        public boolean isChosen() {
            return most > 0;
        }
    }
}
