package org.allocman.check.resource;

import java.util.List;
import org.allocman.manager.ResourceDesign;

/** The resource types that are built in. Everything that takes one takes another one just as well. */
public final class ResourceDesigns {
    /** Pages of Xous. */
    public static final ResourceDesign XOUS_PAGES = new XousPagesDesign();

    /** All of them. Blocks of uVisor are none: it clears them itself, and wants memory that is mapped. */
    public static final List<ResourceDesign> ALL = List.of(XOUS_PAGES);

    private ResourceDesigns() {}
}
