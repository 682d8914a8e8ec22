package org.allocman.check.museum;

import org.allocman.untyped.MemoryKind;
import org.allocman.vka.Untyped;

/**
 * An untyped that a manager was given.
 *
 * @param untyped the untyped
 * @param kind of what kind its memory is
 * @param isPlaced whether objects can be asked for by its addresses
 */
record Root(Untyped untyped, MemoryKind kind, boolean isPlaced) {}
