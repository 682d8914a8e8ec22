package org.allocman.manager;

import java.util.stream.Stream;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;

/** The designs of untyped managers, for parameterized tests. */
public final class Designs {
    /** The name of {@link #all}. */
    public static final String ALL = "org.allocman.manager.Designs#all";

    /** The name of {@link #freeing}. */
    public static final String FREEING = "org.allocman.manager.Designs#freeing";

    private Designs() {}

    /** All that are built in. */
    public static Stream<UntypedDesign> all() {
        return UntypedDesigns.ALL.stream();
    }

    /** Those that can free. */
    public static Stream<UntypedDesign> freeing() {
        return all().filter(UntypedDesign::canFree);
    }
}
