package org.allocman.view.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.KernelState;

/**
 * What does not change while a machine runs.
 *
 * @param board its name
 * @param architecture its name
 * @param wordBits 32 or 64
 * @param slotBytes size of a slot
 * @param thread physical address of the root task's TCB, whose first slot is the root of its CSpace
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
    /**
     * A stretch of addresses.
     *
     * @param name of it
     * @param kind of it
     * @param start first address
     * @param end one past the last
     */
    record Range(String name, String kind, long start, long end) {}

    static MachineShape of(Machine machine, int slotBytes, @VirtAddr long windowBase, @Bytes long windowBytes) {
        List<String> types = new ArrayList<>();
        for (CapabilityType type : CapabilityType.values()) {
            types.add(text(type));
        }
        List<Range> regions = new ArrayList<>();
        for (Region region : machine.board().regions()) {
            regions.add(new Range(
                    region.name(), region.kind().name().toLowerCase(Locale.ROOT), region.start(), region.end()));
        }
        List<Range> pools = new ArrayList<>();
        pools.add(new Range(
                "static pool", "pool", machine.staticPoolBase(), machine.staticPoolBase() + machine.staticPoolBytes()));
        if (windowBytes > 0) {
            pools.add(new Range("virtual pool", "pool", windowBase, windowBase + windowBytes));
        }
        return new MachineShape(
                machine.board().name(),
                machine.board().architecture().text(),
                machine.board().architecture().wordBits(),
                slotBytes,
                KernelState.thread(machine.memory().words(), machine.kernelState()),
                types,
                regions,
                pools,
                machine.bootInfo().untypeds().size());
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
