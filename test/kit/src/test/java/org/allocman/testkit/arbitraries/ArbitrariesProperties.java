package org.allocman.testkit.arbitraries;

import io.vavr.control.Either;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.allocman.bootstrap.Bootstrap;
import org.allocman.bootstrap.BootstrapFailure;
import org.allocman.bootstrap.BootstrapOptions;
import org.allocman.check.invariants.Invariant;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.check.invariants.KernelView;
import org.allocman.check.manager.AllocatorInvariants;
import org.allocman.check.uvisor.BoxWorkload;
import org.allocman.check.uvisor.UvisorInvariants;
import org.allocman.check.xous.XousInvariants;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.lab.machine.XousMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardFile;
import org.allocman.sim.board.BoardFormatException;
import org.allocman.sim.board.BoardYaml;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.SimKernel;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.uvisor.box.BoxPlacement;
import org.allocman.uvisor.box.BoxRegion;
import org.allocman.uvisor.rules.Halt;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelError;
import org.allocman.vka.VkaObject;
import org.allocman.xous.Pid;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.XousSystem;

/** What the domain makes is what it says, and what we have stands it. */
@AllocmanTypes
class ArbitrariesProperties {
    @Property(tries = 60)
    boolean bootKeepsTheLaws(@ForAll Machine machine) {
        return broken(machine).isEmpty();
    }

    private static List<String> broken(Machine machine) {
        return KernelInvariants.check(
                new KernelView(machine.memory(), machine.board().architecture(), machine.kernelState()));
    }

    @Property(tries = 20)
    boolean architecturesCanBeNarrowed(@ForAll @Only({"mpu", "riscv32"}) Machine machine) {
        Architecture architecture = machine.board().architecture();
        return architecture == Architecture.MPU || architecture == Architecture.RISCV32;
    }

    @Property(tries = 100)
    void boardsAreReadAsTheyAreWritten(@ForAll Board board) throws BoardFormatException {
        Board read = BoardFile.read("some.yaml", BoardYaml.write(board).getBytes(StandardCharsets.UTF_8), null);
        if (!read.equals(board)) {
            throw new AssertionError(read + " is not " + board);
        }
    }

    @Property(tries = 60)
    void invocationsKeepTheLawsAndRefusalsChangeNothing(
            @ForAll PlainMachine machine, @ForAll @Size(max = 60) List<Invocation> invocations) {
        machine.memory().startJournal();
        KnownSlots known = new KnownSlots(machine.kernel(), machine.bootInfo());
        for (Invocation invocation : invocations) {
            Fingerprint before = machine.memory().fingerprint();
            KernelError error = invocation.applyTo(machine.kernel(), known);
            Statistics.label("succeeded")
                    .collect(!error.failed())
                    .coverage(seen -> seen.check(true).percentage(percent -> percent > 40));
            if (error.failed() && !before.equals(machine.memory().fingerprint())) {
                throw new AssertionError(invocation + " was refused with " + error + " and changed something");
            }
        }
        List<String> broken = KernelInvariants.check(
                new KernelView(machine.memory(), machine.bootInfo().architecture(), machine.kernelState()));
        if (!broken.isEmpty()) {
            throw new AssertionError(String.join("\n", broken));
        }
    }

    @Property(tries = 100)
    void workIsDoneOnAnyMemoryMap(@ForAll MemoryMap map, @ForAll Requests workload) {
        PlainMachine machine = map.machine();
        Either<BootstrapFailure, Allocman> started = Bootstrap.inCurrentCSpace(
                machine.kernel(),
                machine.rootMemory(),
                machine.bootInfo(),
                BootstrapOptions.fixed(machine.pool(), machine.poolBytes()));
        Allocman allocman = started.getOrElseThrow(failure -> new AssertionError(failure.message()));
        AllocmanVka vka = new AllocmanVka(allocman);
        List<VkaObject> live = workload.run(vka);
        AllocatorInvariants.Managed managed = new AllocatorInvariants.Managed(
                allocman, new Slots(machine.memory().words(), map.architecture()), machine.cnode());
        List<String> broken = AllocatorInvariants.check(managed);
        if (!broken.isEmpty()) {
            throw new AssertionError(String.join("\n", broken));
        }
        live.forEach(object -> vka.free(object).peek(error -> {
            throw new AssertionError(error.toString());
        }));
        allocman.trim();
        for (int i = 0; i < allocman.untypeds().roots().count(); i++) {
            if (!allocman.untypeds().roots().isWhole(i)) {
                throw new AssertionError("untyped " + i + " is not whole again");
            }
        }
    }

    @Property(tries = 20)
    boolean kernelsAreThere(@ForAll @Only("aarch64") SimKernel kernel) {
        return kernel.architecture() == Architecture.AARCH64;
    }

    @Property(tries = 100)
    boolean geometriesAreReadAsTheyAreWritten(@ForAll CSpaceGeometry geometry) {
        return geometry.equals(CSpaceGeometry.parse(geometry.text()));
    }

    @Property(tries = 200)
    void boxesThatFitAreApart(@ForAll BoxLayout layout) {
        Either<Halt, BoxPlacement> placed = layout.place();
        Statistics.label("fits").collect(placed.isRight());
        if (placed.isLeft()) {
            return;
        }
        TreeMap<Long, Long> ends = new TreeMap<>();
        for (BoxRegion region : placed.get().regions()) {
            if (region.next() > layout.start() + layout.bytes()) {
                throw new AssertionError(region + " reaches too far");
            }
            Long before = ends.isEmpty() ? null : ends.lastEntry().getValue();
            if (before != null && region.base() < before) {
                throw new AssertionError(region + " overlaps the one before");
            }
            ends.put(region.base(), region.next());
        }
    }

    @Property(tries = 15)
    void lawsOfXousHoldWhateverIsMapped(
            @ForAll XousMachine machine, @ForAll @IntRange(min = 1, max = 4) int pages, @ForAll boolean device) {
        XousSystem xous = machine.system();
        for (int pid = Pid.FIRST; xous.isRunning(pid); pid++) {
            int flags = Flags.READ | Flags.WRITE | (device ? Flags.DEVICE : 0);
            long start = xous.mapMemory(pid, 0, 0, pages * 4096L, flags).get().start();
            xous.touch(pid, start);
        }
        assertNothing(XousInvariants.check(machine));
        xous.exit(Pid.FIRST);
        assertNothing(XousInvariants.check(machine));
    }

    @Property(tries = 40)
    void lawsOfUvisorHoldWhateverBoxesDo(@ForAll UvisorSystem system, @ForAll long seed) {
        assertNothing(Invariant.check(UvisorInvariants.all(), system.subject()));
        BoxWorkload work = new BoxWorkload(system.uvisor(), seed);
        for (int step = 0; step < 30; step++) {
            work.step();
        }
        assertNothing(work.wrong());
        assertNothing(Invariant.check(UvisorInvariants.all(), system.subject()));
    }

    private static void assertNothing(List<String> broken) {
        if (!broken.isEmpty()) {
            throw new AssertionError(String.join("\n", broken));
        }
    }

    /** A hostile file is a board all the same, or it is refused with a sentence. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.MIXIN)
    void hostileFilesAreRefusedWithASentence(@ForAll HostileFile file) {
        try {
            BoardFile.read(file.name(), file.content(), Architecture.AARCH64);
            Statistics.label("read").collect(true);
        } catch (BoardFormatException refused) {
            Statistics.label("read").collect(false);
            if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                throw new AssertionError("no sentence for " + Arrays.toString(file.content()));
            }
        }
    }
}
