/**
 * Untyped managers. {@link org.allocman.untyped.UntypedManager} is the interface, {@link org.allocman.untyped.ArenaUntypeds}
 * the default; {@link org.allocman.untyped.SplitUntypeds} is the binary buddy of libsel4allocman, {@link
 * org.allocman.untyped.TwinkleUntypeds} allocates only. Classes whose names begin alike belong together; common to all are
 * the table of what was handed over ({@link org.allocman.untyped.UntypedRoots}), the lists of what is free, and the state.
 *
 * <p>The circle of dependencies ends here: a manager needs records and slots to hand out memory, and it takes them only
 * from what is ready ({@link org.allocman.untyped.RecordStore}, {@link org.allocman.untyped.SlotRuns}). It never asks
 * anybody to make more, so nothing it calls ever calls it back. All that it knows lies in memory: the state at an address
 * it is given, and the records.
 */
@NullMarked
package org.allocman.untyped;

import org.jspecify.annotations.NullMarked;
