package org.allocman.view.export;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kernel object that some capability refers to, or the thread that runs.
 *
 * @param id its number, in the order of addresses, what contains before what is contained
 * @param kind for instance {@code endpoint}, {@code small page} or {@code device untyped}
 * @param address its first byte
 * @param sizeBits its size in bits
 * @param within the number of the smallest untyped that it lies in; null if there is none
 * @param watermark of an untyped: how many bytes from its start are given away; otherwise null
 * @param slots of a CNode or a thread: how many slots it has; otherwise null
 */
public record StateObject(
        int id,
        String kind,
        @PhysAddr long address,
        @SizeBits int sizeBits,
        @Nullable Integer within,
        @Nullable @Bytes Long watermark,
        @Nullable Long slots) {
    static final String TCB = "TCB";
    static final String CNODE = "CNode";
    static final String UNTYPED = "untyped";
    static final String DEVICE_UNTYPED = "device untyped";

    /**
     * Whether it is an untyped, of memory or of devices.
     *
     * @return true if it is one
     */
    @JsonIgnore
    public boolean isUntyped() {
        return kind.equals(UNTYPED) || kind.equals(DEVICE_UNTYPED);
    }

    /** Whether it is memory that can be mapped. */
    boolean isFrame() {
        return kind.endsWith("page") || kind.endsWith("section");
    }

    /**
     * Where it ends.
     *
     * @return one past the last byte
     */
    public @PhysAddr long end() {
        return address + (1L << sizeBits);
    }
}
