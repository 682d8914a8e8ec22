package org.allocman.view.recording;

import org.allocman.qual.SizeBits;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What somebody asked the manager for, or what the manager does on its own account.
 *
 * @param kind what is done
 * @param chapter the chapter of the run it belongs to
 * @param within the operation in whose course it happens, or negative
 * @param what the type of an object; of a call, all of it in words; or null
 * @param bits the object's size in bits, or 0
 * @param address a physical or virtual address in hexadecimal, or null
 * @param answer what a call was answered, in words; null if it is not a call, or has not been answered
 */
record Operation(
        Kind kind,
        int chapter,
        int within,
        @Nullable String what,
        @SizeBits int bits,
        @Nullable String address,
        @Nullable String answer) {
    Operation answered(String words) {
        return new Operation(kind, chapter, within, what, bits, address, words);
    }

    /** What may be done. */
    enum Kind {
        /** The manager is set up. */
        SET_UP,
        /** A user wants an object. */
        ALLOCATE,
        /** A user wants an object at an address. */
        ALLOCATE_AT,
        /** A user wants a frame or untyped of any memory. */
        ALLOCATE_MAYBE_DEVICE,
        /** A user gives an object back. */
        FREE,
        /** A user takes or gives back a slot. */
        SLOT,
        /** The pool wants a page. */
        GROW,
        /** What was kept for speed alone is given back. */
        TRIM,
        /** Somebody calls something above the manager, told in words. */
        CALL,
        /** Somebody types a line, which is told by itself, and what came of it beside it. */
        LINE
    }
}
