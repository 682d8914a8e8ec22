package org.allocman.plan;

import io.vavr.control.Either;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.qual.Bytes;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.BootInfo;

/**
 * What a root task starts with.
 *
 * @param bootInfo what the kernel leaves it with
 * @param options where the pools are, and what CSpace is wanted; the pools have the greatest sizes that there can be
 * @param lastMapped an address below the virtual pool; the paging structures on the way to it are there at boot
 * @param freeRegions MPU regions that are free; ignored with paging
 */
public record StartingPoint(
        BootInfo bootInfo,
        BootstrapOptions options,
        @VirtAddr long lastMapped,
        int freeRegions) {
    /**
     * Boots, or computes what would be found if one did. The static pool is part of the root task's image, and so its size
     * decides where untypeds are.
     */
    @FunctionalInterface
    public interface Boot {
        /**
         * Boots.
         *
         * @param staticPoolBytes size of the static pool in bytes
         * @param rootCNodeBits radix of the root CNode; 0 for the usual one
         * @return what the root task starts with, or a sentence why the board does not boot like that
         */
        Either<String, StartingPoint> with(@Bytes long staticPoolBytes, @SizeBits int rootCNodeBits);
    }
}
