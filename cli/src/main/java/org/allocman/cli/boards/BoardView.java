package org.allocman.cli.boards;

import java.util.List;
import org.allocman.cli.frame.BoardNotes;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardCore;
import org.allocman.sim.board.BoardReading;
import org.allocman.sim.board.Mirror;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.BootInfo;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A board as JSON shows it.
 *
 * @param name what it is called
 * @param architecture its kernel's architecture
 * @param userTop where user addresses end; null if they end where they do on most boards of the architecture
 * @param core the microcontroller's core that the description names; null if it names none
 * @param mpu what the regions of its MPU can be, or {@code none}; null if the board is no microcontroller
 * @param mpuRegions how many regions there are; null if the description does not say
 * @param regions what is there, in address order
 * @param mirrors memory that answers at a second address
 * @param rootCNodeBits radix of the root CNode; 0 if the board does not boot
 * @param emptySlots the free slots of the root CNode; null if the board does not boot
 * @param untypeds what the root task is given, in slot order
 * @param leftOut what is there and not to be had as memory
 * @param failure why the board does not boot; null if it does
 */
record BoardView(
        String name,
        String architecture,
        @Nullable Long userTop,
        @Nullable String core,
        @Nullable String mpu,
        @Nullable Integer mpuRegions,
        List<Place> regions,
        List<Mirror> mirrors,
        int rootCNodeBits,
        BootInfo.@Nullable SlotRegion emptySlots,
        List<Untyped> untypeds,
        List<BoardNotes.Missing> leftOut,
        @Nullable String failure) {
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

    static BoardView of(BoardReading reading, @Nullable Machine machine, @Nullable String failure) {
        Board board = reading.board();
        BootInfo bootInfo = machine == null ? null : machine.bootInfo();
        BoardCore core = reading.core();
        boolean isMicrocontroller = !board.architecture().hasPaging();
        Board usual = new Board(board.name(), board.architecture(), board.regions(), board.mirrors());
        return new BoardView(
                board.name(),
                board.architecture().text(),
                usual.userTop() == board.userTop() ? null : board.userTop(),
                isMicrocontroller && !core.name().isEmpty() ? core.name() : null,
                isMicrocontroller ? core.hasMpu() ? core.rules().text() : "none" : null,
                isMicrocontroller && core.mpuRegions() > 0 ? core.mpuRegions() : null,
                board.regions().stream()
                        .map(region -> new Place(region.name(), word(region.kind()), region.start(), region.size()))
                        .toList(),
                board.mirrors(),
                bootInfo == null ? 0 : bootInfo.initThreadCNodeSizeBits(),
                bootInfo == null ? null : bootInfo.empty(),
                bootInfo == null ? List.of() : bootInfo.untypeds(),
                BoardNotes.Missing.of(BoardNotes.leftOut(reading, machine == null ? List.of() : machine.leftOut())),
                failure);
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
