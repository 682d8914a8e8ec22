package org.example.flat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.allocman.cspace.CSpace;
import org.allocman.cspace.CSpaceForm;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.mspace.FixedPages;
import org.allocman.mspace.SlabMspace;
import org.allocman.sim.kernel.Slots;
import org.allocman.testkit.contract.CSpaceContract;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.junit.jupiter.api.Test;

/** The contract of all CSpace managers, kept by ours. */
class FlatCSpaceTest extends CSpaceContract {
    private static final int RADIX = 9;

    @Override
    protected Subject subject() {
        PlainMachine machine = PlainMachine.of(Architecture.RISCV64, RADIX, 1 << 16)
                .untyped(0x100_0000, 16, false)
                .build();
        FlatDesign design = new FlatDesign();
        CSpaceForm form = new CSpaceForm(BootSlots.CNODE, 64, 1L << RADIX);
        CSpace cspace = design.open(
                machine.rootMemory(), machine.pool(), machine.pool() + 4096, noRecords(machine), form);
        BootInfo.SlotRegion empty = machine.bootInfo().empty();
        cspace.addFree(empty.start(), empty.end());
        Slots slots = new Slots(machine.memory().words(), Architecture.RISCV64);
        return new Subject(
                cspace,
                machine.kernel(),
                machine.bootInfo().untypeds().get(0).slot(),
                empty.size(),
                true,
                () -> freeSlotsAreEmpty(cspace, slots, machine.cnode()));
    }

    private static SlabMspace noRecords(PlainMachine machine) {
        return new SlabMspace(
                machine.rootMemory(),
                machine.pool() + 64,
                new FixedPages(machine.rootMemory(), machine.pool() + 512, machine.pool() + 8192, 0),
                List.of());
    }

    private static List<String> freeSlotsAreEmpty(CSpace cspace, Slots slots, long cnode) {
        List<String> broken = new ArrayList<>();
        for (long slot = 0; slot < 1 << RADIX; slot++) {
            if (cspace.isFree(slot) && !slots.isEmpty(slots.at(cnode, slot))) {
                broken.add("slot " + slot + " is called free and holds a capability");
            }
        }
        return broken;
    }

    @Test
    void itIsForOneLevel() {
        FlatDesign flat = new FlatDesign();
        assertEquals(flat, CSpaceGeometry.oneLevel(10).withDesign(flat).design());
        CSpaceGeometry twoLevels = CSpaceGeometry.twoLevel(4, 6);
        assertThrows(IllegalArgumentException.class, () -> twoLevels.withDesign(flat));
    }
}
