/**
 * Packed records over a {@link org.allocman.vka.Memory}: named fields instead of bare offsets, and the hierarchical
 * bitmap. A record's layout is one class of constants; code reads {@code CHILD_BITS.get(memory, record)}.
 */
@NullMarked
package org.allocman.vka.layout;

import org.jspecify.annotations.NullMarked;
