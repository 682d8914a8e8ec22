/**
 * What a Java Flight Recorder sees of a resource manager: {@code allocman.Allocation}, {@code allocman.Free},
 * {@code allocman.BlockSplit}, {@code allocman.BlockMerge}, {@code allocman.PoolGrowth} and {@code allocman.ReserveLow}.
 *
 * <p>While no recording wants an event it costs a look at a flag: nothing is made, so there is no garbage, and the recorder
 * is not even loaded. Events are the only objects here that change; they are made, filled and committed within one
 * operation, and nothing is ever read from them.
 */
@NullMarked
package org.allocman.events;

import org.jspecify.annotations.NullMarked;
