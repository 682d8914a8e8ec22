package org.allocman.cli.replay;

import java.util.List;
import java.util.regex.Pattern;
import org.allocman.conformance.OwnersObserver;
import org.allocman.conformance.kernel.Difference;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.view.recording.Cells;
import org.allocman.view.recording.RunRecorder;
import org.allocman.view.recording.Watched;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.xous.PageAllocations;

/** Records what is replayed. */
final class RecordingObserver implements OwnersObserver {
    private static final int MOST_STEPS = 10_000;
    private static final String NAME = "a recorded machine";

    // the step's number, which the page has, and what says how a message was laid out
    private static final Pattern NOISE = Pattern.compile("^\\d+ | (?:label|len|ncaps)=\\S+");

    private final RunRecorder recorder = new RunRecorder(MOST_STEPS);
    private boolean isInCall;
    private int call;

    RunRecorder recorder() {
        return recorder;
    }

    @Override
    public Kernel before(Kernel kernel) {
        return recorder.kernel(kernel);
    }

    @Override
    public void rebuilt(PhysicalMemory memory, Architecture architecture, @PhysAddr long state) {
        start(Watched.kernel(NAME, memory, architecture, state));
    }

    @Override
    public void pages(PhysicalMemory memory, PageAllocations allocations) {
        start(Watched.memory("the pages of Xous", memory));
        recorder.owners(Cells.pages(allocations));
        recorder.ready();
    }

    @Override
    public void blocks(PhysicalMemory memory, BlockPool pool) {
        if (recorder.hasStarted()) {
            // a pool of another shape; one page shows one pool
            recorder.pause();
            return;
        }
        start(Watched.memory("the blocks of uVisor", memory));
        recorder.owners(Cells.blocks(pool, null, box -> "box " + box));
        recorder.ready();
    }

    private void start(Watched watched) {
        recorder.start(watched);
        recorder.chapter("What was recorded is done again.");
    }

    @Override
    public void begins(String operation) {
        call = recorder.beginCall(NOISE.matcher(operation).replaceAll(""));
        isInCall = true;
    }

    @Override
    public void ends(String answer, List<Difference.Row> differences) {
        // the start of a recording is compared, too, and is no step
        if (!isInCall) {
            return;
        }
        isInCall = false;
        recorder.endCall(call, answer);
        recorder.wrong(differences.stream()
                .map(row -> row.what() + ": recorded " + row.expected() + ", here " + row.ours())
                .toList());
    }
}
