package org.allocman.cli.shell;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import org.checkerframework.checker.mustcall.qual.Owning;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Where lines come from. */
interface Input extends Closeable {
    /**
     * The next line.
     *
     * @return the line, or null at the end
     * @throws IOException if it cannot be read
     */
    @Nullable
    String next() throws IOException;

    /** Lines of a file, or of a pipe. */
    final class Lines implements Input {
        private final @Owning BufferedReader reader;

        Lines(@Owning Reader reader) {
            this.reader = new BufferedReader(reader);
        }

        @Override
        public @Nullable String next() throws IOException {
            return reader.readLine();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
