package org.allocman.check.systems;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.sim.kernel.paging.CurrentSpace;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.Walk;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Rounding;
import org.allocman.vka.Untyped;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What {@link PagingSubject} is made of: the objects, where they are, and the addresses that are looked at. */
final class PagingContext {

    private static final int POOL_BITS = 12;

    private final Machine machine;
    private final Architecture architecture;
    private final Slots slots;
    private final CurrentSpace space;
    private final long cnode;
    private final long[] frames;
    private final long[] pages;
    private final long table;
    private final long second;
    private final long pool;
    private final long copy;

    PagingContext(Machine machine, int frames) throws BootFailure {
        this.machine = machine;
        this.architecture = machine.board().architecture();
        PagedMemory memory = machine.memory().words();
        this.slots = new Slots(memory, architecture);
        this.space = new CurrentSpace(memory, architecture, machine.kernelState());
        long thread = KernelState.thread(memory, machine.kernelState());
        this.cnode = slots.object(slots.at(thread, TcbLayout.CSPACE));
        Maker maker = new Maker(machine);
        long largeBytes = 1L << architecture.sizeBits(architecture.frames().get(1), 0);
        long unit = Math.max(largeBytes, 1L << lowestCovers(architecture));
        long base = Rounding.up(machine.freeVirtualBase(), unit);
        this.pages = new long[] {base, base + PAGE, base + largeBytes - PAGE};
        this.second = maker.make(architecture.vspaceType(), 0);
        this.pool = maker.makePool();
        expect(machine.kernel().asidPoolAssign(pool, second));
        this.table = maker.make(ObjectType.PAGE_TABLE, 0);
        this.frames = new long[frames];
        for (int i = 0; i < frames; i++) {
            this.frames[i] = maker.make(architecture.frames().get(i == 0 ? 1 : 0), 0);
        }
        this.copy = maker.emptySlot();
        for (long vspace : new long[] {BootSlots.VSPACE, second}) {
            maker.mapUpperTables(vspace, this.frames[1], base);
        }
        for (long frame : this.frames) {
            writeTo(memory, slots.object(slot(frame)), frame == this.frames[0] ? largeBytes : PAGE);
        }
    }

    /** Makes objects, each into the next empty slot. */
    private static final class Maker {
        private final Machine machine;
        private final Kernel kernel;
        private final Architecture architecture;
        private long next;

        Maker(Machine machine) {
            this.machine = machine;
            this.kernel = machine.kernel();
            this.architecture = machine.board().architecture();
            this.next = machine.bootInfo().empty().start();
        }

        @CPtr
        long emptySlot() {
            return next++;
        }

        @CPtr
        long make(ObjectType type, int size) throws BootFailure {
            int number = architecture.number(type);
            for (Untyped untyped : machine.bootInfo().untypeds()) {
                if (!untyped.device()
                        && !kernel.retype(untyped.slot(), number, size, BootSlots.CNODE, 0, 0, next, 1)
                                .failed()) {
                    return next++;
                }
            }
            throw new BootFailure("there is no memory for a " + type.text(), 0);
        }

        @CPtr
        long makePool() throws BootFailure {
            long untyped = make(ObjectType.UNTYPED, POOL_BITS);
            long pool = next++;
            expect(kernel.asidControlMakePool(
                    BootSlots.ASID_CONTROL, untyped, new CapPath(BootSlots.CNODE, pool, architecture.wordBits())));
            return pool;
        }

        /** Maps what must stand above the lowest table; {@code frame} is a small one to try with. */
        void mapUpperTables(@CPtr long vspace, @CPtr long frame, @VirtAddr long vaddr) throws BootFailure {
            int lowest = lowestCovers(architecture);
            for (int level = 0; level < architecture.tableLevels(); level++) {
                LookupFault fault = kernel.pageMap(frame, vspace, vaddr, CapRights.READ_WRITE, 0)
                        .lookupFault();
                ObjectType type = fault == null ? null : architecture.tableFor(fault.bitsLeft());
                if (fault == null || type == null || fault.bitsLeft() == lowest) {
                    return;
                }
                expect(kernel.tableMap(make(type, 0), vspace, vaddr, 0));
            }
        }
    }

    private static void expect(KernelError error) throws BootFailure {
        if (error.failed()) {
            throw new BootFailure("the kernel refused: " + error, 0);
        }
    }

    /** A window keeps only pages that were written to once. */
    private static void writeTo(PagedMemory memory, long frame, long bytes) {
        memory.store64(frame, 0, 1);
        if (bytes > PAGE) {
            memory.store64(frame + PAGE, 0, 1);
            memory.store64(frame + bytes - PAGE, 0, 1);
        }
    }

    /** What the lowest paging structure covers, in size bits. */
    private static int lowestCovers(Architecture architecture) {
        return architecture.levels().get(architecture.tableLevels() - 1).entryBits();
    }

    /** Where a slot is. */
    long slot(@CPtr long cptr) {
        return slots.at(cnode, cptr);
    }

    boolean holds(@CPtr long cptr) {
        return !slots.isEmpty(slot(cptr));
    }

    /** Looks at every page, so that it is remembered if it can be. */
    void look() {
        for (long vaddr : pages) {
            try {
                machine.rootMemory().load64(vaddr, 0);
            } catch (MemoryFault notMapped) {
                continue;
            }
        }
    }

    /** The law that a stale translation breaks, with its name in front; null if none is remembered. */
    @Nullable
    String stale() {
        long[] found = new long[1];
        long both = Walk.READABLE | Walk.WRITABLE;
        machine.memory().forEachTranslation((vaddr, remembered, walked) -> {
            if (walked != (remembered | both)) {
                found[0]++;
            }
        });
        if (found[0] == 0) {
            return null;
        }
        List<String> broken = KernelInvariants.TLB_FRESH.violations(
                new KernelView(machine.memory(), architecture, machine.kernelState()));
        return KernelInvariants.TLB_FRESH.name() + ": " + String.join("; ", broken);
    }

    /** What a walk finds. */
    long walk(@VirtAddr long vaddr) {
        return space.translate(vaddr);
    }

    long[] pages() {
        return pages;
    }

    @CPtr
    long[] frames() {
        return frames;
    }

    @CPtr
    long table() {
        return table;
    }

    @CPtr
    long second() {
        return second;
    }

    @CPtr
    long pool() {
        return pool;
    }

    /** The slot for a copy of the first small frame. */
    @CPtr
    long copy() {
        return copy;
    }

    /** Guard data that keep the root CNode as it is. */
    long guard() {
        return architecture.guardOfZeros(
                architecture.wordBits() - machine.bootInfo().initThreadCNodeSizeBits());
    }

    List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (int i = 0; i < frames.length; i++) {
            facts.add(fact("frame " + i, frames[i]));
        }
        facts.add(fact("the copy", copy));
        facts.add(fact("the table", table));
        facts.add(fact("the second address space", second));
        facts.add(fact("its pool", pool));
        return facts;
    }

    private String fact(String name, long cptr) {
        long slot = slot(cptr);
        if (slots.isEmpty(slot)) {
            return name + ": gone";
        }
        int asid = slots.mapping().asid(slot);
        return name + ": ASID " + asid + " at 0x"
                + Long.toHexString(slots.mapping().vaddr(slot));
    }
}
