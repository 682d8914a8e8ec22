package org.allocman.view.recording;

import org.allocman.check.invariants.KernelView;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What is watched while a run is recorded: a memory, and what is known to be in it. */
public final class Watched {
    private final PhysicalMemory memory;
    private final MachineShape shape;
    private final @Nullable CapabilityReader reader;
    private final @Nullable KernelView view;

    private Watched(
            PhysicalMemory memory, MachineShape shape, @Nullable CapabilityReader reader, @Nullable KernelView view) {
        this.memory = memory;
        this.shape = shape;
        this.reader = reader;
        this.view = view;
    }

    /**
     * Memory without a kernel.
     *
     * @param name what it is
     * @param memory all of it
     * @return it
     */
    public static Watched memory(String name, PhysicalMemory memory) {
        return new Watched(memory, MachineShape.plain(name), null, null);
    }

    /**
     * Memory with a kernel in it.
     *
     * @param name what it is
     * @param memory all of it
     * @param architecture the kernel's
     * @param state physical address of the kernel's own page
     * @return it
     */
    public static Watched kernel(String name, PhysicalMemory memory, Architecture architecture, @PhysAddr long state) {
        Slots slots = new Slots(memory.words(), architecture);
        MachineShape shape = MachineShape.kernel(name, architecture, slots, KernelState.thread(memory.words(), state));
        return new Watched(
                memory, shape, new CapabilityReader(slots, architecture), new KernelView(memory, architecture, state));
    }

    /**
     * A board that has booted, with a resource manager, or soon with one.
     *
     * @param machine the machine
     * @param windowBase where the virtual pool will be
     * @param windowBytes its greatest size in bytes; 0 for none
     * @return it
     */
    public static Watched machine(Machine machine, @VirtAddr long windowBase, @Bytes long windowBytes) {
        Watched kernel =
                kernel(machine.board().name(), machine.memory(), machine.board().architecture(), machine.kernelState());
        return new Watched(
                kernel.memory, kernel.shape.on(machine, windowBase, windowBytes), kernel.reader, kernel.view);
    }

    PhysicalMemory memory() {
        return memory;
    }

    MachineShape shape() {
        return shape;
    }

    /** The slots that hold something now, or null if there is no kernel. */
    @Nullable
    SlotMap slots(Interned<CapabilityRow> rows) {
        return reader == null || view == null ? null : new SlotMap(reader, rows, view);
    }
}
