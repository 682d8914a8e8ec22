package org.allocman.sim.kernel.paging;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.AddressSpaces;
import org.allocman.sim.kernel.CapabilityLookup;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.DerivationList;
import org.allocman.sim.kernel.KernelMessage;
import org.allocman.sim.kernel.KernelReply;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.CacheOperation;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;

/**
 * Address spaces that are page tables. What all architectures do alike is here; the order of the checks of a mapping, which
 * they do not share, is in the classes below.
 */
abstract class PagedSpaces implements AddressSpaces {
    private static final @SizeBits int POOL_BITS = 12;

    final Architecture architecture;
    final Slots slots;
    final ObjectRegions regions;
    final AsidTable asids;
    final PageTables tables;
    final EntryFormat format;
    final PagingLabels labels;
    final ObjectTypes types;
    private final PhysicalMemory physical;
    final PagedMemory memory;
    private final long state;
    private final long wordMask;
    final DerivationList list;
    private final CapabilityLookup lookup;
    private final CapabilityType rootType;
    private final ObjectType root;
    private final boolean hasIoPorts;

    PagedSpaces(PhysicalMemory physical, ArchitectureBehaviour behaviour, @PhysAddr long state) {
        Architecture architecture = behaviour.architecture();
        this.architecture = architecture;
        this.physical = physical;
        this.memory = physical.words();
        this.state = state;
        this.wordMask = -1L >>> Long.SIZE - architecture.wordBits();
        this.slots = new Slots(memory, architecture);
        this.regions = new ObjectRegions(slots, architecture, KernelState.tcbBits(memory, state, architecture));
        this.list = new DerivationList(slots, regions);
        this.lookup = new CapabilityLookup(memory, architecture, slots, state);
        this.asids = new AsidTable(memory, architecture, state);
        this.tables = new PageTables(memory, behaviour);
        this.format = tables.format();
        this.labels = behaviour.labels();
        this.hasIoPorts = behaviour.hasIoPorts();
        this.types = new ObjectTypes(slots, architecture);
        this.root = architecture.vspaceType();
        this.rootType = CapabilityType.of(root);
    }

    @Override
    public final int lastLabel() {
        return labels.last();
    }

    @Override
    public final boolean hasIoPorts() {
        return hasIoPorts;
    }

    @Override
    public final KernelReply invoke(
            @PhysAddr long slot, KernelMessage message, @PhysAddr long first, @PhysAddr long second) {
        return new PagingMessages(this, slots, labels, rootType).decode(slot, message, first, second);
    }

    /** Where user addresses end on this machine. */
    final @VirtAddr long userTop() {
        return KernelState.userTop(memory, state, architecture);
    }

    /** The last byte of a frame that is to lie at an address; beyond the last word it goes on from 0, as in the kernel. */
    final @VirtAddr long lastByte(long frame, @VirtAddr long vaddr) {
        return vaddr + frameBytes(frame) - 1 & wordMask;
    }

    /** Whether an address space is in force: it has its ASID, and the ASID leads to it. */
    final KernelError checkSpace(long vspace) {
        long root = asids.root(slots.mapping().asid(vspace));
        if (root == AsidTable.NONE) {
            return KernelError.failedLookup(false, LookupFault.invalidRoot());
        }
        return root == slots.object(vspace) ? KernelError.NO_ERROR : KernelError.invalidCapability(1);
    }

    /** Whether a frame that is mapped already is mapped in the same place. */
    final KernelError checkRemap(long frame, long vspace, long vaddr) {
        if (slots.mapping().asid(frame) != slots.mapping().asid(vspace)) {
            return KernelError.invalidCapability(1);
        }
        return slots.mapping().vaddr(frame) == vaddr ? KernelError.NO_ERROR : KernelError.invalidArgument(0);
    }

    /** How far the kernel's addresses of memory are from the physical ones. */
    final long windowOffset() {
        return KernelState.windowOffset(memory, state);
    }

    /** Whether part of a frame lies in the physical memory that the kernel maps for itself. */
    final boolean isIn(KernelWindow window, @PhysAddr long frame, @Bytes long start, @Bytes long end) {
        long first = slots.object(frame) + start;
        return first >= window.base() && first + end - start <= window.end();
    }

    static KernelError missing(int bitsLeft) {
        return KernelError.failedLookup(false, LookupFault.missingCapability(bitsLeft));
    }

