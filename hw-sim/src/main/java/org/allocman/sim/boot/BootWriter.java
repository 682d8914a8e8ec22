package org.allocman.sim.boot;

import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.Bindings;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.ControlKind;
import org.allocman.sim.kernel.DerivationList;
import org.allocman.sim.kernel.DomainSchedule;
import org.allocman.sim.kernel.InterruptLines;
import org.allocman.sim.kernel.Interrupts;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.ObjectRegions;
import org.allocman.sim.kernel.ObjectTypes;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.kernel.paging.ArchitectureBehaviour;
import org.allocman.sim.kernel.paging.AsidTable;
import org.allocman.sim.kernel.paging.Behaviours;
import org.allocman.sim.kernel.paging.MpuRegions;
import org.allocman.sim.kernel.paging.MpuSpaceTable;
import org.allocman.sim.kernel.paging.PageTables;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;

/**
 * Writes a boot into memory. Each capability of the root CNode stands alone in the derivation list, as after a real boot;
 * only the thread's own slots hold copies.
 */
final class BootWriter {
    private static final long PADDING_CHUNK = 0;
    private static final int MOST_PRIORITY = 255;
    private static final long LEAST_TIME = 20;

    private final PagedMemory memory;
    private final BootPlan plan;
    private final Architecture architecture;
    private final Slots slots;
    private final long state;
    private final int readWrite;
    private final ObjectTypes types;
    private final ArchitectureBehaviour behaviour;

    BootWriter(PagedMemory memory, BootPlan plan, @PhysAddr long state) {
        this.memory = memory;
        this.plan = plan;
        this.architecture = plan.architecture();
        this.slots = new Slots(memory, architecture);
        this.state = state;
        this.types = new ObjectTypes(slots, architecture);
        this.behaviour = Behaviours.of(architecture);
        this.readWrite = behaviour.readWrite();
    }

    void write(long extraLength) {
        RootObjects objects = plan.objects();
        putFixed(objects);
        if (architecture.hasPaging()) {
            putTables(new PageTables(memory, behaviour));
        } else {
            putRegions(new MpuRegions(memory));
        }
        putFrames(plan.bootInfo().extraBootInfoPages().start(), objects.extra(), plan.extraAddress(), extraPages());
        putFrames(
                plan.bootInfo().userImageFrames().start(),
                plan.load().image().start(),
                plan.imageBase(),
                plan.shape().bytes() / plan.shape().pageBytes());
        for (Untyped untyped : plan.bootInfo().untypeds()) {
            long slot = put(untyped.slot(), CapabilityType.UNTYPED, untyped.paddr());
            slots.untyped().setSizeBits(slot, untyped.sizeBits());
            slots.untyped().setDevice(slot, untyped.device());
        }
        BootInfoLayout.of(architecture).write(memory, objects.bootInfo(), plan.bootInfo(), extraLength);
        if (extraLength != 0) {
            // one chunk that says how long it is and to pass it over; the board's description is not kept
            putWords(objects.extra(), PADDING_CHUNK, extraLength);
        }
        startThread(objects);
    }

    private void putFixed(RootObjects objects) {
        long cnode = put(BootSlots.CNODE, CapabilityType.CNODE, objects.cnode());
        int radix = plan.bootInfo().initThreadCNodeSizeBits();
        slots.cnode().setRadix(cnode, radix);
        slots.cnode().setGuard(cnode, architecture.wordBits() - radix, 0);
        putControl(BootSlots.DOMAIN, ControlKind.DOMAIN);
        new DomainSchedule(memory, state, architecture.domains()).initialise();
        putControl(BootSlots.IRQ_CONTROL, ControlKind.IRQ_CONTROL);
        InterruptLines lines =
                KernelWords.interrupts(architecture, plan.load().kernel().size());
        if (lines.count() > 0) {
            new Interrupts(memory, slots, state)
                    .initialise(lines, state - KernelWords.interruptBytes(architecture, lines));
        }
        if (behaviour.hasIoPorts()) {
            putControl(BootSlots.IO_PORT_CONTROL, ControlKind.IO_PORT_CONTROL);
        }
        long vspace = put(BootSlots.VSPACE, architecture.vspaceType(), objects.vspace());
        slots.table().setMapped(vspace, true);
        slots.mapping().setAsid(vspace, AsidTable.ROOT_TASK);
        if (architecture.hasPaging()) {
            put(BootSlots.ASID_POOL, CapabilityType.ASID_POOL, objects.asidPool());
            putControl(BootSlots.ASID_CONTROL, ControlKind.ASID_CONTROL);
            AsidTable asids = new AsidTable(memory, architecture, state);
            asids.putPool(0, objects.asidPool());
            asids.put(objects.asidPool(), AsidTable.ROOT_TASK, objects.vspace());
        } else {
            new MpuSpaceTable(memory, state).put(AsidTable.ROOT_TASK, objects.vspace());
        }
    }

