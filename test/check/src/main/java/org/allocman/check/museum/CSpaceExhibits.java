package org.allocman.check.museum;

import static org.allocman.check.museum.MuseumMachines.POOL;
import static org.allocman.check.museum.MuseumMachines.WIDE;
import static org.allocman.check.museum.MuseumMachines.cspace;
import static org.allocman.check.museum.MuseumMachines.machine;

import java.util.List;
import java.util.function.Supplier;
import org.allocman.check.action.Subject;
import org.allocman.cspace.CSpace;
import org.allocman.cspace.OneLevelCSpace;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;

/** Bugs in CSpaces. */
final class CSpaceExhibits {
    private static final int DEPTH_32 = 32;

    // looking at every slot of a large CSpace takes its time
    private static final int WIDE_CSPACE = 500;

    private static final int FEW = 30;

    private static Exhibit inCSpace(
            String id,
            String bug,
            String where,
            long slots,
            ContractCase.Slotting original,
            ContractCase.Slotting broken) {
        return new Exhibit(
                id,
                bug,
                where,
                "CSpace",
                0,
                slots > WIDE_CSPACE ? FEW : 1,
                cspaceRig(slots, original),
                cspaceRig(slots, broken),
                slots > WIDE_CSPACE ? null : new ContractCase.OfCSpace(slots, original),
                slots > WIDE_CSPACE ? null : new ContractCase.OfCSpace(slots, broken));
    }

    static PlainMachine cspaceMachine() {
        return PlainMachine.of(WIDE, 10, POOL)
                .untyped(0x100_0000, 17, false)
                .untyped(0x200_0000, 16, false)
                .untyped(0x300_0000, 12, false)
                .build();
    }

    private static Supplier<Subject> cspaceRig(long slots, ContractCase.Slotting slotting) {
        return () -> {
            PlainMachine machine = cspaceMachine();
            return new CSpaceRig(machine, slots, rig -> slotting.on(machine, rig.kernel()));
        };
    }

    private static CSpace oneLevel(PlainMachine machine, long end) {
        OneLevelCSpace cspace = new OneLevelCSpace(
                machine.rootMemory(), machine.pool(), machine.pool() + 4096, BootSlots.CNODE, WIDE.wordBits(), 239);
        cspace.addFree(machine.bootInfo().empty().start(), end);
        return cspace;
    }

    private static final int FIRST_RADIX = 2;

    private static final int SECOND_RADIX = 3;

    private static final long TWO_LEVEL_SLOTS = (1 << FIRST_RADIX + SECOND_RADIX) - 1;

    /** What a two-level CSpace is made from. */
    private record Levels(
            Kernel kernel, Kernel setUp, Memory memory, long state, long untyped, long slot, int first, int second) {
        static Levels of(PlainMachine machine, Kernel kernel) {
            return new Levels(
                    kernel,
                    machine.kernel(),
                    machine.rootMemory(),
                    machine.pool(),
                    machine.bootInfo().untypeds().get(0).slot(),
                    machine.bootInfo().empty().start(),
                    FIRST_RADIX,
                    SECOND_RADIX);
        }
    }

    private static CSpace twoLevel(PlainMachine machine, Kernel kernel) {
        Levels l = Levels.of(machine, kernel);
        return new SmallTwoLevel(l.kernel, l.setUp, l.memory, l.state, l.untyped, l.slot, l.first, l.second);
    }

    private static Exhibit inTwoLevel(String id, String bug, String where, ContractCase.Slotting broken) {
        return inCSpace(id, bug, where, TWO_LEVEL_SLOTS, CSpaceExhibits::twoLevel, broken);
    }

    private static CSpace eager(PlainMachine machine, Kernel kernel, int fanOut) {
        Levels l = Levels.of(machine, kernel);
        long source = machine.bootInfo().untypeds().get(1).slot();
        return new EagerTwoLevel(
                l.kernel, l.setUp, l.memory, l.state, l.untyped, l.slot, 9, 1, machine.pool() + 0x4000, source) {
            @Override
            protected int fanOut() {
                return fanOut;
            }
        };
    }

    static void addTo(List<Exhibit> all) {
        all.add(inTwoLevel(
                "B7",
                "two-level CSpace gave back a second level with a depth for 32-bit words on a 64-bit kernel",
                "seL4_libs",
                (machine, kernel) -> {
                    Levels l = Levels.of(machine, kernel);
                    return new SmallTwoLevel(
                            l.kernel, l.setUp, l.memory, l.state, l.untyped, l.slot, l.first, l.second) {
                        @Override
                        protected boolean dropLevel(int level) {
                            this.kernel.delete(root, level, DEPTH_32 - radix);
                            return true;
                        }
                    };
                }));
        all.add(inTwoLevel(
                "B11",
                "one slot of each second-level CNode ignored",
                "a course's cspace library",
                (machine, kernel) -> {
                    Levels l = Levels.of(machine, kernel);
                    return new SmallTwoLevel(
                            l.kernel, l.setUp, l.memory, l.state, l.untyped, l.slot, l.first, l.second) {
                        @Override
                        protected long usable() {
                            return super.usable() >>> 1;
                        }
                    };
                }));
        all.add(inCSpace(
                "B14",
                "one retype asked for more objects than the kernel's fan-out limit (256)",
                "microkit",
                (1 << 10) - 1,
                (machine, kernel) -> eager(machine, kernel, Architecture.RETYPE_FAN_OUT_LIMIT),
                (machine, kernel) -> eager(machine, kernel, 512)));
        long slots = 239 - 19;
        all.add(inCSpace(
                "B19",
                "a bitmap's last, partial word was never used: slots lost",
                "seL4_libs",
                slots,
                (machine, kernel) -> oneLevel(machine, 239),
                (machine, kernel) -> oneLevel(machine, 239 & -64)));
        all.add(inTwoLevel(
                "B20",
                "two-level CSpace allocated a new second level but then took the slot from the old, full one",
                "seL4_libs",
                (machine, kernel) -> {
                    Levels l = Levels.of(machine, kernel);
                    return new SmallTwoLevel(
                            l.kernel, l.setUp, l.memory, l.state, l.untyped, l.slot, l.first, l.second) {
                        @Override
                        protected int levelAfterGrowth(int full, int made) {
                            return full;
                        }
                    };
                }));
    }

    private CSpaceExhibits() {}
}
