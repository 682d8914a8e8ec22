package org.allocman.conformance.kernel;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.ArrayList;
import java.util.List;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.kernel.Bindings;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.ControlKind;
import org.allocman.sim.kernel.DerivationList;
import org.allocman.sim.kernel.InterruptLines;
import org.allocman.sim.kernel.Interrupts;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.kernel.paging.AsidTable;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.ObjectType;

/** The machine as a recording starts: two CNodes, the initial root CNode behind them, two untypeds, one thread. */
final class RecordedMachine {
    private static final int TOP_OF_RECORDINGS_BITS = 39;
    private static final long THREAD_BYTES = 4096;
    // with MCS the thread's scheduling context is in the second half of its page
    private static final long CONTEXT_AT = THREAD_BYTES / 2;
    private static final int CONTEXT_BITS = 7;
    private static final int MOST_PRIORITY = 255;
    // with MCS, which has recordings of TCB_SetSpace, an ASID pool and an address space that nobody looks into lie
    // behind it
    private static final long POOL_AT = KernelState.BYTES + THREAD_BYTES;
    private static final long VSPACE_AT = 1 << 14;
    private static final long MCS_BYTES = 1 << 15;
    private static final int TOP_RADIX = 2;
    private static final int MAX_TCB_BITS = 12;
    private static final int MAX_USER_BITS = 48;
    private static final int THREAD_RADIX = 4;
    private static final int MOST_INTERRUPT = 1023;

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
    private final long end;
    private final long state;
    private final long thread;
    private long schedControl;

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
            long vspace,
            long interrupts,
            int interruptBits) {
        boolean hasPool() {
            return pool != 0;
        }

        boolean hasInterrupts() {
            return interrupts != 0;
        }
    }

    RecordedMachine(Architecture architecture, Fields header, long deviceParent, long vspace, int timer, int line)
            throws RecordingException {
        this.end = 1L << Math.min(architecture.wordBits(), TOP_OF_RECORDINGS_BITS);
        Header figures = new Header(
                (int) header.number("arena_radix", 1, 16),
                (int) header.number("initroot_radix", 4, 20),
                (int) header.number("ut0_bits", 4, architecture.maxUntypedBits()),
                header.number("ut0_paddr", 0, end),
                (int) header.number("dev_bits", 4, architecture.maxUntypedBits()),
                header.number("dev_paddr", 0, end),
                header.number("arena_cnode_paddr", 0, end),
                header.number("top_cnode_paddr", 0, end),
                deviceParent,
                header.number("cptr_arena"),
                header.number("cptr_top"),
                header.text("init_asid_pool_paddr") == null ? 0 : header.number("init_asid_pool_paddr", 0, end),
                vspace,
                header.text("irq_node_paddr") == null ? 0 : header.number("irq_node_paddr", 0, end),
                architecture.slotBits() + bitsFor(mostInterrupt(header) + 1));
        this.architecture = architecture;
        this.memory = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, end - 1)));
        this.slots = new Slots(memory.words(), architecture);
        this.list = new DerivationList(slots, new ObjectRegions(slots, architecture));
        this.arena = figures.arena;
        this.top = figures.top;
        this.arenaSlots = 1 << figures.arenaRadix;
        this.rootRadix = figures.rootRadix;
        this.pool = figures.pool;
        this.root = deviceParent & -(1L << rootRadix + architecture.slotBits());
        List<Region> regions = regions(figures);
        check(figures, regions, line);
        this.state = place(regions);
        if (state < 0) {
            throw new RecordingException(line, "the objects leave no room for the kernel");
        }
        this.thread = state + KernelState.BYTES;
        putSizes(header);
        build(figures);
        if (architecture.hasMcs()) {
            putScheduling(header);
            if (!figures.hasPool()) {
                putAddressSpace(state + POOL_AT, state + VSPACE_AT);
            }
        }
        if (figures.hasInterrupts()) {
            putControl(BootSlots.IRQ_CONTROL, ControlKind.IRQ_CONTROL);
            interrupts().initialise(lines(header, timer), figures.interrupts);
        }
    }

    /** The scheduling context of the thread that runs, and control over time. */
    private void putScheduling(Fields header) throws RecordingException {
        KernelState.setTimes(memory.words(), state, header.number("min_budget_us"), header.number("max_period_us"));
        long last = (1L << rootRadix) - 1;
        long control = rootSlot(header.number("cptr_sched_control", BootSlots.FIRST_DYNAMIC, last));
        slots.put(control, CapabilityType.CONTROL, 0);
        slots.control().setKind(control, ControlKind.SCHED_CONTROL);
        slots.mdb().setRevocable(control, true);
        slots.mdb().setFirstBadged(control, true);
        schedControl = control;
        long context = rootSlot(header.number("cptr_init_sc", 1, BootSlots.FIRST_DYNAMIC - 1));
        new ObjectTypes(slots, architecture).put(context, ObjectType.SCHED_CONTEXT, thread + CONTEXT_AT, CONTEXT_BITS);
        slots.mdb().setRevocable(context, true);
        long tcb = rootSlot(BootSlots.TCB);
        slots.put(tcb, CapabilityType.TCB, thread);
        slots.mdb().setRevocable(tcb, true);
        new Bindings(memory.words(), slots, true).bindContext(thread + CONTEXT_AT, thread);
        TcbLayout.PRIORITY.set(memory.words(), thread + TcbLayout.wordsShift(slots), MOST_PRIORITY);
        TcbLayout.MAX_PRIORITY.set(memory.words(), thread + TcbLayout.wordsShift(slots), MOST_PRIORITY);
    }

    private static int mostInterrupt(Fields header) throws RecordingException {
        return header.text("max_irq") == null ? 0 : (int) header.number("max_irq", 0, MOST_INTERRUPT);
    }

    private static int bitsFor(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    }

    private InterruptLines lines(Fields header, int timer) throws RecordingException {
        InterruptLines usual = Behaviours.of(architecture).interrupts();
        int most = mostInterrupt(header);
        int least = (int) header.number("min_irq", 0, most);
        return new InterruptLines(
                least, most, Math.min(timer, most), usual.hasTriggers(), usual.hasSoftware(), usual.isPc(), List.of());
    }

    /** Something that a recording has in memory. */
    private record Region(long start, int bits) {
        long end() {
            return start + (1L << bits);
        }
    }

    private List<Region> regions(Header figures) {
        int slotBits = architecture.slotBits();
        List<Region> regions = List.of(
                new Region(figures.untyped, figures.untypedBits),
                new Region(figures.device, figures.deviceBits),
                new Region(figures.arena, figures.arenaRadix + slotBits),
                new Region(figures.top, TOP_RADIX + slotBits),
                new Region(root, rootRadix + slotBits),
                new Region(figures.pool, PAGE_BITS),
                new Region(figures.vspace, architecture.sizeBits(architecture.vspaceType(), 0)));
        List<Region> all = new ArrayList<>(figures.hasPool() ? regions : regions.subList(0, regions.size() - 2));
        if (figures.hasInterrupts()) {
            all.add(new Region(figures.interrupts, figures.interruptBits));
        }
        return all;
    }

    /** A place for the kernel's own words and the thread: the highest one that nothing else lies in. */
    private long place(List<Region> regions) {
        long bytes = architecture.hasMcs() ? MCS_BYTES : KernelState.BYTES + THREAD_BYTES;
        long unit = architecture.hasMcs() ? MCS_BYTES : THREAD_BYTES;
        long place = end - bytes;
        // each region can be in the way once, since they do not overlap
        for (int i = 0; i < regions.size(); i++) {
            for (Region region : regions) {
                if (place < region.end() && region.start < place + bytes) {
                    place = (region.start & -unit) - bytes;
                }
            }
        }
        return place;
    }

    /** The sizes that are not the same in every configuration of the kernel. */
    private void putSizes(Fields header) throws RecordingException {
        if (header.text("seL4_UserTop") != null) {
            long top = header.number("seL4_UserTop", 1, (1L << Math.min(architecture.wordBits(), MAX_USER_BITS)) - 1);
            KernelState.setUserTop(memory.words(), state, architecture, top);
        }
        if (header.text("seL4_TCBBits") != null) {
            int bits = (int) header.number("seL4_TCBBits", architecture.slotBits() + THREAD_RADIX, MAX_TCB_BITS);
            KernelState.setTcbBits(memory.words(), state, architecture, bits);
        }
    }

    private void check(Header figures, List<Region> regions, int line) throws RecordingException {
        for (int i = 0; i < regions.size(); i++) {
            Region region = regions.get(i);
            if ((region.start & (1L << region.bits) - 1) != 0
                    || region.start < 0
                    || region.start > end
                    || region.end() > end) {
                throw new RecordingException(
                        line, "an object at 0x" + Long.toHexString(region.start) + " is misaligned or too high");
            }
            for (Region other : regions.subList(0, i)) {
                if (region.start < other.end() && other.start < region.end()) {
                    throw new RecordingException(
                            line,
                            "the objects at 0x" + Long.toHexString(region.start) + " and 0x"
                                    + Long.toHexString(other.start) + " overlap");
                }
            }
        }
        int slotBits = architecture.slotBits();
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
        slots.untyped().setFreeIndex(figures.deviceParent, 1L << figures.deviceBits);
        slots.mdb().setRevocable(figures.deviceParent, true);
        putUntyped(slots.at(arena, 1), figures.device, figures.deviceBits, true);
        list.insert(figures.deviceParent, slots.at(arena, 1), true);

        int bits = architecture.maxUntypedBits();
        putUntyped(last, figures.top & -1L << bits, bits, false);
        slots.untyped().setFreeIndex(last, 1L << bits);
        slots.mdb().setRevocable(last, true);
        int guardBits = architecture.wordBits() - TOP_RADIX - figures.arenaRadix;
        long topCapability = rootSlot(figures.topCptr);
        long arenaCapability = rootSlot(figures.arenaCptr);
        putCNode(topCapability, top, TOP_RADIX, 0);
        list.insert(last, topCapability, true);
        long cspace = slots.at(thread, TcbLayout.CSPACE);
        putCNode(cspace, top, TOP_RADIX, 0);
        list.insert(topCapability, cspace, false);
        putCNode(arenaCapability, arena, figures.arenaRadix, 0);
        list.insert(cspace, arenaCapability, true);
        putCNode(slots.at(top, 2), arena, figures.arenaRadix, 0);
        list.insert(arenaCapability, slots.at(top, 2), false);
        putCNode(slots.at(top, 1), arena, figures.arenaRadix, guardBits);
        list.insert(slots.at(top, 2), slots.at(top, 1), false);
        putUntyped(slots.at(arena, 0), figures.untyped, figures.untypedBits, false);
        list.insert(slots.at(top, 1), slots.at(arena, 0), true);
        if (figures.hasPool()) {
            putAddressSpace(figures.pool, figures.vspace);
        }
        KernelState.setThread(memory.words(), state, thread);
    }

    private void putControl(long number, ControlKind kind) {
        long control = rootSlot(number);
        slots.put(control, CapabilityType.CONTROL, 0);
        slots.control().setKind(control, kind);
        slots.mdb().setRevocable(control, true);
        slots.mdb().setFirstBadged(control, true);
    }

    private void putAddressSpace(long poolObject, long vspaceObject) {
        putControl(BootSlots.ASID_CONTROL, ControlKind.ASID_CONTROL);
        long pool = rootSlot(BootSlots.ASID_POOL);
        slots.put(pool, CapabilityType.ASID_POOL, poolObject);
        slots.mdb().setRevocable(pool, true);
        long vspace = rootSlot(BootSlots.VSPACE);
        slots.put(vspace, rootType(), vspaceObject);
        slots.table().setMapped(vspace, true);
        slots.mapping().setAsid(vspace, AsidTable.ROOT_TASK);
        slots.mdb().setRevocable(vspace, true);
        AsidTable asids = new AsidTable(memory.words(), architecture, state);
        asids.putPool(0, poolObject);
        asids.put(poolObject, AsidTable.ROOT_TASK, vspaceObject);
    }

    /** The initial ASID pool, or 0. */
    long pool() {
        return pool;
    }

    long state() {
        return state;
    }

    /** The interrupts; none in a recording that is not about them. */
    Interrupts interrupts() {
        return new Interrupts(memory.words(), slots, state);
    }

    /** With MCS: the slot that the list of control over time begins with. */
    long schedControl() {
        return schedControl;
    }

    /** The slot that the list of interrupts begins with. */
    long interruptControl() {
        return rootSlot(BootSlots.IRQ_CONTROL);
    }

    private CapabilityType rootType() {
        return CapabilityType.of(architecture.vspaceType());
    }

    private long rootSlot(long index) {
        return slots.at(root, index);
    }

    private void putCNode(long slot, long object, int radix, int guardBits) {
        slots.put(slot, CapabilityType.CNODE, object);
        slots.cnode().setRadix(slot, radix);
        slots.cnode().setGuard(slot, guardBits, 0);
    }

    private void putUntyped(long slot, long paddr, int bits, boolean device) {
        slots.put(slot, CapabilityType.UNTYPED, paddr);
        slots.untyped().setSizeBits(slot, bits);
        slots.untyped().setDevice(slot, device);
    }
}
