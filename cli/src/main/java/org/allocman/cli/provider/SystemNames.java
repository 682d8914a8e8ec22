package org.allocman.cli.provider;

import java.util.Arrays;
import java.util.Iterator;
import org.allocman.check.systems.SystemKind;

/** The names of systems to explore, for help and completion. */
public final class SystemNames implements Iterable<String> {
    /** Makes the list; picocli calls it. */
    public SystemNames() {}

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(SystemKind.values()).map(SystemKind::text).iterator();
    }
}
