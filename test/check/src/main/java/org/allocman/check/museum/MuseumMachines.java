package org.allocman.check.museum;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.allocman.check.action.Subject;
import org.allocman.cspace.CSpace;
import org.allocman.cspace.OneLevelCSpace;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Kernel;
import org.allocman.vka.Untyped;

/** What exhibits are put together from: machines, and managers on them. */
final class MuseumMachines {
    static final Architecture WIDE = Architecture.X86_64;

    static final Architecture NARROW = Architecture.RISCV32;

    static final long POOL = 1 << 19;

    static final Place NORMAL = new Place(0x100_0000, 13, MemoryKind.KERNEL, true);

    static final Place DEVICE = new Place(0x200_0000, 13, MemoryKind.DEVICE, true);

    static final Place DEVICE_RAM = new Place(0x300_0000, 12, MemoryKind.DEVICE_RAM, true);

    static final List<Place> USUAL = List.of(NORMAL, DEVICE, DEVICE_RAM);

    /** Makes a manager. */
    interface Managing extends Function<Home, UntypedManager> {}

    /** Makes a friendly face. */
    interface Facing {
        SmallVka over(Kernel kernel, UntypedManager manager, CSpace cspace);
    }

    static PlainMachine machine(Architecture architecture, List<Place> places) {
        PlainMachine.Builder builder =
                PlainMachine.of(architecture, 8, POOL).from(architecture == NARROW ? 0x10_0000 : 0x40_0000);
        places.forEach(place -> builder.untyped(place.paddr(), place.bits(), place.kind() != MemoryKind.KERNEL));
        return builder.build();
    }

    static List<Root> roots(PlainMachine machine, List<Place> places) {
        List<Root> roots = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Untyped untyped = machine.bootInfo().untypeds().get(i);
            roots.add(new Root(untyped, places.get(i).kind(), places.get(i).isPlaced()));
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

    static SmallUntypeds small(Home home) {
        return new SmallUntypeds(home);
    }

    static GapUntypeds gaps(Home home) {
        return new GapUntypeds(home);
    }

    private MuseumMachines() {}
}
