package org.allocman.check.museum;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.cspace.OneLevelCSpace;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.testkit.contract.CSpaceContract;
import org.allocman.testkit.contract.KernelContract;
import org.allocman.testkit.contract.UntypedManagerContract;
import org.allocman.testkit.contract.VkaContract;
import org.allocman.untyped.MemoryKind;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;

/** The contracts of the exhibits' ports, put on them. */
final class ExhibitContracts {
    static Object of(ContractCase made) {
        if (made instanceof ContractCase.OfManager manager) {
            return manager(manager);
        }
        if (made instanceof ContractCase.OfVka vka) {
            return vka(vka);
        }
        return made instanceof ContractCase.OfCSpace cspace ? cspace(cspace) : kernel((ContractCase.OfKernel) made);
    }

    private static UntypedManagerContract manager(ContractCase.OfManager made) {
        return new UntypedManagerContract() {
            @Override
            protected Subject subject(UnaryOperator<Kernel> wrapper) {
                PlainMachine machine = MuseumMachines.machine(MuseumMachines.WIDE, made.memory());
                OneLevelCSpace cspace = MuseumMachines.cspace(machine);
                Kernel kernel = wrapper.apply(machine.kernel());
                Home home = new Home(
                        kernel,
                        machine.rootMemory(),
                        machine.pool(),
                        cspace,
                        MuseumMachines.roots(machine, made.memory()));
                return new Subject(
                        made.managing().apply(home),
                        kernel,
                        cspace,
                        made.memory().stream()
                                .map(place -> new Block(place.paddr(), place.bits(), place.kind()))
                                .toList(),
                        made.givesBack(),
                        List::of,
                        () -> words(machine));
            }
        };
    }

    static List<Long> words(PlainMachine machine) {
        List<Long> words = new ArrayList<>();
        for (long at = machine.pool(); at < machine.pool() + MuseumMachines.POOL; at += Long.BYTES) {
            words.add(machine.rootMemory().load64(at, 0));
        }
        return words;
    }

    private static VkaContract vka(ContractCase.OfVka made) {
        List<Place> places = List.of(
                new Place(0x100_0000, 16, MemoryKind.KERNEL, true), MuseumMachines.DEVICE, MuseumMachines.DEVICE_RAM);
        return new VkaContract() {
            @Override
            protected Subject subject(UnaryOperator<Kernel> wrapper) {
                PlainMachine machine = MuseumMachines.machine(MuseumMachines.WIDE, places);
                OneLevelCSpace cspace = MuseumMachines.cspace(machine);
                Kernel kernel = wrapper.apply(machine.kernel());
                Home home = new Home(
                        kernel, machine.rootMemory(), machine.pool(), cspace, MuseumMachines.roots(machine, places));
                return Subject.of(
                        made.facing().over(kernel, MuseumMachines.small(home), cspace),
                        machine.bootInfo().untypeds());
            }
        };
    }

    private static CSpaceContract cspace(ContractCase.OfCSpace made) {
        return new CSpaceContract() {
            @Override
            protected Subject subject() {
                PlainMachine machine = CSpaceExhibits.cspaceMachine();
                Kernel kernel = machine.kernel();
                return new Subject(
                        made.slotting().on(machine, kernel),
                        kernel,
                        machine.bootInfo().untypeds().get(2).slot(),
                        made.slots(),
                        false,
                        List::of);
            }
        };
    }

    private static KernelContract kernel(ContractCase.OfKernel made) {
        return new KernelContract() {
            @Override
            protected Subject subject() {
                Region ram = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 1 << 20);
                Board board = new Board("small", Architecture.AARCH64, List.of(ram), List.of());
                try {
                    Machine machine =
                            Machine.boot(board, BootConfig.defaults(board).withRootCNodeBits(8));
                    return new Subject(made.wrapper().apply(machine).apply(machine.kernel()), machine.bootInfo());
                } catch (BootFailure failure) {
                    throw new AssertionError(failure);
                }
            }
        };
    }

    private ExhibitContracts() {}
}
