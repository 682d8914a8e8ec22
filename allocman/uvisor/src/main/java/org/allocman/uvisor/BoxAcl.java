package org.allocman.uvisor;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * A range of addresses, usually a device, that a box may reach.
 *
 * @param start the first byte
 * @param bytes how many; start and size are such that a region of the MPU can be just this
 * @param writable whether the box may write it
 */
public record BoxAcl(@PhysAddr long start, @Bytes long bytes, boolean writable) {}
