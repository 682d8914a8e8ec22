package org.allocman.script;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Who knows why memory cannot be had at an address. */
interface Keeper {
    /** Somebody who knows nothing of the machine. */
    Keeper NOBODY = (paddr, bytes) -> null;

    /** Who has a part of that memory, in a sentence; null if nobody is known. */
    @Nullable
    String of(@PhysAddr long paddr, @Bytes long bytes);
}
