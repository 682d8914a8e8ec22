package org.allocman.plan;

import static org.allocman.vka.PageSize.PAGE;

import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.bootstrap.BootstrapPlan;
import org.allocman.qual.Bytes;
import org.allocman.qual.SizeBits;
import org.allocman.untyped.Need;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The least pools with which a workload can be allocated, or, if it cannot, those with which it comes furthest.
 *
 * @param start what the root task starts with, booted for the planned static pool
 * @param options what bootstrap is to be given: exactly the pools that are needed
 * @param staticPool what the static pool holds right after bootstrap
 * @param virtualPagesMapped pages of 4 KiB of the virtual pool at the end of the workload
 * @param slots what becomes of the slots
 * @param memory what becomes of the untyped memory
 * @param shortage why the workload does not fit, or null
 */
public record Plan(
        StartingPoint start,
        BootstrapOptions options,
        BootstrapPlan staticPool,
        long virtualPagesMapped,
        Slots slots,
        Memory memory,
        @Nullable Shortfall shortage) {

    /** Which pool is to hold the book-keeping of the workload. */
    public enum Pool {
        /** The virtual pool; the static one is as small as bootstrap allows. */
        VIRTUAL,
        /** The static pool; there is no virtual one. */
        STATIC,
        /** The virtual pool; if the workload does not fit like that but does with the static pool alone, the static one. */
        EITHER
    }

    /**
     * What becomes of the slots.
     *
     * @param rootCNodeBits radix of the root CNode
     * @param empty slots that the manager can give at most, all second levels included
     * @param taken those it has given at the end of the workload, for objects, untypeds and users
     */
    public record Slots(@SizeBits int rootCNodeBits, long empty, long taken) {}

    /**
     * What becomes of the untyped memory, devices left out.
     *
     * @param handedOver bytes of untypeds at boot
     * @param left bytes that are free at the end of the workload
     * @param largestLeft size bits of the largest free block at the end; -1 if nothing is free
     */
    public record Memory(@Bytes long handedOver, @Bytes long left, int largestLeft) {}

    /**
     * Whether the workload can be allocated.
     *
     * @return true if it can
     */
    public boolean fits() {
        return shortage == null;
    }

    /**
     * The static pool.
     *
     * @return its size in bytes; with one byte less bootstrap refuses, or the workload does not fit
     */
    public @Bytes long staticPoolBytes() {
        return options.staticPoolBytes();
    }

    /**
     * The virtual pool's window.
     *
     * @return its size in bytes; 0 if none is needed
     */
    public @Bytes long virtualPoolBytes() {
        return staticPool.layout().windowPages() * PAGE;
    }

    /**
     * Which pool holds the book-keeping of the workload.
     *
     * @return the virtual one if there is one; never {@link Pool#EITHER}
     */
    public Pool pool() {
        return virtualPoolBytes() > 0 ? Pool.VIRTUAL : Pool.STATIC;
    }

    /**
     * What users have to leave for the growth of the virtual pool.
     *
     * @return records and runs of slots
     */
    public Need reserve() {
        return staticPool.reserve();
    }

    /**
     * The part of the pools that the reserve's records take.
     *
     * @return bytes
     */
    public @Bytes long reserveBytes() {
        return staticPool.layout().records().stream()
                .mapToLong(kind -> (long) reserve().of(kind) * kind.bytes())
                .sum();
    }

    /**
     * The reserve's slots.
     *
     * @return how many
     */
    public long reserveSlots() {
        return reserve().slots();
    }
}
