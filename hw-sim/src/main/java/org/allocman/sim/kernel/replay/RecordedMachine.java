package org.allocman.sim.kernel.replay;

import java.util.List;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.ControlKind;
import org.allocman.sim.kernel.DerivationList;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.kernel.paging.AsidTable;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.ObjectType;

/** The machine as a recording starts: two CNodes, the initial root CNode behind them, two untypeds, one thread. */
final class RecordedMachine {
    private static final long TOP_OF_RECORDINGS = 1L << 39;
    private static final long KERNEL_STATE = 1L << 40;
    private static final long THREAD = KERNEL_STATE + KernelState.BYTES;
    private static final int TOP_RADIX = 2;
    private static final int PAGE_BITS = 12;

    final PhysicalMemory memory;
    final Slots slots;
    final long arena;
    final long top;
    final int arenaSlots;

    private final DerivationList list;
    private final Architecture architecture;
    private final long root;
    private final int rootRadix;
    private final long pool;

    /** What the header says of the memory. */
    private record Header(
            int arenaRadix,
            int rootRadix,
            int untypedBits,
            long untyped,
            int deviceBits,
            long device,
            long arena,
            long top,
            long deviceParent,
            long arenaCptr,
            long topCptr,
            long pool,
            long vspace) {
        boolean hasPool() {
            return pool != 0;
        }
    }

