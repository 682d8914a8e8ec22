package org.allocman.cli.provider;

import java.util.Iterator;
import org.allocman.check.resource.ResourceDesigns;
import org.allocman.manager.ResourceDesign;

/** The names of resource types, for help and completion. */
public final class ResourceNames implements Iterable<String> {
    /** Makes the list; picocli calls it. */
    public ResourceNames() {}

    @Override
    public Iterator<String> iterator() {
        return ResourceDesigns.ALL.stream().map(ResourceDesign::name).iterator();
    }
}
