package org.allocman.sim.boot;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.LeftOut;
import org.allocman.sim.board.Mirror;
import org.allocman.sim.board.Region;
import org.allocman.sim.kernel.paging.ArchitectureBehaviour;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.sim.kernel.paging.KernelWindow;
import org.allocman.vka.Architecture;
import org.allocman.vka.Rounding;

/**
 * What lies where in physical memory when the kernel starts.
 *
 * @param available memory that the kernel may use
 * @param kernel the kernel's image
 * @param deviceTree what the loader passes on; empty if nothing
 * @param image the root task's image
 * @param free available memory that none of these takes
 * @param reserved what the root task gets no device untypeds for
 * @param window what the kernel maps
 * @param leftOut RAM that is not available, and why
 */
record LoadLayout(
        List<Span> available,
        Span kernel,
        Span deviceTree,
        Span image,
        List<Span> free,
        List<Span> reserved,
        KernelWindow window,
        List<LeftOut> leftOut) {

    LoadLayout {
        available = List.copyOf(available);
        free = List.copyOf(free);
        reserved = List.copyOf(reserved);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Loads kernel and root task: one behind the other at the start of the first memory that holds them all. Without paging
     * the image, which lies at a multiple of its region, goes in front if the kernel would not fit into the gap before it.
     *
     * @param board the board
     * @param config sizes
     * @param shape the root task's image
     * @return where they are
     * @throws BootFailure if no memory holds them
     */
    static LoadLayout of(Board board, BootConfig config, ImageShape shape) throws BootFailure {
        List<LeftOut> leftOut = new ArrayList<>();
        List<Span> memory = memory(board, config, shape.pageBytes(), leftOut);
        BootFailure first = null;
        // as many windows as there are pieces of memory, and one
        ArchitectureBehaviour behaviour = Behaviours.of(board.architecture());
        for (KernelWindow window : KernelWindows.of(behaviour, board.userTop(), memory)) {
            try {
                return within(window, board, config, shape, memory, leftOut);
            } catch (BootFailure noRoom) {
                first = first == null ? noRoom : first;
            }
        }
        throw first != null ? first : new BootFailure("no memory at all", 0);
    }

    private static LoadLayout within(
            KernelWindow window,
            Board board,
            BootConfig config,
            ImageShape shape,
            List<Span> memory,
            List<LeftOut> leftOutBefore)
            throws BootFailure {
        Architecture architecture = board.architecture();
        long page = shape.pageBytes();
        List<LeftOut> leftOut = new ArrayList<>(leftOutBefore);
        List<Span> available = available(memory, window, leftOut);
        // the header is a word of what it is and one of how long
        long header = 2L * architecture.wordBits() / Byte.SIZE;
        long treeBytes = !Behaviours.of(architecture).hasDeviceTree() || config.extraBootInfoBytes() <= header
                ? 0
                : config.extraBootInfoBytes() - header;
        long missing = Long.MAX_VALUE;
        for (Span span : available) {
            long kernelBytes = Rounding.up(config.kernelBytes(), page);
            long first = Rounding.up(span.start(), shape.alignment());
            // an image that lies at a multiple of its region would leave a gap behind a kernel that is in front of it
            boolean isBehind = !architecture.hasPaging() && first < span.start() + kernelBytes;
            long kernelStart = isBehind ? first + shape.bytes() : span.start();
            Span kernel = new Span(kernelStart, kernelStart + kernelBytes);
            Span tree = new Span(kernel.end(), kernel.end() + treeBytes);
            long start = isBehind ? first : Rounding.up(Rounding.up(tree.end(), page), shape.alignment());
            Span image = new Span(start, start + shape.bytes());
            if (Math.max(image.end(), kernel.end()) <= span.end()) {
                List<Span> free = AddressSpans.subtract(available, List.of(kernel, tree, image));
                List<Span> reserved = reserved(board, available, window);
                return new LoadLayout(available, kernel, tree, image, free, reserved, window, leftOut);
            }
            missing = Math.min(missing, Math.max(image.end(), kernel.end()) - span.end());
        }
        if (missing == Long.MAX_VALUE) {
            throw new BootFailure("board " + board.name() + " has no memory that the kernel could use", 0);
        }
        throw new BootFailure(
                "kernel and root task do not fit into the memory of board " + board.name() + ": " + missing
                        + " bytes are missing",
                missing);
    }

    /** RAM that nobody else keeps, from whole pages on, as far as there are addresses for it. */
    private static List<Span> memory(Board board, BootConfig config, @Bytes long page, List<LeftOut> leftOut) {
        List<Span> kept = new ArrayList<>();
        for (Region region : board.regions(Region.Kind.RESERVED)) {
            kept.add(new Span(region.start(), region.end()));
        }
        kept.add(new Span(config.firmware(), config.firmware() + config.firmwareBytes()));
        kept.addAll(spans(Behaviours.of(board.architecture()).keptMemory()));
        List<Span> memory = AddressSpans.subtract(
                board.regions(Region.Kind.RAM).stream()
                        .map(region -> new Span(region.start(), region.end()))
                        .toList(),
                kept);
        List<Span> below = AddressSpans.below(memory, board.architecture().deviceTop());
        leaveOut(LeftOut.Reason.BEYOND_DEVICES, memory, below, leftOut);
        List<Span> whole = new ArrayList<>();
        for (Span span : below) {
            long start = Rounding.up(span.start(), page);
            if (start < span.end()) {
                whole.add(new Span(start, span.end()));
            }
        }
        return whole;
    }

    /** What of that the kernel maps and does not keep. */
    private static List<Span> available(List<Span> memory, KernelWindow window, List<LeftOut> leftOut) {
        List<Span> above = AddressSpans.subtract(memory, List.of(new Span(0, window.base())));
        leaveOut(LeftOut.Reason.BELOW_KERNEL, memory, above, leftOut);
        List<Span> within = AddressSpans.below(above, window.end());
        leaveOut(LeftOut.Reason.BEYOND_WINDOW, above, within, leftOut);
        List<Span> available = AddressSpans.subtract(within, List.of(KernelWindows.kept(window)));
        leaveOut(LeftOut.Reason.KERNEL_SECTION, within, available, leftOut);
        return available;
    }

    private static void leaveOut(LeftOut.Reason reason, List<Span> before, List<Span> after, List<LeftOut> leftOut) {
        List<Span> gone = AddressSpans.subtract(before, after);
        if (!gone.isEmpty()) {
            leftOut.add(new LeftOut(
                    reason, gone.size(), gone.stream().mapToLong(Span::size).sum()));
        }
    }

    private static List<Span> reserved(Board board, List<Span> available, KernelWindow window) {
        ArchitectureBehaviour behaviour = Behaviours.of(board.architecture());
        List<Span> reserved = new ArrayList<>(available);
        reserved.add(KernelWindows.kept(window));
        long unit = behaviour.deviceUnit();
        for (Region device : board.regions(Region.Kind.KERNEL_DEVICE)) {
            reserved.add(new Span(device.start() & -unit, Rounding.up(device.end(), unit)));
        }
        reserved.addAll(spans(behaviour.keptDevices()));
        List<Span> kept = AddressSpans.merge(reserved);
        for (Mirror mirror : board.mirrors()) {
            // what the kernel uses, or hands out as memory, must not be had as a device under another address
            Span original = new Span(mirror.original(), mirror.original() + mirror.size());
            if (!AddressSpans.subtract(List.of(original), kept).equals(List.of(original))) {
                reserved.add(new Span(mirror.start(), mirror.start() + mirror.size()));
            }
        }
        return AddressSpans.merge(reserved);
    }

    /** Spans from starts and ends by turns. */
    private static List<Span> spans(List<Long> edges) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < edges.size(); i += 2) {
            spans.add(new Span(edges.get(i), edges.get(i + 1)));
        }
        return spans;
    }
}
