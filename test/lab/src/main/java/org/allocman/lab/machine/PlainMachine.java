package org.allocman.lab.machine;

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
import org.allocman.vka.Rounding;
import org.allocman.vka.Untyped;

/**
 * A kernel with one CNode and whatever untypeds are wanted, wherever they are wanted; no image, no address space. The
 * static pool is a stretch of physical memory.
 */
public final class PlainMachine {
    private static final @Bytes long STATE = 0x1000;
    private static final @Bytes long TCB = 0x2000;
    private static final @Bytes long POOL = 0x4000;
    private static final int FIRST_UNTYPED = 16;

    private final PhysicalMemory memory;
    private final SimKernel kernel;
    private final BootInfo bootInfo;
    private final long base;
    private final long cnode;
    private final long poolBytes;

    /** What a machine is to be like. */
    public static final class Builder {
        private final Architecture architecture;
        private final int radix;
        private final long poolBytes;
        private final List<Untyped> untypeds = new ArrayList<>();
        private long base;
        private long nextSlot = FIRST_UNTYPED;

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
            return untyped(new Untyped(nextSlot, paddr, sizeBits, device));
        }

        /**
         * Adds an untyped in a given slot; the next one goes behind it.
         *
         * @param untyped slot, address and size; the slot is not taken yet
         * @return this builder
         */
        public Builder untyped(Untyped untyped) {
            untypeds.add(untyped);
            nextSlot = untyped.slot() + 1;
            return this;
        }

        /**
         * Says where the kernel's own pages, the pool and the CNode lie.
         *
         * @param address the first byte, a multiple of 4096; 0 if it is not said
         * @return this builder
         */
        public Builder from(@PhysAddr long address) {
            base = address;
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
        poolBytes = builder.poolBytes;
        base = builder.base;
        cnode = cnode(architecture, builder.radix, base, poolBytes);
        List<PhysicalMemory.Extent> extents = new ArrayList<>();
        extents.add(new PhysicalMemory.Extent(
                base + STATE, base + bytes(architecture, builder.radix, base, poolBytes) - 1));
        for (Untyped untyped : builder.untypeds) {
            extents.add(new PhysicalMemory.Extent(untyped.paddr(), untyped.last()));
        }
        memory = new PhysicalMemory(extents);
        kernel = new SimKernel(memory, architecture, base + STATE, new NoAddressSpaces());
        Slots slots = new Slots(memory.words(), architecture);
        DerivationList list = new DerivationList(slots, new ObjectRegions(slots, architecture));
        KernelState.setThread(memory.words(), base + STATE, base + TCB);
        long rootSlot = slots.at(base + TCB, TcbLayout.CSPACE);
        putCNode(slots, rootSlot, cnode, builder.radix, architecture);
        slots.mdb().setRevocable(rootSlot, true);
        slots.mdb().setFirstBadged(rootSlot, true);
        long self = slots.at(cnode, BootSlots.CNODE);
        putCNode(slots, self, cnode, builder.radix, architecture);
        list.insert(rootSlot, self, false);
        long previous = self;
        for (Untyped untyped : builder.untypeds) {
            long at = slots.at(cnode, untyped.slot());
            slots.put(at, CapabilityType.UNTYPED, untyped.paddr());
            slots.untyped().setSizeBits(at, untyped.sizeBits());
            slots.untyped().setDevice(at, untyped.device());
            list.insert(previous, at, true);
            previous = at;
        }
        long slot = builder.nextSlot;
        BootInfo.SlotRegion none = new BootInfo.SlotRegion(0, 0);
        bootInfo = new BootInfo(
                architecture,
                0,
                builder.radix,
                new BootInfo.SlotRegion(slot, 1L << builder.radix),
                none,
                none,
                none,
                none,
                new BootInfo.SlotRegion(FIRST_UNTYPED, slot),
                builder.untypeds);
    }

    private static long cnode(Architecture architecture, int radix, long base, long poolBytes) {
        long cnodeBytes = 1L << radix + architecture.slotBits();
        return Rounding.up(base + POOL + poolBytes, cnodeBytes);
    }

    /**
     * How much memory a machine takes for itself.
     *
     * @param architecture which kernel
     * @param radix radix of the root CNode
     * @param base the first byte
     * @param poolBytes size of the static pool in bytes, a multiple of 4096
     * @return bytes from the first one to the end of the CNode
     */
    public static @Bytes long bytes(
            Architecture architecture, @SizeBits int radix, @PhysAddr long base, @Bytes long poolBytes) {
        return cnode(architecture, radix, base, poolBytes) + (1L << radix + architecture.slotBits()) - base;
    }

    private static void putCNode(Slots slots, long slot, long cnode, int radix, Architecture architecture) {
        slots.put(slot, CapabilityType.CNODE, cnode);
        slots.cnode().setRadix(slot, radix);
        slots.cnode().setGuard(slot, architecture.wordBits() - radix, 0);
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
        return base + POOL;
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
        return base + STATE;
    }
}
