/**
 * Allocators that stand before another allocator: {@link org.allocman.vka.wrap.DebugVka} remembers who allocated what,
 * {@link org.allocman.vka.wrap.SynchronizedVka} lets several threads share one, {@link org.allocman.vka.wrap.QuotaVka} gives
 * one of several clients its quota, {@link org.allocman.vka.wrap.VkaScope} gives a group of
 * allocations back together, {@link org.allocman.vka.wrap.NullVka} has nothing behind it. For one of your own extend
 * {@link org.allocman.vka.wrap.ForwardingVka}.
 *
 * <p>Kernels that wrap another one extend {@link org.allocman.vka.wrap.ForwardingKernel}; {@link
 * org.allocman.vka.wrap.NullKernel} does nothing.
 */
@NullMarked
package org.allocman.vka.wrap;

import org.jspecify.annotations.NullMarked;
