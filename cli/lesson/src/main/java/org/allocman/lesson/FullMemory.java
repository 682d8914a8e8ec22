package org.allocman.lesson;

import java.util.List;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaObject;

/**
 * A manager all of whose memory has been handed out as pages.
 *
 * @param vka the manager
 * @param pages the pages, in the order in which they were allocated
 */
public record FullMemory(Vka vka, List<VkaObject> pages) {
    /**
     * Keeps a copy of the list.
     *
     * @param vka the manager
     * @param pages the pages, in the order in which they were allocated
     */
    public FullMemory {
        pages = List.copyOf(pages);
    }
}
