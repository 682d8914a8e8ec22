package org.allocman.testkit.cspace;

import java.util.ArrayList;
import java.util.List;
import org.allocman.cspace.OneLevelCSpace;
import org.allocman.sim.kernel.Slots;
import org.allocman.testkit.contract.CSpaceContract;
import org.allocman.testkit.machine.PlainMachine;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.junit.jupiter.api.Nested;

/** Every CSpace of ours keeps the contract. */
class CSpacesContractTest {
    private static CSpaceContract.Subject oneLevel(Architecture architecture, int radix, long leaveOut) {
        PlainMachine machine = PlainMachine.of(architecture, radix, 1 << 16)
                .untyped(0x100_0000, 16, false)
                .build();
        BootInfo.SlotRegion empty = machine.bootInfo().empty();
        OneLevelCSpace cspace = new OneLevelCSpace(
                machine.rootMemory(),
                machine.pool(),
                machine.pool() + 4096,
                BootSlots.CNODE,
                architecture.wordBits(),
                radix);
        cspace.addFree(empty.start(), empty.end() - leaveOut);
        Slots slots = new Slots(machine.memory().words(), architecture);
        return new CSpaceContract.Subject(
                cspace,
                machine.kernel(),
                machine.bootInfo().untypeds().get(0).slot(),
                empty.size() - leaveOut,
                () -> freeSlotsAreEmpty(cspace, slots, machine.cnode(), 1L << radix));
    }

    private static List<String> freeSlotsAreEmpty(OneLevelCSpace cspace, Slots slots, long cnode, long count) {
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
            return oneLevel(Architecture.X86_64, 9, 0);
        }
    }

    @Nested
    class OneLevelOf32Bits extends CSpaceContract {
        @Override
        protected Subject subject() {
            return oneLevel(Architecture.AARCH32, 8, 0);
        }
    }

    /** The last word of the bitmap is partly there. */
    @Nested
    class OneLevelWithARemainder extends CSpaceContract {
        @Override
        protected Subject subject() {
            return oneLevel(Architecture.AARCH64, 8, 17);
        }
    }

    /** Fewer slots than a word of the bitmap has bits. */
    @Nested
    class OneLevelOf32Slots extends CSpaceContract {
        @Override
        protected Subject subject() {
            return oneLevel(Architecture.RISCV64, 5, 0);
        }
    }
}
