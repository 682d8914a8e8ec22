package org.allocman.sim.boot;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Mirror;
import org.allocman.sim.board.Region;
import org.allocman.vka.Architecture;

/**
 * What lies where in physical memory when the kernel starts.
 *
 * @param available memory that the kernel may use
 * @param kernel the kernel's image
 * @param deviceTree what the loader passes on; empty if nothing
 * @param image the root task's image
 * @param free available memory that none of these takes
 * @param reserved what the root task gets no device untypeds for
 */
record LoadLayout(
        List<Span> available, Span kernel, Span deviceTree, Span image, List<Span> free, List<Span> reserved) {
    private static final long MIB = 1L << 20;
    private static final long RISCV_LARGE_PAGE = 2 * MIB;
    private static final long EXTRA_HEADER = 16;

    /** pc99: writes up to 4 GiB from here on are interrupt messages. */
    private static final Span MESSAGE_INTERRUPTS = new Span(0xffff_fff8L, 0x1_0000_0000L);

    LoadLayout {
        available = List.copyOf(available);
        free = List.copyOf(free);
        reserved = List.copyOf(reserved);
    }

    /**
     * Loads kernel and root task: one behind the other at the start of the first memory that holds them all.
     *
     * @param board the board
     * @param config sizes
     * @param shape the root task's image
     * @return where they are
     * @throws BootFailure if no memory holds them
     */
    static LoadLayout of(Board board, BootConfig config, ImageShape shape) throws BootFailure {
        Architecture architecture = board.architecture();
        long page = shape.pageBytes();
        List<Span> available = available(board, config, page);
        long treeBytes = architecture == Architecture.X86_64 || config.extraBootInfoBytes() <= EXTRA_HEADER
                ? 0
                : config.extraBootInfoBytes() - EXTRA_HEADER;
        long missing = Long.MAX_VALUE;
        for (Span memory : available) {
            Span kernel = new Span(memory.start(), memory.start() + up(config.kernelBytes(), page));
            Span tree = new Span(kernel.end(), kernel.end() + treeBytes);
            long start = up(up(tree.end(), page), shape.alignment());
            Span image = new Span(start, start + shape.bytes());
            if (image.end() <= memory.end()) {
                List<Span> free = Spans.subtract(available, List.of(kernel, tree, image));
                return new LoadLayout(available, kernel, tree, image, free, reserved(board, available));
            }
            missing = Math.min(missing, image.end() - memory.end());
        }
        if (missing == Long.MAX_VALUE) {
            throw new BootFailure("board " + board.name() + " has no memory that the kernel could use", 0);
        }
        throw new BootFailure(
                "kernel and root task do not fit into the memory of board " + board.name() + ": " + missing
                        + " bytes are missing",
                missing);
    }

    private static List<Span> available(Board board, BootConfig config, @Bytes long page) {
        List<Span> kept = new ArrayList<>();
        for (Region region : board.regions(Region.Kind.RESERVED)) {
            kept.add(new Span(region.start(), region.end()));
        }
        kept.add(new Span(config.firmware(), config.firmware() + config.firmwareBytes()));
        if (board.architecture() == Architecture.X86_64) {
            kept.add(new Span(0, MIB));
        }
        List<Span> memory = board.regions(Region.Kind.RAM).stream()
                .map(region -> new Span(region.start(), region.end()))
                .toList();
        List<Span> whole = new ArrayList<>();
        for (Span span :
                Spans.below(Spans.subtract(memory, kept), board.architecture().deviceTop())) {
            long start = up(span.start(), page);
            long end = span.end() & -page;
            if (start < end) {
                whole.add(new Span(start, end));
            }
        }
        return whole;
    }

    private static List<Span> reserved(Board board, List<Span> available) {
        Architecture architecture = board.architecture();
        List<Span> reserved = new ArrayList<>(available);
        // the riscv64 kernel maps its devices by large pages and keeps all of them
        long unit = architecture == Architecture.RISCV64 ? RISCV_LARGE_PAGE : 1;
        for (Region device : board.regions(Region.Kind.KERNEL_DEVICE)) {
            reserved.add(new Span(device.start() & -unit, up(device.end(), unit)));
        }
        if (architecture == Architecture.X86_64) {
            reserved.add(MESSAGE_INTERRUPTS);
        }
        List<Span> kept = Spans.merge(reserved);
        for (Mirror mirror : board.mirrors()) {
            // what the kernel uses, or hands out as memory, must not be had as a device under another address
            Span original = new Span(mirror.original(), mirror.original() + mirror.size());
            if (!Spans.subtract(List.of(original), kept).equals(List.of(original))) {
                reserved.add(new Span(mirror.start(), mirror.start() + mirror.size()));
            }
        }
        return Spans.merge(reserved);
    }

    // what goes in, an address or a size, comes out
    static long up(long value, @Bytes long unit) {
        return value + unit - 1 & -unit;
    }
}
