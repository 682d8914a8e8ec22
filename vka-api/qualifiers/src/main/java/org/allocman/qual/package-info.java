/**
 * What a {@code long} or an {@code int} means: a physical address, a virtual address, a cptr, a number of bytes, a size
 * in bits. The qualifiers exist at compile time only; profile {@code checks} refuses code that mixes them.
 */
package org.allocman.qual;