    final @SizeBits int frameBits(long frame) {
        return regions.sizeBits(frame);
    }

    final @Bytes long frameBytes(long frame) {
        return 1L << regions.sizeBits(frame);
    }

    final boolean isAligned(long frame, long vaddr) {
        return (vaddr & frameBytes(frame) - 1) == 0;
    }

    /** The rights that are left of those held when some are asked for; there is no writing without reading. */
    final int masked(int held, long wanted) {
        return masked(format, held, wanted);
    }

    static int masked(EntryFormat format, int held, long wanted) {
        if ((wanted & CapRights.READ) == 0 || held != format.readWrite() && held != format.readOnly()) {
            return format.kernelOnly();
        }
        return held == format.readWrite() && (wanted & CapRights.WRITE) != 0 ? held : format.readOnly();
    }

    /** Maps a frame whose checks have passed. */
    final KernelError enter(long frame, long vspace, long vaddr, long place, long rights, long attributes) {
        int bits = frameBits(frame);
        boolean replaces = tables.at(place) != 0;
        int granted = masked(slots.frame().vmRights(frame), rights);
        tables.put(place, bits, format.page(slots.object(frame), bits, granted, attributes));
        slots.mapping().setAsid(frame, slots.mapping().asid(vspace));
        slots.mapping().setVaddr(frame, vaddr);
        if (replaces) {
            physical.forgetTranslations(vaddr, 1L << bits);
        }
        return KernelError.NO_ERROR;
    }

