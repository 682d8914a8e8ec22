package org.allocman.cspace;

import java.util.ArrayList;
import java.util.List;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.mspace.FixedPages;
import org.allocman.mspace.SlabMspace;
import org.allocman.sim.kernel.Slots;
import org.allocman.testkit.contract.CSpaceContract;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
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

    /** A CNode of 2^firstBits slots in a slot of the task's own CNode, and so many CNodes of 2^secondBits slots in it. */
    private static CSpaceContract.Subject twoLevels(
            Architecture architecture, int firstBits, int secondBits, int nodes) {
        PlainMachine machine = PlainMachine.of(architecture, 6, 1 << 16)
                .untyped(0x100_0000, 16, false)
                .untyped(0x200_0000, 12, false)
                .build();
        Kernel kernel = machine.kernel();
        long untyped = machine.bootInfo().untypeds().get(0).slot();
        long root = machine.bootInfo().empty().start();
        int cnode = architecture.number(ObjectType.CNODE);
        made(kernel.retype(untyped, cnode, firstBits, BootSlots.CNODE, 0, 0, root, 1));
        made(kernel.retype(untyped, cnode, secondBits, root, 0, 0, 0, nodes));
        Memory memory = machine.rootMemory();
        FixedPages pages = new FixedPages(memory, machine.pool() + 2048, machine.pool() + 2 * 4096, 4);
        pages.initialise();
        SlabMspace records = new SlabMspace(memory, machine.pool() + 1024, pages, CSpaceDesigns.TWO_LEVEL.records());
        TwoLevelCSpace cspace = new TwoLevelCSpace(
                memory,
                machine.pool(),
                machine.pool() + 4096,
                records,
                root,
                firstBits + secondBits,
                firstBits,
                secondBits);
        cspace.initialise();
        long end = (long) nodes << secondBits;
        cspace.addFree(1, end);
        return new CSpaceContract.Subject(
                cspace,
                kernel,
                machine.bootInfo().untypeds().get(1).slot(),
                end - 1,
                true,
                () -> freeSlotsCanBeUsed(cspace, kernel));
    }

    /** A capability can be copied into each slot that is called free; how the kernel finds it is the kernel's own matter. */
    private static List<String> freeSlotsCanBeUsed(CSpace cspace, Kernel kernel) {
        List<String> broken = new ArrayList<>();
        int wordBits = kernel.architecture().wordBits();
        for (long slot = 0; slot < cspace.end(); slot++) {
            if (cspace.isFree(slot)) {
                KernelError answer = kernel.copy(
                        new CapPath(cspace.root(), slot, cspace.depth()),
                        new CapPath(BootSlots.CNODE, BootSlots.CNODE, wordBits),
                        CapRights.ALL);
                if (answer.failed()) {
                    broken.add("slot " + slot + " is called free: " + answer);
                } else {
                    made(kernel.delete(cspace.root(), slot, cspace.depth()));
                }
            }
        }
        return broken;
    }

    private static void made(KernelError answer) {
        if (answer.failed()) {
            throw new AssertionError(answer.toString());
        }
    }

    @Nested
    class TwoLevels extends CSpaceContract {
        @Override
        protected Subject subject() {
            return twoLevels(Architecture.X86_64, 3, 7, 5);
        }
    }

    @Nested
    class TwoLevelsOf32Bits extends CSpaceContract {
        @Override
        protected Subject subject() {
            return twoLevels(Architecture.AARCH32, 2, 8, 4);
        }
    }

    /** A CNode of the second level is one word of a bitmap. */
    @Nested
    class TwoLevelsOfOneWord extends CSpaceContract {
        @Override
        protected Subject subject() {
            return twoLevels(Architecture.RISCV64, 3, 6, 8);
        }
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
