package org.allocman.conformance.uvisor;

import static org.allocman.vka.PageSize.PAGE;

import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.heap.PoolQueue;
import org.allocman.vka.Memory;

/** Calls on the queue of slots. */
final class QueueReplay implements RecordedPart {
    private static final int SEVEN = 7;

    private final Comparison comparison;
    private final Memory memory =
            new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, (@PhysAddr long) PAGE - 1))).words();
    private final PoolQueue queue = new PoolQueue(memory, 0);
    private boolean isReady;
    private long step;

    QueueReplay(Comparison comparison) {
        this.comparison = comparison;
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public String missing() {
        return "";
    }

    @Override
    public void line(RecordedLine line) throws RecordingException {
        switch (line.word(0)) {
            case "INITTEST" -> initialise(line, false);
            case "POOL" -> initialise(line, true);
            default -> call(line);
        }
    }

    private void initialise(RecordedLine line, boolean forUse) throws RecordingException {
        boolean done = queue.initialise(line.decimal("num"));
        comparison.compare("answer", line.answer(), done ? "0" : "-1");
        isReady = forUse && done;
        step = 0;
        comparison.step(step, line.text());
    }

    private void call(RecordedLine line) throws RecordingException {
        if (!isReady) {
            throw line.wrong("there is no pool");
        }
        long number = line.decimalWord(0);
        if (number != step + 1) {
            throw line.wrong("step " + number + " comes after step " + step);
        }
        line.requireResults("alloc", "head", "tail", "free");
        step = number;
        int answer = answer(line);
        comparison.compare(
                "answer",
                line.answer(),
                answer + " alloc=" + queue.allocated() + " head=" + queue.head() + " tail=" + queue.tail() + " free="
                        + queue.firstFree());
        comparison.step(step, line.text());
    }

    private int answer(RecordedLine line) throws RecordingException {
        switch (line.word(1)) {
            case "ALLOC":
                return queue.allocate();
            case "FREE":
                return queue.free(slot(line));
            case "ENQ":
                return queue.enqueue(slot(line));
            case "DEQ":
                return queue.dequeue(slot(line));
            case "DEQF":
                return queue.dequeueFirst();
            case "FIND":
                long rest = line.decimal("mod7");
                return queue.findFirst(slot -> slot % SEVEN == rest);
            default:
                throw line.wrong("there is no call '" + line.word(1) + "'");
        }
    }

    private static int slot(RecordedLine line) throws RecordingException {
        return (int) line.decimalWord(2);
    }
}
