package org.allocman.cli.shell;

import java.io.IOException;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Where lines come from. */
@FunctionalInterface
interface Input {
    /**
     * The next line.
     *
     * @return the line, or null at the end
     * @throws IOException if it cannot be read
     */
    @Nullable
    String next() throws IOException;
}
