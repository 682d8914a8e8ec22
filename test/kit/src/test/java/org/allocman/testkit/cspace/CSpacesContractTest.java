package org.allocman.testkit.cspace;

import java.util.ArrayList;
import java.util.List;
import org.allocman.cspace.CSpace;
import org.allocman.cspace.OneLevelCSpace;
import org.allocman.cspace.SimpleCSpace;
import org.allocman.sim.kernel.Slots;
import org.allocman.testkit.contract.CSpaceContract;
import org.allocman.testkit.machine.PlainMachine;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.junit.jupiter.api.Nested;

/** Every CSpace of ours keeps the contract. */
class CSpacesContractTest {
    /** A CNode of 2^radix slots, the last of which are left out. */
    private static CSpaceContract.Subject subject(
            Architecture architecture, int radix, long leaveOut, boolean anyOrder) {
        PlainMachine machine = PlainMachine.of(architecture, radix, 1 << 16)
                .untyped(0x100_0000, 16, false)
                .build();
        BootInfo.SlotRegion empty = machine.bootInfo().empty();
        long end = empty.end() - leaveOut;
        int depth = architecture.wordBits();
        CSpace cspace = anyOrder
                ? new OneLevelCSpace(
                        machine.rootMemory(), machine.pool(), machine.pool() + 4096, BootSlots.CNODE, depth, end)
                : new SimpleCSpace(machine.rootMemory(), machine.pool(), BootSlots.CNODE, depth);
        cspace.addFree(empty.start(), end);
        Slots slots = new Slots(machine.memory().words(), architecture);
        return new CSpaceContract.Subject(
                cspace,
                machine.kernel(),
                machine.bootInfo().untypeds().get(0).slot(),
                empty.size() - leaveOut,
                anyOrder,
                () -> freeSlotsAreEmpty(cspace, slots, machine.cnode(), 1L << radix));
    }

    private static List<String> freeSlotsAreEmpty(CSpace cspace, Slots slots, long cnode, long count) {
        List<String> broken = new ArrayList<>();
        for (long slot = 0; slot < count; slot++) {
            if (cspace.isFree(slot) && !slots.isEmpty(slots.at(cnode, slot))) {
                broken.add("slot " + slot + " is called free and holds a capability");
            }
        }
        return broken;
    }

    @Nested
    class OneLevel extends CSpaceContract {
        @Override
        protected Subject subject() {
            return CSpacesContractTest.subject(Architecture.X86_64, 9, 0, true);
        }
    }

    @Nested
    class OneLevelOf32Bits extends CSpaceContract {
        @Override
        protected Subject subject() {
            return CSpacesContractTest.subject(Architecture.AARCH32, 8, 0, true);
        }
    }

    /** The last word of the bitmap is partly there. */
    @Nested
    class OneLevelWithARemainder extends CSpaceContract {
        @Override
        protected Subject subject() {
            return CSpacesContractTest.subject(Architecture.AARCH64, 8, 17, true);
        }
    }

    /** Fewer slots than a word of the bitmap has bits. */
    @Nested
    class OneLevelOf32Slots extends CSpaceContract {
        @Override
        protected Subject subject() {
            return CSpacesContractTest.subject(Architecture.RISCV64, 5, 0, true);
        }
    }

    @Nested
    class Simple extends CSpaceContract {
        @Override
        protected Subject subject() {
            return CSpacesContractTest.subject(Architecture.X86_64, 9, 3, false);
        }
    }
}
