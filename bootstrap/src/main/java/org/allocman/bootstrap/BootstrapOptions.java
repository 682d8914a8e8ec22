package org.allocman.bootstrap;

import static org.allocman.vka.PageSize.PAGE;

import java.util.List;
import java.util.Objects;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.manager.GrowthListener;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;

/**
 * What a bootstrap is given beside the kernel and the boot info.
 *
 * @param staticPool address of the static pool, a multiple of 4096; its bytes are mapped and zero
 * @param staticPoolBytes its size in bytes
 * @param window address of the virtual pool, a multiple of 4096; nothing is mapped there. Without paging it is the first
 *     physical address of the memory that frames can come from
 * @param windowBytes its greatest size in bytes; 0 for no virtual pool. Without paging, how far that memory reaches
 * @param deviceRam RAM that the kernel hands out as device memory
 * @param listener is told of growth
 * @param manager which untyped manager; one that cannot free has no use for a virtual pool and gets none
 * @param laterUntypeds how many untypeds can be added to those of the boot info, 0 or more; 4 bytes of static pool each
 * @param laterSlots how many slots users will want, for whose bitmaps the static pool is to have room, 0 or more; it matters
 *     where nothing grows, in a CSpace of two levels, whose CNodes need bitmaps of 320 bytes each
 * @param cspace the CSpace to work in: the one there is, or a new one
 * @param pageAtOnce whether the bootstrap makes the first page of the virtual pool; else it is made when one is needed
 */
