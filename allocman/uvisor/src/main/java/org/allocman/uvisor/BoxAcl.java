package org.allocman.uvisor;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * A range of addresses of a device that a box may reach.
 *
 * @param start the first byte
 * @param bytes how many; start and size are such that a region of the MPU can be just this
 * @param writable whether the box may write it
 * @param shared whether another box may be given some of it, too, if it says so as well
 */
public record BoxAcl(@PhysAddr long start, @Bytes long bytes, boolean writable, boolean shared) {
    /**
     * A range that no other box may have.
     *
     * @param start the first byte
     * @param bytes how many; start and size are such that a region of the MPU can be just this
     * @param writable whether the box may write it
     */
    public BoxAcl(@PhysAddr long start, @Bytes long bytes, boolean writable) {
        this(start, bytes, writable, false);
    }
}
