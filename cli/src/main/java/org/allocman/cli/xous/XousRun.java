package org.allocman.cli.xous;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.page.Recording;
import org.allocman.lab.machine.XousMachine;
import org.allocman.lab.workload.XousWorkload;
import org.allocman.sim.board.Board;
import org.allocman.view.recording.Cells;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.Pid;
import org.allocman.xous.TableForm;
import org.allocman.xous.XousRules;
import org.allocman.xous.process.MemoryFootprint;
import org.allocman.xous.process.XousSystem;

/**
 * A run: boot, start processes, work, look, end, and look whether anything is left.
 *
 * @param board the board
 * @param form which owners' table
 * @param rules which kernel's rules hold
 * @param processes how many processes
 * @param steps how many steps of work
 * @param seed which work
 * @param recording what is recorded, and which invocation fails
 * @param notes is told, in a sentence, what came of the invocation that fails
 */
record XousRun(
        Board board,
        TableForm form,
        XousRules rules,
        int processes,
        int steps,
        long seed,
        Recording recording,
        Consumer<String> notes) {
    private static final int PAGES_OF_PROCESS = 4;

    /** Does it; the listener sees the book while everything is alive. */
    XousReport run(Consumer<PageAllocations> listener) throws BadInputException {
        return run(new XousStart(board, form, rules, recording, notes).start(), listener);
    }

    /** Tells what came of the invocation that was made to fail, once. */
    private void tell(boolean isKnown, String during, XousWorkload work) {
        String refused = isKnown ? null : recording.refused();
        if (refused != null) {
            notes.accept(refused + " was refused " + during + ": " + work.last());
        }
    }

    private XousReport run(XousMachine machine, Consumer<PageAllocations> listener) throws BadInputException {
        XousSystem xous = machine.system();
        XousWorkload work = new XousWorkload(xous, seed);
        recording.owners(Cells.pages(xous.allocations()));
        recording.ready();
        recording.chapter("Processes start.");
        int started = 0;
        boolean isKnown = recording.refused() != null;
        for (int i = 0; i < processes; i++) {
            started = start(work);
            tell(isKnown, "when a process started", work);
            if (started == i && !isKnown && recording.refused() != null) {
                started = start(work);
            }
            isKnown = recording.refused() != null;
        }
        if (started < processes) {
            throw new BadInputException(tooMany(started, xous.allocations()));
        }
        recording.chapter("The processes work.");
        for (int i = 1; i <= steps; i++) {
            recording.call("Step " + i, () -> {
                work.step();
                return work.last();
            });
            tell(isKnown, "in step " + i, work);
            isKnown = recording.refused() != null;
        }
        listener.accept(xous.allocations());
        List<XousReport.Owner> owners = owners(xous, work.processes());
        List<XousReport.Range> ranges = ranges(xous.allocations());
        List<XousReport.Run> runs = runs(xous.allocations());
        MemoryFootprint cost = xous.cost();
        XousReport.Tables tables = new XousReport.Tables(
                cost.ownerTable(), cost.freePages(), cost.objects(), cost.processes(), cost.mappings());
        recording.chapter("All processes end.");
        recording.call("The end", () -> {
            work.end();
            return work.last();
        });
        tell(isKnown, "when all processes ended", work);
        isKnown = recording.refused() != null;
        long pagesLeft = 0;
        for (int pid = Pid.FIRST; pid <= Pid.LAST; pid++) {
            pagesLeft += count(xous.allocations(), pid, true) + count(xous.allocations(), pid, false);
        }
        recording.endOwners();
        recording.call("Xous gives its tables back", () -> {
            xous.close();
            return "done";
        });
        String refused = isKnown ? null : recording.refused();
        if (refused != null) {
            notes.accept(refused + " was refused when Xous gave its tables back");
        } else if (recording.hasFault() && recording.refused() == null) {
            notes.accept("the run has fewer invocations than --fail says, so none was refused");
        }
        recording.end();
        return new XousReport(
                board.name(),
                board.architecture().text(),
                form == TableForm.ARRAY ? "array" : "programmatic",
                rules.text(),
                ranges,
                owners,
                work.calls(),
                work.refusals(),
                tables,
                runs,
                pagesLeft,
                machine.managed().allocman().statistics().liveObjects());
    }

    /** What would do instead. */
    private String tooMany(int started, PageAllocations allocations) {
        long free = allocations.freeRamPages();
        String made = "only " + started + " of " + processes + " processes could be made: of the "
                + allocations.whitelist().ramPages() + " pages of RAM of " + board.name() + ", " + free
                + " are nobody's, and a process takes " + PAGES_OF_PROCESS + " and memory for its tables. ";
        return made
                + (started > 0
                        ? "--processes " + started + " can be had"
                        : "It takes a board with more RAM; --ram says RAM that a description does not have");
    }

    private int start(XousWorkload work) {
        int[] started = {0};
        recording.call("A process starts", () -> {
            started[0] = work.start(1);
            return work.last();
        });
        return started[0];
    }

    private static List<XousReport.Owner> owners(XousSystem xous, List<Integer> processes) {
        List<XousReport.Owner> owners = new ArrayList<>();
        PageAllocations allocations = xous.allocations();
        owners.add(new XousReport.Owner(
                Pid.KERNEL, count(allocations, Pid.KERNEL, true), count(allocations, Pid.KERNEL, false), 0, 0));
        for (int pid : processes) {
            owners.add(new XousReport.Owner(
                    pid,
                    count(allocations, pid, true),
                    count(allocations, pid, false),
                    xous.heapSize(pid).get(),
                    xous.threads(pid).get()));
        }
        return owners;
    }

    private static long count(PageAllocations allocations, int pid, boolean ram) {
        long limit = allocations.whitelist().ramPages();
        long count = 0;
        for (long page = allocations.next(ram ? 0 : limit, pid);
                page >= 0 && (!ram || page < limit);
                page = allocations.next(page + 1, pid)) {
            count++;
        }
        return count;
    }

    private static List<XousReport.Range> ranges(PageAllocations allocations) {
        List<XousReport.Range> all = new ArrayList<>();
        for (int i = 0; i < allocations.whitelist().rangeCount(); i++) {
            NamedRange range = allocations.whitelist().range(i);
            long first = allocations.whitelist().firstPage(i);
            long owned = 0;
            for (long page = first; page < first + range.pages(); page++) {
                owned += allocations.owner(page) == Pid.FREE ? 0 : 1;
            }
            all.add(new XousReport.Range(range.name(), range.start(), range.bytes(), range.pages(), owned));
        }
        return all;
    }

    private static List<XousReport.Run> runs(PageAllocations allocations) {
        List<XousReport.Run> runs = new ArrayList<>();
        long first = 0;
        for (long page = 1; page <= allocations.whitelist().ramPages(); page++) {
            if (page == allocations.whitelist().ramPages() || allocations.owner(page) != allocations.owner(first)) {
                runs.add(new XousReport.Run(
                        allocations.whitelist().address(first), page - first, allocations.owner(first)));
                first = page;
            }
        }
        return runs;
    }
}
