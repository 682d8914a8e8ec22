package org.allocman.cli.boot;

import static org.allocman.vka.PageSize.PAGE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.cli.frame.BoardNotes;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.frame.RecordCount;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.kernel.CountingKernel;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lab.workload.MixedWorkload;
import org.allocman.manager.Statistics;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.BoardReading;
import org.allocman.sim.board.Region;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedRoots;
import org.allocman.vka.BootInfo;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Untyped;
import org.allocman.vka.VkaError;

/** Puts the figures of a run together. */
final class BootFigures {
    private static final int SLOTS_IN_WORD = 64;
    private static final long KIB = 1024;

    private BootFigures() {}

    /** What is in use while the most objects are live. */
    record Peak(long objects, Statistics statistics) {}

    static BootReport report(
            BoardReading reading,
            int objects,
            long seed,
            NarratedGrowth growth,
            List<String> broken,
            int checks,
            ManagedMachine managed,
            MixedWorkload work,
            Statistics before,
            Peak peak,
            long pagingStructures,
            Map<String, Long> invocations,
            boolean whole,
            boolean same,
            boolean reserveFull) {
        Board board = reading.board();
        BootInfo info = managed.machine().bootInfo();
        CSpaceGeometry geometry = managed.plan().options().cspace();
        MixedWorkload.Summary summary = work.summary();
        long memory =
                info.untypeds().stream().filter(untyped -> !untyped.device()).count();
        int largest = info.untypeds().stream()
                .filter(untyped -> !untyped.device())
                .mapToInt(Untyped::sizeBits)
                .max()
                .orElse(0);
        List<Untyped> deviceRam = deviceRam(managed.plan().roots());
        Statistics at = peak.statistics;
        long usedBytes = PAGE * (usedPages(at) - usedPages(before));
        long usedSlots = usedSlots(at) - usedSlots(before);
        Map<String, Integer> made = new TreeMap<>();
        summary.made().forEach((type, count) -> made.put(type.text(), count));
        Map<String, Integer> refused = new TreeMap<>();
        summary.refused().forEach((reason, count) -> refused.put(text(reason), count));
        return new BootReport(
                board.name(),
                board.architecture().text(),
                managed.allocman().layout().untypeds().name(),
                managed.allocman().layout().untypeds().canFree(),
                managed.allocman().layout().slots().canGiveBack(),
                board.regions(Region.Kind.RAM).stream().mapToLong(Region::size).sum(),
                Figures.hex(seed),
                new BootReport.Untypeds(
                        (int) memory,
                        bytes(info),
                        info.untypeds().size() - (int) memory,
                        deviceRam.size(),
                        bytes(deviceRam),
                        largest),
                BoardNotes.Missing.of(
                        BoardNotes.leftOut(reading, managed.machine().leftOut())),
                new BootReport.Pools(
                        at.staticPoolBytes(),
                        managed.plan().bytes(),
                        at.staticPoolBytes() - PAGE * at.staticPagesReady(),
                        managed.plan().layout().windowPages() * PAGE,
                        growth.most() * PAGE,
                        pagingStructures),
                new BootReport.Slots(
                        1L << info.initThreadCNodeSizeBits(), info.empty().size(), at.freeSlots()),
                new BootReport.CSpace(
                        geometry.text(),
                        at.slotsThere(),
                        managed.allocman().slots().cspace().end(),
                        geometry.isNew() ? info.empty().start() : 0),
                new BootReport.Work(
                        objects,
                        made,
                        summary.madeInAll(),
                        summary.madeAtAddress(),
                        summary.freed(),
                        summary.peak(),
                        refused),
                invocations,
                new BootReport.Live(
                        peak.objects, perObject(usedBytes, peak.objects), perObject(usedSlots, peak.objects)),
                new BootReport.Reserve(
                        RecordCount.of(at.reserve(), managed.plan().options().manager()),
                        at.reserve().slots(),
                        reserveFull),
                new BootReport.Invariants(checks, List.copyOf(broken)),
                whole,
                same);
    }

    /** What is managed as device RAM. */
    static List<Untyped> deviceRam(List<UntypedRoots.Root> roots) {
        return roots.stream()
                .filter(root -> root.kind() == MemoryKind.DEVICE_RAM)
                .map(UntypedRoots.Root::untyped)
                .toList();
    }

    private static long usedSlots(Statistics statistics) {
        return statistics.slotsThere() - statistics.freeSlots();
    }

    private static long usedPages(Statistics statistics) {
        return statistics.staticPoolBytes() / PAGE
                - statistics.staticPagesReady()
                + statistics.virtualPagesMapped()
                - statistics.virtualPagesReady();
    }

    private static double perObject(long amount, long objects) {
        return objects == 0 ? 0 : Math.round(100.0 * amount / objects) / 100.0;
    }

    /** What to type if the pools were what was too small; the end of a message, empty if they were not. */
    static String largerPool(BootReport report) {
        Map<String, Integer> refused = report.work().refused();
        int forPools = refused.getOrDefault(text(VkaError.Reason.OUT_OF_BOOK_KEEPING), 0);
        return refused.values().stream().anyMatch(count -> count > forPools)
                ? ""
                : ": the pools have no room for more records; say --static-pool "
                        + (2 * report.pools().staticBytes() / KIB) + "K or more";
    }

    static String text(VkaError.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static long bytes(BootInfo info) {
        return bytes(
                info.untypeds().stream().filter(untyped -> !untyped.device()).toList());
    }

    static long bytes(List<Untyped> untypeds) {
        return untypeds.stream().mapToLong(untyped -> 1L << untyped.sizeBits()).sum();
    }

    static Map<String, Long> invocations(CountingKernel counting) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (InvocationKind invocation : InvocationKind.values()) {
            if (counting.count(invocation) > 0) {
                counts.put(invocation.text(), counting.count(invocation));
            }
        }
        counts.put("refused", counting.refused());
        return counts;
    }
}
