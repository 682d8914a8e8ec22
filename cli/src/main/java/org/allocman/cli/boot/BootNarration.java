package org.allocman.cli.boot;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.allocman.bootstrap.BootstrapPlan;
import org.allocman.cli.frame.BoardNotes;
import org.allocman.cli.frame.Figures;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.workload.MixedWorkload;
import org.allocman.manager.Allocman;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.LeftOut;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.UntypedRoots;
import org.allocman.untyped.UntypedStatistics;
import org.allocman.vka.BootInfo;
import org.allocman.vka.Untyped;

/** The sentences of the story. */
final class BootNarration {
    private static final int BROKEN_TOLD = 10;

    private final Board board;
    private final ManagedMachine.Pools pools;
    private final Narration narration;

    BootNarration(Board board, ManagedMachine.Pools pools, Narration narration) {
        this.board = board;
        this.pools = pools;
        this.narration = narration;
    }

    void boot(Machine machine, BootstrapPlan plan, List<LeftOut> leftOut) {
        BootInfo info = machine.bootInfo();
        narration.chapter("The kernel boots on " + board.name() + " ("
                + board.architecture().text() + ").");
        for (Region ram : board.regions(Region.Kind.RAM)) {
            narration.say("RAM of " + Figures.size(ram.size()) + " at " + Figures.hex(ram.start()) + ".");
        }
        long memory =
                info.untypeds().stream().filter(untyped -> !untyped.device()).count();
        narration.say("It keeps its image, places the root task's objects, and cuts the rest into "
                + Figures.count(info.untypeds().size(), "untyped") + ":");
        narration.say(Figures.count(memory) + " of memory (" + Figures.size(BootFigures.bytes(info)) + " in all), "
                + Figures.count(info.untypeds().size() - memory) + " of device memory, in slots "
                + info.untyped().start() + " to " + (info.untyped().end() - 1) + ".");
        deviceRam(info, plan.roots());
        if (!leftOut.isEmpty()) {
            narration.say("Not to be had as memory:");
            BoardNotes.lines(leftOut).forEach(narration::say);
        }
        narration.say("The root CNode has " + Figures.count(1L << info.initThreadCNodeSizeBits()) + " slots; from slot "
                + info.empty().start() + " on, " + Figures.count(info.empty().size()) + " are empty.");
    }

    private void deviceRam(BootInfo info, List<UntypedRoots.Root> roots) {
        List<Untyped> ram = BootFigures.deviceRam(roots);
        if (ram.isEmpty()) {
            return;
        }
        narration.say(Figures.size(BootFigures.bytes(ram))
                + " of the device memory is RAM that the board keeps from the kernel;"
                + " it will do where memory need not be zero.");
        Set<Untyped> managed = roots.stream().map(UntypedRoots.Root::untyped).collect(Collectors.toSet());
        long parted = info.untypeds().stream()
                .filter(untyped -> untyped.device() && !managed.contains(untyped))
                .count();
        if (parted > 0) {
            narration.say(Figures.count(parted, "device untyped") + (parted == 1 ? " is" : " are")
                    + " only partly RAM, and will be parted where it begins or ends.");
        }
    }

    void circle(Machine machine) {
        narration.chapter("The circle.");
        narration.say(
                "An object is made from an untyped into a slot, and a record must say which untyped and which slot.");
        narration.say(
                "A record needs memory. Memory is a frame, and a frame is an object. So nothing can be allocated yet.");
        narration.chapter("What breaks it: a static pool.");
        narration.say("Part of the root task's own image was mapped before its first instruction: "
                + Figures.size(machine.staticPoolBytes()) + " at virtual " + Figures.hex(machine.staticPoolBase())
                + ".");
        if (!pools.manager().canFree()) {
            narration.say("It holds the allocator's state, the bitmaps of slots, and a record for each untyped.");
            narration.chapter("The circle stays open: this manager only allocates.");
            narration.say(
                    "All it keeps is how far each untyped is used. An object needs no record, so the pool never grows.");
            narration.say("The price: what is made cannot be given back.");
            return;
        }
        narration.say(
                "It holds the allocator's state, the bitmaps of slots, a record for each untyped, and the reserve:");
        narration.say("what one growth of the pool can need at worst, which no user can take.");
        if (pools.cspace().isNew()) {
            narration.chapter("A new CSpace: " + pools.cspace() + ".");
            narration.say("Its CNodes are made of boot untypeds; what they leave of one becomes smaller untypeds.");
            narration.say(
                    "Every capability moves into the slot of the same number, then the thread gets the new root.");
            narration.say("Slot " + machine.bootInfo().empty().start() + " will lead to the old root CNode.");
        }
    }

    void work(MixedWorkload.Summary summary) {
        StringBuilder made = new StringBuilder();
        new TreeMap<>(summary.made())
                .forEach((type, count) -> made.append(made.isEmpty() ? "" : ", ")
                        .append(Figures.count(count))
                        .append(' ')
                        .append(type.text()));
        narration.say("Made: " + made + ".");
        narration.say(
                Figures.count(summary.madeAtAddress()) + " of them at a physical address that was asked for; at most "
                        + Figures.count(summary.peak()) + " were live at one time.");
        if (!summary.refused().isEmpty()) {
            StringBuilder refused = new StringBuilder();
            new TreeMap<>(summary.refused())
                    .forEach((reason, count) -> refused.append(refused.isEmpty() ? "" : ", ")
                            .append(Figures.count(count))
                            .append(' ')
                            .append(BootFigures.text(reason)));
            narration.say("Refused, with nothing changed: " + refused + ".");
        }
    }

    /** How much memory is gone for good, and how much of it for nothing. */
    void nothingBack(Allocman allocman, MixedWorkload work) {
        long given = 0;
        for (UntypedStatistics.OfKind kind : allocman.untypeds().statistics().kinds()) {
            given += kind.bytes() - kind.freeBytes();
        }
        long used = work.live().stream()
                .mapToLong(object -> 1L << object.sizeBits())
                .sum();
        narration.say(Figures.count(work.liveCount(), "object") + " of " + Figures.size(used)
                + " in all stay; with the gaps" + " that alignment left, " + Figures.size(given) + " are given away.");
    }

    void end(Allocman allocman, int freed, boolean whole, List<String> broken, int checks) {
        long untypeds = allocman.untypeds().roots().count();
        if (whole) {
            narration.good(
                    "All " + Figures.count(untypeds, "untyped") + " are whole: the largest block of each is back, "
                            + Figures.count(freed, "object") + " were freed.");
        } else if (pools.manager().canFree()) {
            narration.wrong(
                    "Not every untyped is whole again; " + allocman.statistics().liveObjects() + " objects are live.");
        }
        if (broken.isEmpty()) {
            narration.good(
                    "Every invariant of kernel and manager held, each of the " + checks + " times it was checked.");
        }
        for (String sentence : broken.subList(0, Math.min(BROKEN_TOLD, broken.size()))) {
            narration.wrong("Broken: " + sentence);
        }
    }
}
