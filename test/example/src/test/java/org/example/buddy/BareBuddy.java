package org.example.buddy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.cspace.CSpace;
import org.allocman.cspace.CSpaceDesigns;
import org.allocman.cspace.CSpaceForm;
import org.allocman.mspace.FixedPages;
import org.allocman.mspace.SlabMspace;
import org.allocman.sim.kernel.Slots;
import org.allocman.testkit.contract.UntypedManagerSubjects.Block;
import org.allocman.testkit.contract.UntypedManagerSubjects.Subject;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.check.manager.KernelProbe;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedManager;
import org.allocman.untyped.UntypedRoots;
import org.allocman.untyped.UntypedTable;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;

/** A manager of our design with nothing around it: a small machine, slots, pages of records. */
final class BareBuddy {
    private static final Architecture ARCHITECTURE = Architecture.X86_64;
    private static final int RADIX = 11;
    private static final int PAGES = 40;
    private static final UntypedDesign DESIGN = new BuddyDesign();
    private static final List<Block> BLOCKS = List.of(
            new Block(0x100_0000, 16, MemoryKind.KERNEL),
            new Block(0x101_0000, 13, MemoryKind.KERNEL),
            new Block(0x200_0000, 14, MemoryKind.DEVICE),
            new Block(0x300_0000, 15, MemoryKind.DEVICE_RAM));

    final PlainMachine machine;
    final CSpace slots;
    final UntypedManager manager;
    final Kernel kernel;

    BareBuddy(UnaryOperator<Kernel> wrapper) {
        PlainMachine.Builder builder = PlainMachine.of(ARCHITECTURE, RADIX, (PAGES + 2) * 4096L);
        BLOCKS.forEach(block -> builder.untyped(block.paddr(), block.sizeBits(), block.kind() != MemoryKind.KERNEL));
        machine = builder.build();
        kernel = wrapper.apply(machine.kernel());
        Memory memory = machine.rootMemory();
        long state = machine.pool();
        CSpaceForm form = new CSpaceForm(BootSlots.CNODE, ARCHITECTURE.wordBits(), 1L << RADIX);
        FixedPages pages = new FixedPages(memory, state + 512, state + 2 * 4096, PAGES);
        pages.initialise();
        SlabMspace records = new SlabMspace(memory, state + 64, pages, DESIGN.records());
        slots = CSpaceDesigns.ONE_LEVEL.open(memory, state, state + 4096, records, form);
        BootInfo.SlotRegion empty = machine.bootInfo().empty();
        slots.addFree(empty.start(), empty.end());
        UntypedTable table = new UntypedTable(
                memory, state + 1016, state + 1024, BLOCKS.size(), records, DESIGN.rootRecord(), ARCHITECTURE);
        manager = DESIGN.open(kernel, memory, state + 2048, records, slots, table);
        List<UntypedRoots.Root> roots = new ArrayList<>();
        for (int i = 0; i < BLOCKS.size(); i++) {
            roots.add(new UntypedRoots.Root(
                    machine.bootInfo().untypeds().get(i), BLOCKS.get(i).kind()));
        }
        if (!new UntypedRoots(manager).adopt(roots)) {
            throw new AssertionError("there are records for four untypeds");
        }
    }

    Subject subject() {
        return new Subject(manager, kernel, slots, BLOCKS, true, this::broken, this::words);
    }

    List<String> broken() {
        Slots kernelSlots = new Slots(machine.memory().words(), ARCHITECTURE);
        return manager.audit(new KernelProbe(
                kernelSlots, slot -> kernelSlots.at(machine.cnode(), slot), slots::isFree, paddr -> false));
    }

    /** All that manager, slots and records have written. */
    private List<Long> words() {
        List<Long> words = new ArrayList<>();
        for (long at = machine.pool(); at < machine.pool() + machine.poolBytes(); at += Long.BYTES) {
            words.add(machine.rootMemory().load64(at, 0));
        }
        return words;
    }
}
