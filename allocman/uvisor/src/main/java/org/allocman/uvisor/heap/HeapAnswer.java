package org.allocman.uvisor.heap;

/** What a heap answers when memory is given back. */
public enum HeapAnswer {
    /** Done. */
    OK,
    /** The address is not in the heap. */
    NOT_IN_HEAP,
    /** The address is in the heap, but nothing that is allocated begins there. */
    NOT_ALLOCATED,
    /** The heap is in memory that is not the pool's, so its blocks cannot be given back. */
    STATIC,
    /** The pool did not take the blocks back: they are not the caller's. */
    NOT_OWNED
}
