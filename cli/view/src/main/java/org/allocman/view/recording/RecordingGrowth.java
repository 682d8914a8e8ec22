package org.allocman.view.recording;

import org.allocman.manager.GrowthListener;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/** Records when the pool wants a page and when it has it. */
final class RecordingGrowth implements GrowthListener {
    private final GrowthListener next;
    private final RunRecorder recorder;

    RecordingGrowth(GrowthListener next, RunRecorder recorder) {
        this.next = next;
        this.recorder = recorder;
    }

    @Override
    public void wanted(long page) {
        recorder.endIf(Operation.Kind.GROW);
        recorder.begin(Operation.Kind.GROW, null, 0, Long.toHexString(page));
        next.wanted(page);
    }

    @Override
    public void tableMissing(long page, KernelError error, ObjectType table) {
        next.tableMissing(page, error, table);
    }

    @Override
    public void grown(long page) {
        recorder.endIf(Operation.Kind.GROW);
        next.grown(page);
    }

    @Override
    public void shrunk(long page) {
        next.shrunk(page);
    }
}
