package org.allocman.museum;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.allocman.check.action.Subject;
import org.allocman.cspace.CSpace;
import org.allocman.cspace.OneLevelCSpace;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.museum.SmallUntypeds.Root;
import org.allocman.testkit.contract.UntypedManagerContract;
import org.allocman.testkit.contract.VkaContract;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.SlotRuns;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;

/** What exhibits are put together from: machines, and managers on them. */
final class Parts {
    static final Architecture WIDE = Architecture.X86_64;

    static final Architecture NARROW = Architecture.RISCV32;

    static final long POOL = 1 << 19;

    static final long SMALL_STATE = 0x2000;

    static final long TREES = 0x4000;

    static final Place NORMAL = new Place(0x100_0000, 13, MemoryKind.KERNEL, true);

    static final Place DEVICE = new Place(0x200_0000, 13, MemoryKind.DEVICE, true);

    static final Place DEVICE_RAM = new Place(0x300_0000, 12, MemoryKind.DEVICE_RAM, true);

    static final List<Place> USUAL = List.of(NORMAL, DEVICE, DEVICE_RAM);

    /** Memory of a machine. */
    record Place(long paddr, int bits, MemoryKind kind, boolean isPlaced) {}

    /** Where a manager is to live. */
    record Home(Kernel kernel, Memory memory, long pool, SlotRuns slots, List<Root> roots) {
        long trees() {
            return pool + TREES;
        }

        long small() {
            return pool + SMALL_STATE;
        }
    }

    /** Makes a manager. */
    interface Managing extends Function<Home, UntypedManager> {}

    /** Makes a friendly face. */
    interface Facing {
        SmallVka over(Kernel kernel, UntypedManager manager, CSpace cspace);
    }

    static PlainMachine machine(Architecture architecture, List<Place> places) {
        PlainMachine.Builder builder =
                PlainMachine.of(architecture, 8, POOL).from(architecture == NARROW ? 0x10_0000 : 0x40_0000);
        places.forEach(place -> builder.untyped(place.paddr, place.bits, place.kind != MemoryKind.KERNEL));
        return builder.build();
    }

    static List<Root> roots(PlainMachine machine, List<Place> places) {
        List<Root> roots = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Untyped untyped = machine.bootInfo().untypeds().get(i);
            roots.add(new Root(untyped, places.get(i).kind, places.get(i).isPlaced));
        }
        return roots;
    }

    static OneLevelCSpace cspace(PlainMachine machine) {
        BootInfo.SlotRegion empty = machine.bootInfo().empty();
        OneLevelCSpace cspace = new OneLevelCSpace(
                machine.rootMemory(),
                machine.pool(),
                machine.pool() + 4096,
                BootSlots.CNODE,
                machine.bootInfo().architecture().wordBits(),
                empty.end());
        // the last slot is for users' copies
        cspace.addFree(empty.start(), empty.end() - 1);
        return cspace;
    }

    static Supplier<Subject> manager(
            Architecture architecture, List<Place> places, boolean givesBack, Managing managing, Facing facing) {
        return () -> {
            PlainMachine machine = machine(architecture, places);
            List<Root> roots = roots(machine, places);
            return new VkaRig(machine, roots, givesBack, rig -> {
                OneLevelCSpace cspace = cspace(machine);
                Home home = new Home(rig.kernel(), machine.rootMemory(), machine.pool(), cspace, roots);
                return facing.over(rig.kernel(), managing.apply(home), cspace);
            });
        };
    }

    static Supplier<Object> managerContract(boolean givesBack, List<Place> places, Managing managing) {
        return () -> new UntypedManagerContract() {
            @Override
            protected Subject subject(UnaryOperator<Kernel> wrapper) {
                PlainMachine machine = machine(WIDE, places);
                OneLevelCSpace cspace = cspace(machine);
                Kernel kernel = wrapper.apply(machine.kernel());
                Home home = new Home(kernel, machine.rootMemory(), machine.pool(), cspace, roots(machine, places));
                return new Subject(
                        managing.apply(home),
                        kernel,
                        cspace,
                        places.stream()
                                .map(place -> new Block(place.paddr, place.bits, place.kind))
                                .toList(),
                        givesBack,
                        List::of,
                        () -> words(machine));
            }
        };
    }

    static List<Long> words(PlainMachine machine) {
        List<Long> words = new ArrayList<>();
        for (long at = machine.pool(); at < machine.pool() + POOL; at += Long.BYTES) {
            words.add(machine.rootMemory().load64(at, 0));
        }
        return words;
    }

    static Supplier<Object> vkaContract(Facing facing) {
        List<Place> places = List.of(new Place(0x100_0000, 16, MemoryKind.KERNEL, true), DEVICE, DEVICE_RAM);
        return () -> new VkaContract() {
            @Override
            protected Subject subject(UnaryOperator<Kernel> wrapper) {
                PlainMachine machine = machine(WIDE, places);
                OneLevelCSpace cspace = cspace(machine);
                Kernel kernel = wrapper.apply(machine.kernel());
                Home home = new Home(kernel, machine.rootMemory(), machine.pool(), cspace, roots(machine, places));
                return Subject.of(
                        facing.over(kernel, small(home), cspace),
                        machine.bootInfo().untypeds());
            }
        };
    }

    static SmallUntypeds small(Home home) {
        return new SmallUntypeds(home);
    }

    static GapUntypeds gaps(Home home) {
        return new GapUntypeds(home);
    }

    private Parts() {}
}
