package org.allocman.untyped;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.check.manager.KernelProbe;
import org.allocman.cspace.OneLevelCSpace;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.lab.kernel.FaultyKernel;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.mspace.FixedPages;
import org.allocman.mspace.SlabMspace;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;

/** An untyped manager of any kind with nothing around it: a small machine, slots, pages of records. */
final class BareManager {
    static final Architecture ARCHITECTURE = Architecture.X86_64;
    static final int CHILDREN_BITS = 4;
    static final int LATER = 3;

    /** The managers there are. */
    enum Kind {
        ARENA,
        SPLIT,
        COMPATIBLE,
        TWINKLE;

        UntypedDesign design(int childrenBits) {
            return switch (this) {
                case ARENA -> new ArenaDesign(childrenBits);
                case SPLIT -> UntypedDesigns.SPLIT;
                case COMPATIBLE -> new SplitDesign(SplitUntypeds.Halving.COMPATIBLE);
                case TWINKLE -> UntypedDesigns.TWINKLE;
            };
        }

        /** What the record of an untyped is. */
        RecordKind rootRecord() {
            return design(CHILDREN_BITS).rootRecord();
        }

        boolean isSplit() {
            return this == SPLIT || this == COMPATIBLE;
        }
    }

    /** An untyped of the machine's. */
    record Block(long paddr, int bits, MemoryKind kind) {
        long end() {
            return paddr + (1L << bits);
        }
    }

    /** Two untypeds of memory, one of device memory, one of device RAM. */
    static final List<Block> BLOCKS = List.of(
            new Block(0x100_0000, 16, MemoryKind.KERNEL),
            new Block(0x101_0000, 13, MemoryKind.KERNEL),
            new Block(0x200_0000, 14, MemoryKind.DEVICE),
            new Block(0x300_0000, 15, MemoryKind.DEVICE_RAM));

    final PlainMachine machine;
    final CountingKernel counting;
    final FaultyKernel kernel;
    final OneLevelCSpace cspace;
    final long firstPage;
    final FixedPages pages;
    final SlabMspace records;
    final UntypedManager manager;
    final List<Block> blocks;

    BareManager(Kind kind) {
        this(kind, BLOCKS, 11, 40);
    }

    BareManager(Kind kind, List<Block> blocks, int radix, int recordPages) {
        this(kind, blocks, radix, recordPages, behind -> behind);
    }

    BareManager(Kind kind, List<Block> blocks, int radix, int recordPages, UnaryOperator<Kernel> wrapper) {
        this(kind, blocks, radix, recordPages, wrapper, CHILDREN_BITS);
    }

    BareManager(
            Kind kind,
            List<Block> blocks,
            int radix,
            int recordPages,
            UnaryOperator<Kernel> wrapper,
            int childrenBits) {
        this(kind, blocks, radix, recordPages, wrapper, childrenBits, LATER);
    }

    /** Whose table has room for some more untypeds, so many. */
    BareManager(
            Kind kind,
            List<Block> blocks,
            int radix,
            int recordPages,
            UnaryOperator<Kernel> wrapper,
            int childrenBits,
            int later) {
        this.blocks = blocks;
        PlainMachine.Builder builder = PlainMachine.of(ARCHITECTURE, radix, (recordPages + 2) * 4096L);
        for (Block block : blocks) {
            builder.untyped(block.paddr, block.bits, block.kind != MemoryKind.KERNEL);
        }
        machine = builder.build();
        counting = new CountingKernel(wrapper.apply(machine.kernel()));
        kernel = new FaultyKernel(counting);
        Memory memory = machine.rootMemory();
        long state = machine.pool();
        long bitmaps = state + 4096;
        firstPage = state + 2 * 4096;
        BootInfo.SlotRegion empty = machine.bootInfo().empty();
        cspace = new OneLevelCSpace(memory, state, bitmaps, BootSlots.CNODE, ARCHITECTURE.wordBits(), 1L << radix);
        cspace.addFree(empty.start(), empty.end());
        pages = new FixedPages(memory, state + 512, firstPage, recordPages);
        pages.initialise();
        UntypedDesign design = kind.design(childrenBits);
        records = new SlabMspace(memory, state + 64, pages, design.records());
        manager = design.open(
                kernel,
                memory,
                state + 1024,
                records,
                cspace,
                new UntypedTable(
                        memory,
                        state + 4088,
                        state + 3072,
                        blocks.size() + later,
                        records,
                        design.rootRecord(),
                        ARCHITECTURE));
        List<UntypedRoots.Root> roots = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            Untyped untyped = machine.bootInfo().untypeds().get(i);
            roots.add(new UntypedRoots.Root(untyped, blocks.get(i).kind));
        }
        if (!new UntypedRoots(manager).adopt(roots)) {
            throw new AssertionError("no room for the roots");
        }
    }

    long allocate(MemoryKind kind, ObjectType type, int size) {
        return manager.allocate(
                kind, ARCHITECTURE.number(type), size, ARCHITECTURE.sizeBits(type, size), 0, Requester.CLIENT);
    }

    long allocate(ObjectType type, int size) {
        return allocate(MemoryKind.KERNEL, type, size);
    }

    long untyped(int bits) {
        return allocate(ObjectType.UNTYPED, bits);
    }

    long allocateAt(ObjectType type, int size, long paddr) {
        return manager.allocateAt(
                ARCHITECTURE.number(type), size, ARCHITECTURE.sizeBits(type, size), paddr, 0, Requester.CLIENT);
    }

    Fingerprint fingerprint() {
        return machine.memory().fingerprint();
    }

    /** Every word that manager, slots and records have written. The kernel forgets a watermark only when it is in the way. */
    List<Long> bookKeeping() {
        List<Long> words = new ArrayList<>();
        for (long at = machine.pool(); at < machine.pool() + machine.poolBytes(); at += Long.BYTES) {
            words.add(machine.rootMemory().load64(at, 0));
        }
        return words;
    }

    Slots slots() {
        return new Slots(machine.memory().words(), ARCHITECTURE);
    }

    /** What is broken, in the manager and in the slots. */
    List<String> broken() {
        List<String> broken = new ArrayList<>(manager.audit(
                new KernelProbe(slots(), slot -> slots().at(machine.cnode(), slot), cspace::isFree, paddr -> true)));
        for (long slot = 0; slot < 1L << machine.bootInfo().initThreadCNodeSizeBits(); slot++) {
            if (cspace.isFree(slot) && !slots().isEmpty(slots().at(machine.cnode(), slot))) {
                broken.add("slot " + slot + " is called free and holds a capability");
            }
        }
        return broken;
    }

    boolean isWhole() {
        for (int i = 0; i < new UntypedRoots(manager).count(); i++) {
            if (!new UntypedRoots(manager).isWhole(i)) {
                return false;
            }
        }
        return true;
    }
}
