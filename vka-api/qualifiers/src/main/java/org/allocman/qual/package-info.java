/**
 * What a {@code long} or an {@code int} means: a physical address, a virtual address, a cptr, a number of bytes, a size
 * in bits. The qualifiers exist at compile time only.
 *
 * <p>The Unit Checker refuses code that uses one unit as another, in an assignment, an argument, a result, a sum or a
 * comparison. A number without a unit fits every unit and takes every unit, so that only what is passed around needs
 * annotations. An address plus bytes is an address; two addresses differ by bytes; any other operation gives a number
 * without a unit. Where a number really has two units, a cast says so: {@code (@VirtAddr long) frame}.
 */
package org.allocman.qual;
