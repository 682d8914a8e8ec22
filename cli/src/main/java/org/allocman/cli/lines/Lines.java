package org.allocman.cli.lines;

import java.io.IOException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Where lines come from. */
@FunctionalInterface
public interface Lines {
    /**
     * The next line.
     *
     * @return the line, or null at the end
     * @throws IOException if it cannot be read
     */
    @Nullable
    String next() throws IOException;
}
