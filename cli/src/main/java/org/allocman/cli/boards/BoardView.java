package org.allocman.cli.boards;

import java.util.List;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Mirror;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.BootInfo;
import org.allocman.vka.Untyped;

/**
 * A board as JSON shows it.
 *
 * @param name what it is called
 * @param architecture its kernel's architecture
 * @param regions what is there, in address order
 * @param mirrors memory that answers at a second address
 * @param rootCNodeBits radix of the root CNode
 * @param emptySlots the free slots of the root CNode
 * @param untypeds what the root task is given, in slot order
 */
record BoardView(
        String name,
        String architecture,
        List<Place> regions,
        List<Mirror> mirrors,
        int rootCNodeBits,
        BootInfo.SlotRegion emptySlots,
        List<Untyped> untypeds) {
    /**
     * A region.
     *
     * @param name what the description calls it
     * @param kind what is there
     * @param start first byte
     * @param size length in bytes
     */
    record Place(String name, String kind, long start, long size) {}

    /**
     * A board in a line.
     *
     * @param name what it is called
     * @param architecture its kernel's architecture
     * @param ramBytes how much RAM it has
     * @param devices how many devices, the kernel's own among them
     */
    record Summary(String name, String architecture, long ramBytes, int devices) {
        static Summary of(Board board) {
            return new Summary(
                    board.name(), board.architecture().text(), bytes(board, Region.Kind.RAM), devices(board));
        }

        private static int devices(Board board) {
            return board.regions(Region.Kind.DEVICE).size()
                    + board.regions(Region.Kind.KERNEL_DEVICE).size();
        }
    }

    static BoardView of(Machine machine) {
        Board board = machine.board();
        BootInfo bootInfo = machine.bootInfo();
        return new BoardView(
                board.name(),
                board.architecture().text(),
                board.regions().stream()
                        .map(region -> new Place(region.name(), word(region.kind()), region.start(), region.size()))
                        .toList(),
                board.mirrors(),
                bootInfo.initThreadCNodeSizeBits(),
                bootInfo.empty(),
                bootInfo.untypeds());
    }

    static long bytes(Board board, Region.Kind kind) {
        return board.regions(kind).stream().mapToLong(Region::size).sum();
    }

    static String word(Region.Kind kind) {
        return switch (kind) {
            case RAM -> "RAM";
            case RESERVED -> "reserved";
            case DEVICE -> "device";
            case KERNEL_DEVICE -> "kernel's device";
        };
    }
}
