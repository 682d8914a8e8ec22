package org.allocman.view.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;

/**
 * What does not change while a machine runs. What there is not is empty, 0 or negative.
 *
 * @param board its name
 * @param architecture its name
 * @param wordBits 32 or 64
 * @param slotBytes size of a slot
 * @param thread physical address of the root task's TCB, whose first slot is the root of its CSpace; negative if there is
 *     none
 * @param types names of the capability types, by ordinal
 * @param regions what is at which address
 * @param pools where the manager's book-keeping is
 * @param untypeds how many untypeds boot made
 */
record MachineShape(
        String board,
        String architecture,
        int wordBits,
        int slotBytes,
        @PhysAddr long thread,
        List<String> types,
        List<Range> regions,
        List<Range> pools,
        int untypeds) {
    private static final @PhysAddr long NONE = -1;

    /**
     * A stretch of addresses.
     *
     * @param name of it
     * @param kind of it
     * @param start first address
     * @param end one past the last
     */
    record Range(String name, String kind, long start, long end) {}

    /** Memory with nothing in it that is known here. */
    static MachineShape plain(String name) {
        return new MachineShape(name, "", 0, 0, NONE, List.of(), List.of(), List.of(), 0);
    }

    /** A kernel without a board. */
    static MachineShape kernel(String name, Architecture architecture, Slots slots, @PhysAddr long thread) {
        return new MachineShape(
                name,
                architecture.text(),
                architecture.wordBits(),
                slots.bytes(),
                thread,
                Stream.concat(
                                Stream.of(CapabilityType.values()).map(MachineShape::text),
                                own(architecture).stream().map(ObjectType::text))
                        .toList(),
                List.of(),
                List.of(),
                0);
    }

    /** The same on a board that has booted. */
    MachineShape on(Machine machine, @VirtAddr long windowBase, @Bytes long windowBytes) {
        List<Range> around = new ArrayList<>();
        for (Region region : machine.board().regions()) {
            around.add(new Range(
                    region.name(), region.kind().name().toLowerCase(Locale.ROOT), region.start(), region.end()));
        }
        List<Range> records = new ArrayList<>();
        records.add(new Range(
                "static pool", "pool", machine.staticPoolBase(), machine.staticPoolBase() + machine.staticPoolBytes()));
        if (windowBytes > 0) {
            records.add(new Range("virtual pool", "pool", windowBase, windowBase + windowBytes));
        }
        int count = machine.bootInfo().untypeds().size();
        return new MachineShape(board, architecture, wordBits, slotBytes, thread, types, around, records, count);
    }

    /** The object types of the kernel's own that have no capability type of theirs. */
    static List<ObjectType> own(Architecture architecture) {
        return architecture.types().stream()
                .filter(type -> type.isOwn() && !type.isFrame())
                .toList();
    }

    private static String text(CapabilityType type) {
        return switch (type) {
            case CNODE -> "CNode";
            case TCB -> "TCB";
            case PDPT -> "PDPT";
            case VSPACE -> "VSpace";
            case ASID_POOL -> "ASID pool";
            default -> type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
