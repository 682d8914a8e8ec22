package org.allocman.sim.boot;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.LeftOut;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;

/**
 * All that a boot comes to, computed before any of it is written.
 *
 * @param architecture the kernel's
 * @param shape the root task's image
 * @param load what lies where when the kernel starts
 * @param sizes of the root task's objects
 * @param objects where these are
 * @param imageBase virtual address of the image
 * @param ipcBuffer virtual address of the IPC buffer
 * @param bootInfoAddress virtual address of the boot info
 * @param extraAddress virtual address of the extra boot info
 * @param end virtual address behind all of these
 * @param userTop where user addresses end
 * @param bootInfo what the root task is told
 * @param leftOut memory that is there and that the root task cannot have as memory
 */
record BootPlan(
        Architecture architecture,
        ImageShape shape,
        LoadLayout load,
        RootObjectSizes sizes,
        RootObjects objects,
        @VirtAddr long imageBase,
        @VirtAddr long ipcBuffer,
        @VirtAddr long bootInfoAddress,
        @VirtAddr long extraAddress,
        @VirtAddr long end,
        @VirtAddr long userTop,
        BootInfo bootInfo,
        List<LeftOut> leftOut) {
    private static final BootInfo.SlotRegion NONE = new BootInfo.SlotRegion(0, 0);
    private static final int LARGE_BOOT_INFO_BITS = 12;
    private static final @Bytes long LARGE_BOOT_INFO_FROM = 128 * 1024;

    static BootPlan of(Board board, BootConfig config) throws BootFailure {
        Architecture architecture = board.architecture();
        ImageShape shape = ImageShape.of(architecture, config);
        LoadLayout load = LoadLayout.of(board, config, shape);
        RootObjectSizes sizes = sizes(architecture, config, shape, load);
        FreeMemory memory = FreeMemory.placing(load.free(), sizes);
        RootObjects objects = memory.objects();
        boolean paging = architecture.hasPaging();
        long base = paging ? config.imageBase() : load.image().start();
        long ipcBuffer = paging ? base + shape.bytes() : objects.ipcBuffer();
        long bootInfoAddress = paging ? ipcBuffer + RootObjectSizes.bytes(sizes.ipcBufferBits()) : objects.bootInfo();
        long extraAddress = paging ? bootInfoAddress + RootObjectSizes.bytes(sizes.bootInfoBits()) : objects.extra();
        long end = extraAddress + RootObjectSizes.bytes(sizes.extraBits());
        if (paging && end > board.userTop()) {
            throw new BootFailure("the root task's image does not fit below the top of user addresses", 0);
        }
        List<LeftOut> leftOut = new ArrayList<>(load.leftOut());
        BootInfo info = info(board, config, shape, load, sizes, memory, ipcBuffer, leftOut);
        return new BootPlan(
                architecture,
                shape,
                load,
                sizes,
                objects,
                base,
                ipcBuffer,
                bootInfoAddress,
                extraAddress,
                end,
                board.userTop(),
                info,
                leftOut);
    }

    private static RootObjectSizes sizes(
            Architecture architecture, BootConfig config, ImageShape shape, LoadLayout load) {
        int pageBits = architecture.sizeBits(ObjectType.SMALL_PAGE, 0);
        int extraBits = RootObjectSizes.extraBits(config.extraBootInfoBytes(), pageBits);
        long end = config.imageBase() + shape.bytes() + 2 * shape.pageBytes() + RootObjectSizes.bytes(extraBits);
        boolean paging = architecture.hasPaging();
        long memory = load.available().stream().mapToLong(Span::size).sum();
        return new RootObjectSizes(
                config.rootCNodeBits() + architecture.slotBits(),
                architecture.sizeBits(architecture.vspaceType(), 0),
                paging ? pageBits : RootObjectSizes.NONE,
                pageBits,
                memory >= LARGE_BOOT_INFO_FROM ? LARGE_BOOT_INFO_BITS : pageBits,
                extraBits,
                paging ? RootTables.largestBits(architecture) : RootObjectSizes.NONE,
                RootObjectSizes.tables(config.imageBase(), end, RootTables.levels(architecture)),
                architecture.sizeBits(ObjectType.TCB, 0),
                RootObjectSizes.contextBits(architecture));
    }

    private static BootInfo info(
            Board board,
            BootConfig config,
            ImageShape shape,
            LoadLayout load,
            RootObjectSizes sizes,
            FreeMemory memory,
            @VirtAddr long ipcBuffer,
            List<LeftOut> leftOut)
            throws BootFailure {
        Architecture architecture = board.architecture();
        BootInfo.SlotRegion paging = after(BootSlots.FIRST_DYNAMIC, sizes.tables());
        BootInfo.SlotRegion extra = after(paging.end(), sizes.extraFrames(architecture, config.extraBootInfoBytes()));
        BootInfo.SlotRegion schedControl = architecture.hasMcs() ? after(extra.end(), 1) : NONE;
        BootInfo.SlotRegion frames = after(extra.end() + schedControl.size(), shape.bytes() / shape.pageBytes());
        Span kernel = load.kernel();
        // the kernel's own words are at the end of its image and stay
        long reuse = Math.min(
                config.reuseBytes() & -shape.pageBytes(),
                kernel.size() - KernelWords.bytes(architecture, kernel.size()));
        int room = BootInfoLayout.of(architecture).untypedLimit(sizes.bootInfoBits());
        UntypedList cut = new UntypedList(
                        architecture,
                        load.window().offset(),
                        architecture.maxUntypedBits(),
                        Math.min(config.bootInfoUntypeds(), room),
                        frames.end())
                .addAll(
                        load.reserved(),
                        architecture.deviceTop(),
                        List.of(new Span(kernel.start(), kernel.start() + reuse)),
                        memory.free());
        List<Untyped> untypeds = cut.untypeds();
        leftOut.addAll(cut.leftOut());
        BootInfo.SlotRegion list = after(frames.end(), untypeds.size());
        long slots = 1L << config.rootCNodeBits();
        if (list.end() >= slots) {
            throw new BootFailure(
                    "a root CNode of 2^" + config.rootCNodeBits() + " slots is too small: boot fills " + list.end(), 0);
        }
        return new BootInfo(
                architecture,
                ipcBuffer,
                config.rootCNodeBits(),
                new BootInfo.SlotRegion(list.end(), slots),
                frames,
                paging,
                extra,
                schedControl,
                list,
                untypeds);
    }

    private static BootInfo.SlotRegion after(@CPtr long start, long size) {
        return new BootInfo.SlotRegion(start, start + size);
    }
}
