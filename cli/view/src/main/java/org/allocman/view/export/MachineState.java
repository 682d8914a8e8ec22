package org.allocman.view.export;

import java.util.List;
import java.util.Locale;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.Machine;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A machine at one moment: its memory map, every object that a capability refers to, every capability, every mapping.
 *
 * @param board the board's name
 * @param architecture its kernel's architecture
 * @param wordBits 32 or 64
 * @param regions the board's memory map
 * @param objects the objects, by address, what contains before what is contained
 * @param capabilities the slots that hold something, by address
 * @param mappings what the page tables lead to, in depth-first order
 */
public record MachineState(
        String board,
        String architecture,
        int wordBits,
        List<Area> regions,
        List<StateObject> objects,
        List<StateCapability> capabilities,
        List<StateMapping> mappings) {
    /**
     * A stretch of physical addresses.
     *
     * @param name its name
     * @param kind {@code ram}, {@code device} and so on, as the board has it
     * @param start first byte
     * @param bytes how many
     */
    public record Area(
            String name,
            String kind,
            @PhysAddr long start,
            @Bytes long bytes) {}

    /**
     * Keeps copies of the lists.
     *
     * @param board the board's name
     * @param architecture its kernel's architecture
     * @param wordBits 32 or 64
     * @param regions the board's memory map
     * @param objects the objects, by address, what contains before what is contained
     * @param capabilities the slots that hold something, by address
     * @param mappings what the page tables lead to, in depth-first order
     */
    public MachineState {
        regions = List.copyOf(regions);
        objects = List.copyOf(objects);
        capabilities = List.copyOf(capabilities);
        mappings = List.copyOf(mappings);
    }

    /**
     * Reads a machine.
     *
     * @param machine the machine
     * @return what it is like now
     */
    public static MachineState of(Machine machine) {
        Board board = machine.board();
        StateReader reader = new StateReader(machine.memory(), board.architecture(), machine.kernelState());
        return new MachineState(
                board.name(),
                board.architecture().text(),
                board.architecture().wordBits(),
                board.regions().stream().map(MachineState::area).toList(),
                reader.objects(),
                reader.capabilities(),
                reader.mappings());
    }

    private static Area area(Region region) {
        return new Area(
                region.name(),
                region.kind().name().toLowerCase(Locale.ROOT),
                region.start(),
                region.end() - region.start());
    }

    /**
     * An object by its number.
     *
     * @param id the number, or null
     * @return the object, or null for null
     */
    public @Nullable StateObject object(@Nullable Integer id) {
        return id == null ? null : objects.get(id);
    }
}