    private void putTables(PageTables tables) {
        int[] levels = RootTables.levels(architecture);
        long table = plan.objects().tables();
        long slot = plan.bootInfo().userImagePaging().start();
        for (int level = 0; level < levels.length; level++) {
            long unit = 1L << levels[level];
            for (long at = plan.imageBase() & -unit; at < plan.end(); at += unit) {
                tables.bootTable(plan.objects().vspace(), at, table);
                long cap = put(slot, architecture.levels().get(level + 1).table(), table);
                slots.table().setMapped(cap, true);
                slots.mapping().setAsid(cap, AsidTable.ROOT_TASK);
                slots.mapping().setVaddr(cap, at);
                slot++;
                table += 1L << plan.sizes().tableBits();
            }
        }
        tables.putKernel(plan.objects().vspace());
        mapFrame(tables, BootSlots.BOOT_INFO_FRAME, plan.objects().bootInfo(), plan.bootInfoAddress());
        mapFrame(tables, BootSlots.IPC_BUFFER, plan.objects().ipcBuffer(), plan.ipcBuffer());
        for (long page = 0; page < extraPages(); page++) {
            long offset = page * plan.shape().pageBytes();
            mapPage(tables, plan.extraAddress() + offset, plan.objects().extra() + offset);
        }
        for (long offset = 0;
                offset < plan.shape().bytes();
                offset += plan.shape().pageBytes()) {
            mapPage(tables, plan.imageBase() + offset, plan.load().image().start() + offset);
        }
    }

    private void mapFrame(PageTables tables, @CPtr long slot, @PhysAddr long frame, @VirtAddr long vaddr) {
        putFrame(slot, frame, vaddr, 0);
        mapPage(tables, vaddr, frame);
    }

    private void mapPage(PageTables tables, @VirtAddr long vaddr, @PhysAddr long frame) {
        tables.bootPage(plan.objects().vspace(), vaddr, frame, behaviour.imageAttributes());
    }

    private void putRegions(MpuRegions regions) {
        ImageShape shape = plan.shape();
        long space = plan.objects().vspace();
        int eighths = (int) (shape.bytes() * ImageShape.SUBREGIONS / shape.alignment());
        int disabled = (1 << ImageShape.SUBREGIONS) - 1 & -1 << eighths;
        regions.put(space, 0, plan.imageBase(), bitsOf(shape.alignment()), readWrite, disabled);
        regions.put(space, 1, plan.ipcBuffer(), plan.sizes().ipcBufferBits(), readWrite, 0);
        regions.put(space, 2, plan.bootInfoAddress(), plan.sizes().bootInfoBits(), readWrite, 0);
        if (extraPages() != 0) {
            regions.put(space, 3, plan.extraAddress(), plan.sizes().extraBits(), readWrite, 0);
        }
        putFrame(
                BootSlots.BOOT_INFO_FRAME,
                plan.objects().bootInfo(),
                plan.bootInfoAddress(),
                frameSize(plan.sizes().bootInfoBits()));
        putFrame(BootSlots.IPC_BUFFER, plan.objects().ipcBuffer(), plan.ipcBuffer(), 0);
    }

    private int frameSize(int sizeBits) {
        for (int size = 0; size < architecture.frames().size(); size++) {
            if (architecture.sizeBits(architecture.frames().get(size), 0) == sizeBits) {
                return size;
            }
        }
        throw new IllegalStateException("no frame has 2^" + sizeBits + " bytes");
    }

    private static int bitsOf(long powerOfTwo) {
        return Long.numberOfTrailingZeros(powerOfTwo);
    }