public record BootstrapOptions(
        @VirtAddr long staticPool,
        @Bytes long staticPoolBytes,
        @VirtAddr long window,
        @Bytes long windowBytes,
        List<RamRange> deviceRam,
        GrowthListener listener,
        UntypedDesign manager,
        int laterUntypeds,
        long laterSlots,
        CSpaceGeometry cspace,
        boolean pageAtOnce) {
    /** How many untypeds can be added if nobody says another number. */
    public static final int USUAL_LATER_UNTYPEDS = 64;

    /**
     * Keeps a copy of the list.
     *
     * @param staticPool address of the static pool, a multiple of 4096; its bytes are mapped and zero
     * @param staticPoolBytes its size in bytes
     * @param window address of the virtual pool, a multiple of 4096; nothing is mapped there. Without paging it is the
     *     first physical address of the memory that frames can come from
     * @param windowBytes its greatest size in bytes; 0 for no virtual pool. Without paging, how far that memory reaches
     * @param deviceRam RAM that the kernel hands out as device memory
     * @param listener is told of growth
     * @param manager which untyped manager; one that cannot free has no use for a virtual pool and gets none
     * @param laterUntypeds how many untypeds can be added to those of the boot info, 0 or more; 4 bytes of static pool each
     * @param laterSlots how many slots users will want, for whose bitmaps the static pool is to have room, 0 or more; it
     *     matters where nothing grows, in a CSpace of two levels, whose CNodes need bitmaps of 320 bytes each
     * @param cspace the CSpace to work in: the one there is, or a new one
     * @param pageAtOnce whether the bootstrap makes the first page of the virtual pool; else it is made when one is needed
     */
    public BootstrapOptions {
        Objects.requireNonNull(deviceRam, "deviceRam");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(manager, "manager");
        Objects.requireNonNull(cspace, "cspace");
        deviceRam = List.copyOf(deviceRam);
        if (staticPool % PAGE != 0
                || window % PAGE != 0
                || staticPoolBytes < 0
                || windowBytes < 0
                || laterUntypeds < 0
                || laterSlots < 0) {
            throw new IllegalArgumentException("pools start at multiples of 4096, and no size or number is negative");
        }
    }

    /**
     * The static pool alone.
     *
     * @param staticPool address of the static pool, a multiple of 4096; its bytes are mapped and zero
     * @param staticPoolBytes its size in bytes
     * @return options without a virtual pool
     */
    public static BootstrapOptions fixed(@VirtAddr long staticPool, @Bytes long staticPoolBytes) {
        return new BootstrapOptions(
                staticPool,
                staticPoolBytes,
                0,
                0,
                List.of(),
                GrowthListener.NONE,
                UntypedDesigns.ARENA,
                USUAL_LATER_UNTYPEDS,
                0,
                CSpaceGeometry.CURRENT,
                true);
    }

    /**
     * Adds a virtual pool.
     *
     * @param address its first address, a multiple of 4096
     * @param bytes its greatest size in bytes
     * @return new options
     */
    public BootstrapOptions withVirtualPool(@VirtAddr long address, @Bytes long bytes) {
        return pools(staticPoolBytes, address, bytes);
    }

    /**
     * Another static pool size.
     *
     * @param bytes its size in bytes
     * @return new options
     */
    public BootstrapOptions withStaticPoolBytes(@Bytes long bytes) {
        return pools(bytes, window, windowBytes);
    }

    /**
     * Somebody who listens.
     *
     * @param to is told of growth
     * @return new options
     */
    public BootstrapOptions withListener(GrowthListener to) {
        return rest(deviceRam, to, manager, laterUntypeds, laterSlots, cspace, pageAtOnce);
    }

    /**
     * Another untyped manager.
     *
     * @param design which; it is {@link UntypedDesign#fittedTo fitted} to the CSpace
     * @return new options
     */
    public BootstrapOptions withManager(UntypedDesign design) {
        return rest(deviceRam, listener, design, laterUntypeds, laterSlots, cspace, pageAtOnce);
    }

    /**
     * Room for more untypeds, or for fewer.
     *
     * @param count how many can be added later, 0 or more
     * @return new options
     */
    public BootstrapOptions withLaterUntypeds(int count) {
        return rest(deviceRam, listener, manager, count, laterSlots, cspace, pageAtOnce);
    }

    /**
     * Room for the bitmaps of slots, where nothing grows.
     *
     * @param count how many slots users will want, 0 or more
     * @return new options
     */
    public BootstrapOptions withLaterSlots(long count) {
        return rest(deviceRam, listener, manager, laterUntypeds, count, cspace, pageAtOnce);
    }

    /**
     * Another CSpace.
     *
     * @param geometry the one there is, or a new one
     * @return new options
     */
    public BootstrapOptions withCSpace(CSpaceGeometry geometry) {
        return rest(deviceRam, listener, manager, laterUntypeds, laterSlots, geometry, pageAtOnce);
    }

    /**
     * The virtual pool later: its first page is made when one is needed, or when somebody calls {@code Allocman.grow}.
     *
     * @return new options
     */
    public BootstrapOptions withPageLater() {
        return rest(deviceRam, listener, manager, laterUntypeds, laterSlots, cspace, false);
    }

    /**
     * Names RAM among the device memory.
     *
     * @param ranges where it is
     * @return new options
     */
    public BootstrapOptions withDeviceRam(List<RamRange> ranges) {
        return rest(ranges, listener, manager, laterUntypeds, laterSlots, cspace, pageAtOnce);
    }

    /** Other pools, all else the same. */
    private BootstrapOptions pools(@Bytes long poolBytes, @VirtAddr long address, @Bytes long bytes) {
        return new BootstrapOptions(
                staticPool,
                poolBytes,
                address,
                bytes,
                deviceRam,
                listener,
                manager,
                laterUntypeds,
                laterSlots,
                cspace,
                pageAtOnce);
    }

    /** The same pools, all else as given. */
    private BootstrapOptions rest(
            List<RamRange> ranges,
            GrowthListener to,
            UntypedDesign design,
            int later,
            long slots,
            CSpaceGeometry geometry,
            boolean atOnce) {
        return new BootstrapOptions(
                staticPool, staticPoolBytes, window, windowBytes, ranges, to, design, later, slots, geometry, atOnce);
    }

    /**
     * A stretch of RAM.
     *
     * @param start first byte
     * @param end one past the last byte
     */
    public record RamRange(@PhysAddr long start, @PhysAddr long end) {}
}
