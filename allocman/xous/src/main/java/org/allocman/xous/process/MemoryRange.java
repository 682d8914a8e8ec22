package org.allocman.xous.process;

import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;

/**
 * Addresses of a process.
 *
 * @param start first byte
 * @param bytes how many
 */
public record MemoryRange(@VirtAddr long start, @Bytes long bytes) {
    @Override
    public String toString() {
        return "0x" + Long.toHexString(start) + " with 0x" + Long.toHexString(bytes) + " bytes";
    }
}
