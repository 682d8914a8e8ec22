package org.allocman.sim.kernel.paging;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.InterruptLines;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What kernels do differently and no profile can say: entries of page tables, checks of mappings, boot. One small class has
 * it for each architecture; {@link Behaviours} is the only place of the kernel that
 * names them.
 */
public abstract class ArchitectureBehaviour {
    private final Architecture architecture;
    private final @Nullable EntryFormat entries;

    ArchitectureBehaviour(Architecture architecture, @Nullable EntryFormat entries) {
        this.architecture = architecture;
        this.entries = entries;
    }

    /** Its profile. */
    final Architecture architecture() {
        return architecture;
    }

    /** The format of page table entries. */
    final EntryFormat entries() {
        EntryFormat format = entries;
        if (format == null) {
            throw new IllegalArgumentException(architecture.text() + " has no page tables");
        }
        return format;
    }

    /** The numbers of the paging invocations. */
    abstract PagingLabels labels();

    /** The paging invocations. */
    abstract AddressSpaces spaces(PhysicalMemory physical, @PhysAddr long state);

    /**
     * The rights of a frame that can be read and written, as its capability numbers them.
     *
     * @return 1 to 3
     */
    public int readWrite() {
        return entries().readWrite();
    }

    /**
     * The rights of a frame that can be read only, as its capability numbers them.
     *
     * @return 1 to 3
     */
    public int readOnly() {
        return entries().readOnly();
    }

    /**
     * What a frame's capability allows.
     *
     * @param number its rights, as the capability numbers them
     * @return the rights; none if it is for the kernel alone
     */
    public CapRights frameRights(int number) {
        return number == readWrite()
                ? CapRights.READ_WRITE
                : number == readOnly() ? CapRights.READ_ONLY : CapRights.NONE;
    }

    /**
     * How a kernel of usual size boots on a large board.
     *
     * @return its figures
     */
    public abstract BootNeeds bootFigures();

    /**
     * How the kernel's image is aligned in physical memory.
     *
     * @return bytes, a power of two; 1 if it need not be
     */
    public @Bytes long imageAlignment() {
        return 1;
    }

    /**
     * What physical memory the kernel can reach.
     *
     * @param userTop where user addresses end on the board
     * @param base physical address of the kernel's image
     * @return the window
     */
    public abstract KernelWindow window(@VirtAddr long userTop, @PhysAddr long base);

    /**
     * The attributes with which boot maps the root task's image.
     *
     * @return attributes, as the page table entries take them
     */
    public long imageAttributes() {
        return 0;
    }

    /**
     * The interrupts that IRQ control knows, of the machines on which seL4 was recorded.
     *
     * @return {@link InterruptLines#NONE} where they are none of the kernel's objects
     */
    public InterruptLines interrupts() {
        return InterruptLines.NONE;
    }

    /**
     * With MCS: the longest budget and period.
     *
     * @return microseconds, as the timers of the machines count on which seL4 was recorded
     */
    public long mostTime() {
        return 0x333_3333_3333_3333L;
    }

    /**
     * Whether there is a capability for I/O ports.
     *
     * @return true on x86
     */
    public boolean hasIoPorts() {
        return false;
    }

    /**
     * Whether the loader puts the board's device tree behind the kernel's image and boot hands it to the root task.
     *
     * @return false on x86
     */
    public boolean hasDeviceTree() {
        return true;
    }

    /**
     * Memory that boot never uses, whatever the board says.
     *
     * @return starts and ends, exclusive, by turns
     */
    public List<Long> keptMemory() {
        return List.of();
    }

    /**
     * Addresses that boot never makes device untypeds of.
     *
     * @return starts and ends, exclusive, by turns
     */
    public List<Long> keptDevices() {
        return List.of();
    }

    /**
     * The unit in which the kernel maps its own devices and keeps them from user code, when boot lists device memory.
     *
     * @return bytes, a power of two
     */
    public @Bytes long deviceUnit() {
        return 1;
    }

    /**
     * Whether boot gives the root task a capability to each page of the block for the extra boot info, also behind its end.
     *
     * @return true where the block is one object with all its pages
     */
    public boolean givesWholeExtraBlock() {
        return false;
    }

    /**
     * Notes in a frame's capability that boot has mapped it.
     *
     * @param slots the capabilities
     * @param frame the slot
     */
    public void noteMapped(Slots slots, @PhysAddr long frame) {}

    /**
     * Takes out of the copied capability to the root task's IPC buffer what a copy does not keep, apart from the ASID.
     *
     * @param slots the capabilities
     * @param frame the copy's slot
     */
    public void forgetMapping(Slots slots, @PhysAddr long frame) {
        slots.mapping().setVaddr(frame, 0);
    }
}
