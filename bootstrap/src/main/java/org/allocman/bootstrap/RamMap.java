package org.allocman.bootstrap;

import java.util.List;
import java.util.stream.LongStream;
import org.allocman.bootstrap.BootstrapOptions.RamRange;
import org.allocman.untyped.MemoryKind;
import org.allocman.vka.Architecture;
import org.allocman.vka.Untyped;

/** Which part of device memory is RAM. */
final class RamMap {
    private static final long UNIT = 1L << Architecture.MIN_UNTYPED_BITS;

    private RamMap() {}

    /** What an untyped of device memory is: RAM if all of it is. */
    static MemoryKind kind(List<RamRange> ram, Untyped untyped) {
        for (RamRange range : ram) {
            if (Long.compareUnsigned(range.start(), untyped.paddr()) <= 0
                    && Long.compareUnsigned(untyped.last(), range.end()) < 0) {
                return MemoryKind.DEVICE_RAM;
            }
        }
        return MemoryKind.DEVICE;
    }

    /** Where in an untyped RAM begins or ends, in bytes from its start, in order. An untyped has 16 bytes or more. */
    static long[] borders(List<RamRange> ram, Untyped untyped) {
        long size = 1L << untyped.sizeBits();
        return ram.stream()
                .filter(range -> Long.compareUnsigned(range.start(), range.end()) < 0
                        && Long.compareUnsigned(range.start(), untyped.last()) <= 0
                        && Long.compareUnsigned(range.end(), untyped.paddr()) > 0)
                .flatMapToLong(range -> LongStream.of(
                        Long.compareUnsigned(range.start(), untyped.paddr()) < 0
                                ? 0
                                : range.start() - untyped.paddr() + UNIT - 1 & -UNIT,
                        Long.compareUnsigned(range.end(), untyped.last()) > 0
                                ? size
                                : range.end() - untyped.paddr() & -UNIT))
                .filter(border -> border > 0 && border < size)
                .sorted()
                .distinct()
                .toArray();
    }
}
