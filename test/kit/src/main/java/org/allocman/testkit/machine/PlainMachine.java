package org.allocman.testkit.machine;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.DerivationList;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.SimKernel;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;

/**
 * A kernel with one CNode and whatever untypeds are wanted, wherever they are wanted; no image, no address space. The
 * static pool is a stretch of physical memory.
 */
public final class PlainMachine {
    private static final @PhysAddr long STATE = 0x1000;
    private static final @PhysAddr long TCB = 0x2000;
    private static final @PhysAddr long POOL = 0x10_0000;
    private static final int FIRST_UNTYPED = 16;

    private final PhysicalMemory memory;
    private final SimKernel kernel;
    private final BootInfo bootInfo;
    private final long cnode;
    private final long poolBytes;

    /** An untyped to have. */
    private record Wanted(long paddr, int sizeBits, boolean device) {}

    /** What a machine is to be like. */
    public static final class Builder {
        private final Architecture architecture;
        private final int radix;
        private final long poolBytes;
        private final List<Wanted> wanted = new ArrayList<>();

        private Builder(Architecture architecture, int radix, long poolBytes) {
            this.architecture = architecture;
            this.radix = radix;
            this.poolBytes = poolBytes;
        }

        /**
         * Adds an untyped.
         *
         * @param paddr physical address, a multiple of its size, beyond pool and CNode
         * @param sizeBits its size in bits
         * @param device whether it is device memory
         * @return this builder
         */
        public Builder untyped(@PhysAddr long paddr, @SizeBits int sizeBits, boolean device) {
            wanted.add(new Wanted(paddr, sizeBits, device));
            return this;
        }

        /**
         * Makes the machine.
         *
         * @return a machine at the start
         */
        public PlainMachine build() {
            return new PlainMachine(this);
        }
    }

    /**
     * Starts to describe a machine.
     *
     * @param architecture which kernel
     * @param radix radix of the root CNode
     * @param poolBytes size of the static pool in bytes, a multiple of 4096
     * @return a builder without untypeds
     */
    public static Builder of(Architecture architecture, @SizeBits int radix, @Bytes long poolBytes) {
        return new Builder(architecture, radix, poolBytes);
    }

    private PlainMachine(Builder builder) {
        Architecture architecture = builder.architecture;
        int slotBits = architecture.slotBits();
        long cnodeBytes = 1L << builder.radix + slotBits;
        poolBytes = builder.poolBytes;
        cnode = (POOL + poolBytes + cnodeBytes - 1) / cnodeBytes * cnodeBytes;
        List<PhysicalMemory.Extent> extents = new ArrayList<>();
        extents.add(new PhysicalMemory.Extent(STATE, cnode + cnodeBytes - 1));
        for (Wanted wanted : builder.wanted) {
            extents.add(new PhysicalMemory.Extent(wanted.paddr, wanted.paddr + (1L << wanted.sizeBits) - 1));
        }
        memory = new PhysicalMemory(extents);
        kernel = new SimKernel(memory, architecture, STATE, new NoAddressSpaces());
        Slots slots = new Slots(memory.words(), architecture);
        DerivationList list = new DerivationList(slots, new ObjectRegions(slots, architecture));
        KernelState.setThread(memory.words(), STATE, TCB);
        long rootSlot = slots.at(TCB, TcbLayout.CSPACE);
        putCNode(slots, rootSlot, cnode, builder.radix, architecture);
        slots.setRevocable(rootSlot, true);
        slots.setFirstBadged(rootSlot, true);
        long self = slots.at(cnode, BootSlots.CNODE);
        putCNode(slots, self, cnode, builder.radix, architecture);
        list.insert(rootSlot, self, false);
        List<Untyped> untypeds = new ArrayList<>();
        long slot = FIRST_UNTYPED;
        long previous = self;
        for (Wanted wanted : builder.wanted) {
            long at = slots.at(cnode, slot);
            slots.put(at, CapabilityType.UNTYPED, wanted.paddr);
            slots.setUntypedBits(at, wanted.sizeBits);
            slots.setDevice(at, wanted.device);
            list.insert(previous, at, true);
            previous = at;
            untypeds.add(new Untyped(slot, wanted.paddr, wanted.sizeBits, wanted.device));
            slot++;
        }
        BootInfo.SlotRegion none = new BootInfo.SlotRegion(0, 0);
        bootInfo = new BootInfo(
                architecture,
                0,
                builder.radix,
                new BootInfo.SlotRegion(slot, 1L << builder.radix),
                none,
                none,
                none,
                new BootInfo.SlotRegion(FIRST_UNTYPED, slot),
                untypeds);
    }

    private static void putCNode(Slots slots, long slot, long cnode, int radix, Architecture architecture) {
        slots.put(slot, CapabilityType.CNODE, cnode);
        slots.setRadix(slot, radix);
        slots.setGuard(slot, architecture.wordBits() - radix, 0);
    }

    /**
     * The kernel.
     *
     * @return the kernel
     */
    public SimKernel kernel() {
        return kernel;
    }

    /**
     * The memory.
     *
     * @return all of it
     */
    public PhysicalMemory memory() {
        return memory;
    }

    /**
     * The root task's memory, which is the physical memory.
     *
     * @return the memory by physical address
     */
    public Memory rootMemory() {
        return memory.words();
    }

    /**
     * What the root task would be told.
     *
     * @return the boot info
     */
    public BootInfo bootInfo() {
        return bootInfo;
    }

    /**
     * Where the static pool is.
     *
     * @return its address
     */
    public @PhysAddr long pool() {
        return POOL;
    }

    /**
     * How large the static pool is.
     *
     * @return bytes
     */
    public @Bytes long poolBytes() {
        return poolBytes;
    }

    /**
     * Where the root CNode is.
     *
     * @return its physical address
     */
    public @PhysAddr long cnode() {
        return cnode;
    }

    /**
     * Where the kernel's own page is.
     *
     * @return its physical address
     */
    public @PhysAddr long kernelState() {
        return STATE;
    }
}