    RecordedMachine(Architecture architecture, Fields header, long deviceParent, long vspace, int line)
            throws RecordingException {
        Header figures = new Header(
                (int) header.number("arena_radix", 1, 16),
                (int) header.number("initroot_radix", 4, 20),
                (int) header.number("ut0_bits", 4, architecture.maxUntypedBits()),
                header.number("ut0_paddr", 0, TOP_OF_RECORDINGS),
                (int) header.number("dev_bits", 4, architecture.maxUntypedBits()),
                header.number("dev_paddr", 0, TOP_OF_RECORDINGS),
                header.number("arena_cnode_paddr", 0, TOP_OF_RECORDINGS),
                header.number("top_cnode_paddr", 0, TOP_OF_RECORDINGS),
                deviceParent,
                header.number("cptr_arena"),
                header.number("cptr_top"),
                header.text("init_asid_pool_paddr") == null
                        ? 0
                        : header.number("init_asid_pool_paddr", 0, TOP_OF_RECORDINGS),
                vspace);
        this.architecture = architecture;
        this.memory = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, 2 * KERNEL_STATE)));
        this.slots = new Slots(memory.words(), architecture);
        this.list = new DerivationList(slots, new ObjectRegions(slots, architecture));
        this.arena = figures.arena;
        this.top = figures.top;
        this.arenaSlots = 1 << figures.arenaRadix;
        this.rootRadix = figures.rootRadix;
        this.pool = figures.pool;
        this.root = deviceParent & -(1L << rootRadix + architecture.slotBits());
        check(figures, line);
        build(figures);
    }

    private void check(Header figures, int line) throws RecordingException {
        int slotBits = architecture.slotBits();
        long[][] regions = {
            {figures.untyped, figures.untypedBits},
            {figures.device, figures.deviceBits},
            {figures.arena, figures.arenaRadix + slotBits},
            {figures.top, TOP_RADIX + slotBits},
            {root, rootRadix + slotBits},
            {figures.pool, PAGE_BITS},
            {figures.vspace, PAGE_BITS}
        };
        int count = figures.hasPool() ? regions.length : regions.length - 2;
        for (int i = 0; i < count; i++) {
            long size = 1L << regions[i][1];
            if ((regions[i][0] & size - 1) != 0
                    || regions[i][0] < 0
                    || regions[i][0] > TOP_OF_RECORDINGS
                    || regions[i][0] + size > TOP_OF_RECORDINGS) {
                throw new RecordingException(
                        line, "an object at 0x" + Long.toHexString(regions[i][0]) + " is misaligned or too high");
            }
            for (int j = 0; j < i; j++) {
                if (regions[i][0] < regions[j][0] + (1L << regions[j][1]) && regions[j][0] < regions[i][0] + size) {
                    throw new RecordingException(
                            line,
                            "the objects at 0x" + Long.toHexString(regions[i][0]) + " and 0x"
                                    + Long.toHexString(regions[j][0]) + " overlap");
                }
            }
        }
        long fixed = BootSlots.FIRST_DYNAMIC;
        long last = (1L << rootRadix) - 1;
        long parent = figures.deviceParent - root >>> slotBits;
        long first = figures.arenaCptr;
        long second = figures.topCptr;
        if (first < fixed
                || second < fixed
                || parent < fixed
                || first >= last
                || second >= last
                || parent >= last
                || first == second
                || first == parent
                || second == parent) {
            throw new RecordingException(line, "the slots in the initial root CNode make no sense");
        }
    }

    private void build(Header figures) {
        long last = rootSlot((1L << rootRadix) - 1);
        putCNode(rootSlot(BootSlots.CNODE), root, rootRadix, architecture.wordBits() - rootRadix);
        putCNode(slots.at(top, 0), root, rootRadix, architecture.wordBits() - TOP_RADIX - rootRadix);
        list.insert(rootSlot(BootSlots.CNODE), slots.at(top, 0), false);

        putUntyped(figures.deviceParent, figures.device, figures.deviceBits, true);
        slots.setFreeIndex(figures.deviceParent, 1L << figures.deviceBits);
        slots.setRevocable(figures.deviceParent, true);
        putUntyped(slots.at(arena, 1), figures.device, figures.deviceBits, true);
        list.insert(figures.deviceParent, slots.at(arena, 1), true);

        int bits = architecture.maxUntypedBits();
        putUntyped(last, 0, bits, false);
        slots.setFreeIndex(last, 1L << bits);
        slots.setRevocable(last, true);
        int guardBits = architecture.wordBits() - TOP_RADIX - figures.arenaRadix;
        long topCapability = rootSlot(figures.topCptr);
        long arenaCapability = rootSlot(figures.arenaCptr);
        putCNode(topCapability, top, TOP_RADIX, 0);
        list.insert(last, topCapability, true);
        long thread = slots.at(THREAD, TcbLayout.CSPACE);
        putCNode(thread, top, TOP_RADIX, 0);
        list.insert(topCapability, thread, false);
        putCNode(arenaCapability, arena, figures.arenaRadix, 0);
        list.insert(thread, arenaCapability, true);
        putCNode(slots.at(top, 2), arena, figures.arenaRadix, 0);
        list.insert(arenaCapability, slots.at(top, 2), false);
        putCNode(slots.at(top, 1), arena, figures.arenaRadix, guardBits);
        list.insert(slots.at(top, 2), slots.at(top, 1), false);
        putUntyped(slots.at(arena, 0), figures.untyped, figures.untypedBits, false);
        list.insert(slots.at(top, 1), slots.at(arena, 0), true);
        if (figures.hasPool()) {
            putAddressSpace(figures);
        }
        KernelState.setThread(memory.words(), KERNEL_STATE, THREAD);
    }

    private void putAddressSpace(Header figures) {
        long control = rootSlot(BootSlots.ASID_CONTROL);
        slots.putControl(control, ControlKind.ASID_CONTROL);
        slots.setRevocable(control, true);
        long pool = rootSlot(BootSlots.ASID_POOL);
        slots.put(pool, CapabilityType.ASID_POOL, figures.pool);
        slots.setRevocable(pool, true);
        long vspace = rootSlot(BootSlots.VSPACE);
        slots.put(
                vspace,
                architecture.vspaceType() == ObjectType.VSPACE ? CapabilityType.VSPACE : CapabilityType.PAGE_TABLE,
                figures.vspace);
        slots.mapping().setMapped(vspace, true);
        slots.mapping().setAsid(vspace, AsidTable.ROOT_TASK);
        slots.setRevocable(vspace, true);
        AsidTable asids = new AsidTable(memory.words(), architecture, KERNEL_STATE);
        asids.putPool(0, figures.pool);
        asids.put(figures.pool, AsidTable.ROOT_TASK, figures.vspace);
    }

    /** The initial ASID pool, or 0. */
    long pool() {
        return pool;
    }

    long state() {
        return KERNEL_STATE;
    }

    private long rootSlot(long index) {
        return slots.at(root, index);
    }

    private void putCNode(long slot, long object, int radix, int guardBits) {
        slots.put(slot, CapabilityType.CNODE, object);
        slots.setRadix(slot, radix);
        slots.setGuard(slot, guardBits, 0);
    }

    private void putUntyped(long slot, long paddr, int bits, boolean device) {
        slots.put(slot, CapabilityType.UNTYPED, paddr);
        slots.setUntypedBits(slot, bits);
        slots.setDevice(slot, device);
    }
}
