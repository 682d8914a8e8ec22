package org.allocman.manager;

import org.allocman.cspace.SecondLevels;
import org.allocman.untyped.Refusal;

/**
 * Makes and frees CNodes of a second level, in one order: records, then the CNode, then its slots. A CNode is freed before its
 * slots and records are, so that a kernel that refuses leaves nothing to undo. Its {@link Source} knows where CNodes come from
 * and how they get into the root CNode.
 */
final class SecondLevelMaker {
    // one CNode that is not used stays, or work at the edge would make and free one for ever
    private static final int KEPT_UNUSED = 1;

    private final SecondLevels levels;
    private final Source source;

    /** Where CNodes come from. */
    interface Source {
        /** Makes an empty CNode in its place in the root CNode; a handle, or a refusal with nothing changed. */
        long make(int node);

        /** Frees the CNode of a handle, and whatever is in it; 0, or a refusal with nothing changed. */
        long free(long handle);
    }

    SecondLevelMaker(SecondLevels levels, Source source) {
        this.levels = levels;
        this.source = source;
    }

    SecondLevels levels() {
        return levels;
    }

    /** Makes a CNode that is missing, so that its slots are free; 0, or a refusal with nothing changed. */
    long make(int node) {
        if (!levels.prepare(node)) {
            return Refusal.OUT_OF_BOOK_KEEPING;
        }
        long handle = source.make(node);
        if (handle < 0) {
            levels.cancel(node);
            return handle;
        }
        levels.open(node, handle);
        return 0;
    }

    /** Frees a CNode, its slots and records; 0, or a refusal with nothing changed. */
    long free(int node) {
        long refusal = source.free(levels.handle(node));
        if (refusal == 0) {
            levels.close(node);
            levels.cancel(node);
        }
        return refusal;
    }

    /** A CNode that is not used beside the first such one, which is kept; -1 if there is none. */
    int surplus(int kept) {
        return kept < 0 ? -1 : levels.nextUnused(kept + KEPT_UNUSED);
    }

    /** The first CNode that is not used; -1 if there is none. */
    int firstUnused() {
        return levels.nextUnused(0);
    }
}