    /** Maps a table whose checks have passed. */
    final KernelError enterTable(long table, long vspace, long vaddr, long place, long attributes) {
        tables.put(place, format.table(slots.object(table), attributes));
        slots.table().setMapped(table, true);
        slots.mapping().setAsid(table, slots.mapping().asid(vspace));
        slots.mapping().setVaddr(table, vaddr & -1L << PageTables.bitsLeft(place));
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError pageUnmap(@PhysAddr long frame) {
        leave(frame);
        slots.mapping().setAsid(frame, 0);
        slots.mapping().setVaddr(frame, 0);
        return KernelError.NO_ERROR;
    }

    /** Clears the entry of a frame, if it is mapped and the entry is still its own. */
    void leave(long frame) {
        int asid = slots.mapping().asid(frame);
        long root = asid == 0 ? AsidTable.NONE : asids.root(asid);
        if (root == AsidTable.NONE) {
            return;
        }
        int bits = frameBits(frame);
        int level = tables.levelFor(bits);
        long place = tables.walk(root, slots.mapping().vaddr(frame), level);
        if (PageTables.bitsLeft(place) == level && tables.maps(place, slots.object(frame), bits)) {
            tables.put(place, bits, 0);
            physical.forgetTranslations(slots.mapping().vaddr(frame), 1L << bits);
        }
    }

    @Override
    public final KernelError tableUnmap(@PhysAddr long table) {
        if (slots.type(table) == CapabilityType.VSPACE || labels.map(slots.type(table)) < 0) {
            return KernelError.illegalOperation();
        }
        if (!list.isLast(table)) {
            return KernelError.revokeFirst();
        }
        if (slots.table().isMapped(table)) {
            if (isInForce(table)) {
                return KernelError.revokeFirst();
            }
            detach(table);
            memory.clear(slots.object(table), 1L << regions.sizeBits(table));
        }
        slots.table().setMapped(table, false);
        return KernelError.NO_ERROR;
    }

    /** Whether a table is the root that its ASID leads to. */
    private boolean isInForce(long table) {
        return types.isTable(table, root) && asids.root(slots.mapping().asid(table)) == slots.object(table);
    }

    /** Clears the entry that leads to a mapped table, if there still is one. */
    private void detach(long table) {
        long root = asids.root(slots.mapping().asid(table));
        if (root == AsidTable.NONE) {
            return;
        }
        long place = tables.placeOfTable(root, slots.mapping().vaddr(table), slots.object(table));
        if (place >= 0) {
            tables.put(place, 0);
            physical.forgetTranslations();
        }
    }

    @Override
    public final KernelError asidPoolAssign(@PhysAddr long pool, @PhysAddr long vspace) {
        if (!isUnassigned(vspace)) {
            return KernelError.invalidCapability(1);
        }
        int base = slots.mapping().asid(pool);
        long current = asids.pool(base);
        if (current == AsidTable.NONE) {
            return KernelError.failedLookup(false, LookupFault.invalidRoot());
        }
        if (current != slots.object(pool)) {
            return KernelError.invalidCapability(0);
        }
        int index = asids.freeIndex(current, base);
        if (index < 0) {
            return KernelError.deleteFirst();
        }
        assign(vspace, current, base, index);
        return KernelError.NO_ERROR;
    }

    /** Whether a capability is of a root that has no ASID. */
    boolean isUnassigned(long vspace) {
        return types.isTable(vspace, root) && !slots.table().isMapped(vspace);
    }

    /** Gives a root an ASID; the checks have passed. */
    void assign(long vspace, long pool, int base, int index) {
        asids.put(pool, index, slots.object(vspace));
        slots.table().setMapped(vspace, true);
        slots.mapping().setAsid(vspace, base + index);
        slots.mapping().setVaddr(vspace, 0);
        tables.putKernel(slots.object(vspace));
    }

    @Override
    public final KernelError makePool(@PhysAddr long untyped, @PhysAddr long root, long index, long depth) {
        int base = asids.freeBase();
        if (base < 0) {
            return KernelError.deleteFirst();
        }
        boolean fits = slots.type(untyped) == CapabilityType.UNTYPED
                && slots.untyped().sizeBits(untyped) == POOL_BITS
                && !slots.isDevice(untyped);
        if (!fits) {
            return KernelError.invalidCapability(1);
        }
        if (list.hasChildren(untyped)) {
            return KernelError.revokeFirst();
        }
        long slot = lookup.place(root, index, depth);
        if (slot < 0) {
            return lookup.placeError(false, root, index, depth);
        }
        if (!slots.isEmpty(slot)) {
            return KernelError.deleteFirst();
        }
        long pool = slots.object(untyped);
        slots.untyped().setFreeIndex(untyped, 1L << POOL_BITS);
        slots.put(slot, CapabilityType.ASID_POOL, pool);
        slots.mapping().setAsid(slot, base);
        list.insert(untyped, slot, false);
        asids.putPool(base, pool);
        return KernelError.NO_ERROR;
    }

    @Override
    public KernelError pageCache(CacheOperation operation, @PhysAddr long frame, @Bytes long start, @Bytes long end) {
        return KernelError.illegalOperation();
    }

    @Override
    public KernelError vspaceCache(
            CacheOperation operation, @PhysAddr long vspace, @VirtAddr long start, @VirtAddr long end) {
        return KernelError.illegalOperation();
    }

    @Override
    public final int newFrameRights() {
        return format.readWrite();
    }

    @Override
    public final void onCreate(@PhysAddr long slot) {}

    @Override
    public final KernelError checkCopy(@PhysAddr long slot) {
        return slots.type(slot).isTable() && !slots.table().isMapped(slot)
                ? KernelError.illegalOperation()
                : KernelError.NO_ERROR;
    }

    @Override
    public final void onCopy(@PhysAddr long copy, int rights) {
        if (slots.type(copy) == CapabilityType.FRAME) {
            slots.frame().setVmRights(copy, masked(slots.frame().vmRights(copy), rights));
            slots.mapping().setAsid(copy, 0);
            onCopiedFrame(copy);
        }
    }

    /** What else to change in a copy of a frame. */
    void onCopiedFrame(long copy) {}

    @Override
    public final void onDelete(@PhysAddr long slot, boolean last) {
        CapabilityType type = slots.type(slot);
        if (type == CapabilityType.FRAME) {
            leave(slot);
        } else if (last && type == CapabilityType.ASID_POOL) {
            asids.removePool(slots.mapping().asid(slot), slots.object(slot));
        } else if (last && slots.table().isMapped(slot)) {
            if (isInForce(slot)) {
                asids.remove(slots.mapping().asid(slot), slots.object(slot));
            } else if (type != CapabilityType.VSPACE) {
                detach(slot);
            }
        }
        if (type != CapabilityType.FRAME) {
            physical.forgetTranslations();
        }
    }

    @Override
    public final boolean isRoot(@PhysAddr long slot) {
        return slots.type(slot) == rootType && slots.table().isMapped(slot);
    }
}
