package org.allocman.check.museum;

import static org.allocman.check.museum.MuseumMachines.WIDE;
import static org.allocman.check.museum.MuseumMachines.cspace;
import static org.allocman.check.museum.MuseumMachines.gaps;
import static org.allocman.check.museum.MuseumMachines.machine;
import static org.allocman.check.museum.MuseumMachines.roots;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.allocman.check.action.Subject;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.MemoryKind;
import org.allocman.vka.Architecture;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.wrap.ForwardingKernel;

/** Bugs in a kernel, a bootstrap, a reserve, a build, and in pages. */
final class OtherExhibits {
    /** Believes that mapping a page always succeeds when nothing is missing. */
    private static final class Trusting extends ForwardingKernel {
        Trusting(Kernel kernel) {
            super(kernel);
        }

        @Override
        protected KernelError answered(InvocationKind invocation, KernelError error) {
            return invocation == InvocationKind.PAGE_MAP && error.lookupFault() == null ? KernelError.NO_ERROR : error;
        }
    }

    private static Exhibit simple(
            String id,
            String bug,
            String where,
            String port,
            int faults,
            Supplier<Subject> original,
            Supplier<Subject> broken) {
        return new Exhibit(id, bug, where, port, faults, 1, original, broken, null, null);
    }

    private static Supplier<Subject> reserve(Function<Home, ReservingUntypeds> managing) {
        List<Place> places = List.of(new Place(0x100_0000, 14, MemoryKind.KERNEL, true));
        return () -> {
            PlainMachine machine = machine(WIDE, places);
            return new ReserveRig(
                    machine,
                    rig -> managing.apply(new Home(
                            rig.kernel(),
                            machine.rootMemory(),
                            machine.pool(),
                            cspace(machine),
                            roots(machine, places))));
        };
    }

    private static Supplier<Subject> pages(long bytes, Function<PagesRig, SmallPages> factory) {
        return () -> new PagesRig(machine(WIDE, List.of()), 0x4000_0000, bytes, factory);
    }

    private static SmallPages pages(PagesRig rig, long bytes) {
        return new SmallPages(rig.memory, rig.machine.pool(), 0x4000_0000, bytes);
    }

    private static Supplier<Subject> build(Architecture order) {
        List<Place> places = List.of(new Place(0x100_0000, 6, MemoryKind.KERNEL, true));
        return () -> {
            PlainMachine machine = machine(WIDE, places);
            return new BuildRig(
                    machine,
                    rig -> gaps(new Home(
                            rig.kernel(),
                            machine.rootMemory(),
                            machine.pool(),
                            cspace(machine),
                            roots(machine, places))),
                    type -> order.sizeBits(type, 0));
        };
    }

    static void addTo(List<Exhibit> all) {
        all.add(simple(
                "B1",
                "setting a reserve returned early, so the operation never ended and reserves were never refilled again",
                "seL4_libs",
                "UntypedManager",
                0,
                reserve(h -> new ReservingUntypeds(h)),
                reserve(h -> new ReservingUntypeds(h) {
                    @Override
                    void setReserve(int pages) {
                        begin();
                        if (pages == target()) {
                            return;
                        }
                        setTarget(pages);
                        end();
                    }
                })));
        all.add(simple(
                "B8",
                "bootstrap did not check one allocation's result; a thread faulted much later",
                "seL4_libs, 2026",
                "Kernel, before the bootstrap",
                1,
                () -> new BootRig(kernel -> kernel),
                () -> new BootRig(Trusting::new)));
        all.add(simple(
                "B15",
                "order of objects sorted by one configuration's sizes, used with another's",
                "rust-sel4",
                "UntypedManager",
                0,
                () -> build(WIDE).get(),
                () -> build(Architecture.AARCH32).get()));
        Function<Machine, UnaryOperator<Kernel>> good = machine -> kernel -> kernel;
        Function<Machine, UnaryOperator<Kernel>> hasty = machine -> kernel -> new HastyPools(machine, kernel);
        all.add(new Exhibit(
                "B17",
                "a kernel operation that consumes a whole untyped ignored that part of it was in use",
                "seL4",
                "Kernel",
                0,
                1,
                () -> new AsidPoolRig(good),
                () -> new AsidPoolRig(hasty),
                new ContractCase.OfKernel(good),
                new ContractCase.OfKernel(hasty)));
        all.add(simple(
                "B22",
                "reservations of pages already taken are not undone when a later page of the same request fails",
                "Xous",
                "ResourceType",
                0,
                pages(4 << 12, rig -> pages(rig, 4 << 12)),
                pages(4 << 12, rig -> new SmallPages(rig.memory, rig.machine.pool(), 0x4000_0000, 4 << 12) {
                    @Override
                    protected void giveBack(long address, long taken) {}
                })));
        all.add(simple(
                "B23",
                "a count of 256 pages stored in 8 bits became 0",
                "uVisor",
                "ResourceType",
                0,
                pages(256 << 12, rig -> pages(rig, 256 << 12)),
                pages(256 << 12, rig -> new SmallPages(rig.memory, rig.machine.pool(), 0x4000_0000, 256 << 12) {
                    @Override
                    public long units() {
                        return super.units() & 0xff;
                    }
                })));
    }

    private OtherExhibits() {}
}