    private long extraPages() {
        return plan.bootInfo().extraBootInfoPages().size();
    }

    private void putFrames(@CPtr long firstSlot, @PhysAddr long start, @VirtAddr long vaddr, long count) {
        for (long i = 0; i < count; i++) {
            long offset = i * plan.shape().pageBytes();
            putFrame(firstSlot + i, start + offset, vaddr + offset, 0);
        }
    }

    private void putFrame(@CPtr long number, @PhysAddr long frame, @VirtAddr long vaddr, int size) {
        long slot = put(number, CapabilityType.FRAME, frame);
        slots.frame().setSize(slot, size);
        slots.frame().setVmRights(slot, readWrite);
        slots.mapping().setAsid(slot, AsidTable.ROOT_TASK);
        slots.mapping().setVaddr(slot, vaddr);
        behaviour.noteMapped(slots, slot);
    }

    private void putControl(@CPtr long number, ControlKind kind) {
        long slot = put(number, CapabilityType.CONTROL, 0);
        slots.put(slot, CapabilityType.CONTROL, 0);
        slots.control().setKind(slot, kind);
    }

    private long put(@CPtr long number, ObjectType type, @PhysAddr long object) {
        long slot = put(number, CapabilityType.of(type), object);
        types.putKind(slot, type);
        return slot;
    }

    private long put(@CPtr long number, CapabilityType type, @PhysAddr long object) {
        long slot = slots.at(plan.objects().cnode(), number);
        slots.put(slot, type, object);
        slots.mdb().setRevocable(slot, true);
        slots.mdb().setFirstBadged(slot, true);
        return slot;
    }

    private void startThread(RootObjects objects) {
        DerivationList list = new DerivationList(slots, new ObjectRegions(slots, architecture));
        long tcb = objects.tcb();
        copy(list, BootSlots.CNODE, slots.at(tcb, TcbLayout.CSPACE));
        copy(list, BootSlots.VSPACE, slots.at(tcb, TcbLayout.VSPACE));
        long buffer = copy(list, BootSlots.IPC_BUFFER, slots.at(tcb, TcbLayout.buffer(architecture)));
        slots.mapping().setAsid(buffer, 0);
        behaviour.forgetMapping(slots, buffer);
        TcbLayout.BUFFER_ADDRESS.set(memory, tcb + TcbLayout.wordsShift(slots), plan.ipcBuffer());
        put(BootSlots.TCB, CapabilityType.TCB, tcb);
        TcbLayout.PRIORITY.set(memory, tcb + TcbLayout.wordsShift(slots), MOST_PRIORITY);
        TcbLayout.MAX_PRIORITY.set(memory, tcb + TcbLayout.wordsShift(slots), MOST_PRIORITY);
        if (architecture.hasMcs()) {
            putScheduling(objects);
        }
        KernelState.setThread(memory, state, tcb);
        KernelState.setUserTop(memory, state, architecture, plan.userTop());
        KernelState.setWindowOffset(memory, state, plan.load().window().offset());
    }

    private void putScheduling(RootObjects objects) {
        long context = slots.at(plan.objects().cnode(), BootSlots.SCHED_CONTEXT);
        types.put(context, ObjectType.SCHED_CONTEXT, objects.context(), RootObjectSizes.contextBits(architecture));
        slots.mdb().setRevocable(context, true);
        slots.mdb().setFirstBadged(context, true);
        new Bindings(memory, slots, true).bindContext(objects.context(), objects.tcb());
        putControl(plan.bootInfo().schedControl().start(), ControlKind.SCHED_CONTROL);
        KernelState.setTimes(memory, state, LEAST_TIME, behaviour.mostTime());
    }

    private long copy(DerivationList list, @CPtr long number, @PhysAddr long to) {
        long from = slots.at(plan.objects().cnode(), number);
        slots.copyCapability(from, to);
        list.insert(from, to, false);
        return to;
    }

    private void putWords(@PhysAddr long record, long first, long second) {
        if (architecture.wordBits() == Long.SIZE) {
            memory.store64(record, 0, first);
            memory.store64(record, Long.BYTES, second);
        } else {
            memory.store32(record, 0, (int) first);
            memory.store32(record, Integer.BYTES, (int) second);
        }
    }
}
