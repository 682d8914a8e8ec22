/**
 * Memory for book-keeping. {@link org.allocman.mspace.Mspace} is the interface, {@link org.allocman.mspace.BufferMspace} one
 * in memory of the caller's. Below it, {@link org.allocman.mspace.SlabMspace} cuts pages into records of one size each; the pages come
 * from a {@link org.allocman.mspace.PageSource}: {@link org.allocman.mspace.FixedPages fixed},
 * {@link org.allocman.mspace.VirtualPages virtual}, or {@link org.allocman.mspace.DualPages both}. Nothing here makes
 * memory; who maps a page adds it.
 */
@NullMarked
package org.allocman.mspace;

import org.jspecify.annotations.NullMarked;
