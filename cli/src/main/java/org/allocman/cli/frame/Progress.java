package org.allocman.cli.frame;

import java.util.function.Supplier;

/** How far something has come that may take long. */
public interface Progress extends AutoCloseable {
    /** Draws nothing. */
    Progress NONE = new Progress() {
        @Override
        public void at(long done, long total) {}

        @Override
        public void close() {}
    };

    /**
     * Tells how far it has come. Cheap enough to be called at every step.
     *
     * @param done how many steps are done
     * @param total how many there are, 0 or less if that is not known
     */
    void at(long done, long total);

    /**
     * Tells more than a number; it is drawn behind the bar.
     *
     * @param text makes a few words; it is called only when they are drawn
     */
    default void detail(Supplier<String> text) {}

    /** Takes the drawing away; a message may be printed again. */
    @Override
    void close();
}
