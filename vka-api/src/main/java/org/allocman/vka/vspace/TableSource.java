package org.allocman.vka.vspace;

import io.vavr.control.Option;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.KernelError;

/**
 * Where a {@link PageMapper} gets paging structures from, and what an error is to its caller.
 *
 * @param <E> the caller's errors
 */
public interface TableSource<E> {
    /**
     * Makes a paging structure and maps it with {@link PageMapper#mapTable}. What was made and cannot be mapped is the
     * source's to undo.
     *
     * @param missing which, and where
     * @return an error if there is none now; the page is not mapped then, and what was added before stays
     */
    Option<E> add(MissingTable missing);

    /**
     * The caller's error for a page that the kernel refuses to map, and no paging structure would help.
     *
     * @param vaddr the page's address
     * @param error what the kernel returned
     * @return the error
     */
    E refused(@VirtAddr long vaddr, KernelError error);
}
