package org.allocman.cli.resource;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.allocman.check.action.Outcome;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.check.manager.SlotWords;
import org.allocman.check.resource.ResourceWorkload;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.page.Recording;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.GrowthListener;
import org.allocman.manager.ResourceDesign;
import org.allocman.resource.ResourceType;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.Slots;
import org.allocman.view.recording.Cells;

/**
 * A run: boot, put the type on the manager, claim and release at random beside a model, look, release everything, and look whether
 * anything is left.
 *
 * @param board the board
 * @param pools pools, manager and CSpace
 * @param design the type
 * @param units how many units
 * @param steps how many calls
 * @param seed which calls, not 0
 * @param recording what is recorded, and which invocation fails
 */
record ResourceRun(
        Board board,
        ManagedMachine.Pools pools,
        ResourceDesign design,
        int units,
        int steps,
        long seed,
        Recording recording) {
    private static final int MOST_BROKEN = 10;
    private static final int MOST_UNITS = 1 << 24;

    /** Does it; the listener sees the type while units are owned. */
    ResourceReport run(Consumer<ResourceType> listener) throws BadInputException {
        Machine machine;
        try {
            machine = ManagedMachine.boot(board, pools);
        } catch (BootFailure tooSmall) {
            throw new BadInputException(String.valueOf(tooSmall.getMessage()));
        }
        CountingKernel counting = new CountingKernel(recording.start(machine, ManagedMachine.options(machine, pools)));
        Allocman allocman = ManagedMachine.manage(
                        machine, pools, any -> counting, recording.growth(GrowthListener.NONE))
                .getOrElseThrow(failure -> new BadInputException(board.name() + ": " + failure.message()))
                .allocman();
        Either<String, ResourceType> opened = design.open(allocman, machine.rootMemory(), units);
        if (opened.isLeft()) {
            throw new BadInputException(design.name() + " on " + board.name() + ": " + opened.getLeft());
        }
        ResourceType type = opened.get();
        if (type.units() < 1 || type.units() > MOST_UNITS || type.unitBytes() < 1) {
            throw new BadInputException(design.name() + " has " + type.units() + " units of " + type.unitBytes()
                    + " bytes; 1 to " + MOST_UNITS + " of 1 byte or more are wanted");
        }
        return run(machine, counting, allocman, type, listener);
    }

    private ResourceReport run(
            Machine machine,
            CountingKernel kernel,
            Allocman allocman,
            ResourceType type,
            Consumer<ResourceType> listener) {
        long objects = allocman.statistics().liveObjects();
        long invocations = kernel.total();
        long tableBytes = type.tableBytes();
        ResourceWorkload work = new ResourceWorkload(type, design.owners(), seed, recording::hasFault);
        recording.owners(Cells.of("Units by owner", type));
        recording.ready();
        recording.chapter("Units are claimed and released.");
        List<String> broken = new ArrayList<>();
        for (int i = 1; i <= steps && broken.isEmpty(); i++) {
            recording.call("Step " + i, () -> {
                Outcome outcome = work.step();
                String wrong = outcome.wrong();
                if (wrong != null) {
                    broken.add(wrong);
                }
                return work.last();
            });
            int step = i;
            work.model().differences().forEach(difference -> broken.add("step " + step + ": " + difference));
        }
        if (type.tableBytes() != tableBytes) {
            broken.add("table size is fixed: it has " + type.tableBytes() + " bytes, and had " + tableBytes);
        }
        broken.addAll(laws(machine, allocman));
        listener.accept(type);
        List<ResourceReport.Owner> owners = design.owners().stream()
                .map(owner -> new ResourceReport.Owner(owner, type.ownerName(owner), count(type, owner)))
                .toList();
        List<ResourceReport.Run> runs = runs(type);
        long made = kernel.total() - invocations;
        recording.chapter("Everything is released.");
        recording.call("The end", () -> {
            broken.addAll(work.end());
            return "done";
        });
        recording.end();
        broken.addAll(laws(machine, allocman));
        long left = type.units() - count(type, ResourceType.NOBODY);
        return new ResourceReport(
                board.name(),
                board.architecture().text(),
                pools.manager().name(),
                design.name(),
                type.unitName(),
                type.unitBytes(),
                type.units(),
                type.stretches().stream()
                        .map(stretch -> new ResourceReport.Place(stretch.name(), stretch.start(), stretch.count()))
                        .toList(),
                owners,
                tableBytes,
                work.calls(),
                work.refusals(),
                made,
                runs,
                broken.stream().distinct().limit(MOST_BROKEN).toList(),
                left,
                allocman.statistics().liveObjects() - objects);
    }

    private static List<String> laws(Machine machine, Allocman allocman) {
        Slots slots = new Slots(machine.memory().words(), machine.board().architecture());
        long root = SlotWords.rootOf(machine.memory(), machine.kernelState(), slots);
        return new ManagerInvariants(allocman, slots, root).check();
    }

    private static long count(ResourceType type, int owner) {
        long count = 0;
        for (long unit = 0; unit < type.units(); unit++) {
            count += type.owner(unit) == owner ? 1 : 0;
        }
        return count;
    }

    private static List<ResourceReport.Run> runs(ResourceType type) {
        List<ResourceReport.Run> runs = new ArrayList<>();
        long first = 0;
        for (long unit = 1; unit <= type.units(); unit++) {
            if (unit == type.units()
                    || type.owner(unit) != type.owner(first)
                    || type.address(unit) != type.address(unit - 1) + type.unitBytes()) {
                int owner = type.owner(first);
                runs.add(new ResourceReport.Run(
                        type.address(first), unit - first, owner == ResourceType.NOBODY ? null : owner));
                first = unit;
            }
        }
        return runs;
    }
}
