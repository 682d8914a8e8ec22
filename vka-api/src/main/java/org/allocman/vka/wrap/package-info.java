/**
 * Allocators that stand before another allocator: {@link org.allocman.vka.wrap.DebugVka} remembers who allocated what,
 * {@link org.allocman.vka.wrap.SynchronizedVka} lets several threads share one, {@link org.allocman.vka.wrap.NullVka} has
 * nothing behind it.
 */
package org.allocman.vka.wrap;
