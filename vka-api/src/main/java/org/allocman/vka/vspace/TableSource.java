package org.allocman.vka.vspace;

import io.vavr.control.Option;

/**
 * Where a {@link PageMapper} gets paging structures from.
 *
 * @param <E> the caller's errors
 */
@FunctionalInterface
public interface TableSource<E> {
    /**
     * Makes a paging structure and maps it with {@link PageMapper#mapTable}. What was made and cannot be mapped is the
     * source's to undo.
     *
     * @param missing which, and where
     * @return an error if there is none now; the page is not mapped then, and what was added before stays
     */
    Option<E> add(MissingTable missing);
}
