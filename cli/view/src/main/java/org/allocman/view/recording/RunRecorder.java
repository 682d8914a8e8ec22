package org.allocman.view.recording;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.allocman.manager.GrowthListener;
import org.allocman.qual.Bytes;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Vka;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Records a run on a machine, from the moment it is made. Put {@link #kernel} before the machine's kernel, {@link #growth}
 * where the manager tells of its pool, and {@link #vka} before the manager; then work, then {@link #finish}.
 */
public final class RunRecorder {
    private static final @SizeBits int PAGE_BITS = 12;

    private final PhysicalMemory memory;
    private final MachineShape shape;
    private final int most;
    private final Interned<CapabilityRow> rows = new Interned<>();
    private final Interned<String> values = new Interned<>();
    private final SlotMap slots;
    private final PoolPages pools;
    private final List<long[]> firstSlots;
    private final List<long[]> firstWords;
    private final List<String> chapters = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final Deque<Integer> open = new ArrayDeque<>();
    private final List<Step> steps = new ArrayList<>();
    private int seen;
    private boolean paused;
    private long cut;

    /**
     * Starts to record. The memory's journal is started for it.
     *
     * @param machine the machine, booted
     * @param windowBase where the virtual pool will be
     * @param windowBytes its greatest size in bytes; 0 for none
     * @param most how many steps to record at most; later ones are only counted
     */
    public RunRecorder(Machine machine, @VirtAddr long windowBase, @Bytes long windowBytes, int most) {
        this.memory = machine.memory();
        this.most = most;
        CapabilityReader reader = new CapabilityReader(machine);
        shape = MachineShape.of(machine, reader.slotBytes(), windowBase, windowBytes);
        slots = new SlotMap(reader, rows, shape.thread());
        pools = new PoolPages(shape.pools(), memory.words(), values, PAGE_BITS);
        slots.rows().forEach(pools::find);
        firstSlots = slots.all();
        firstWords = pools.all();
        seen = memory.startJournal();
        chapter("The manager is set up.");
        begin(Operation.Kind.SET_UP, null, 0, null);
    }

    /**
     * A kernel that records what it passes on.
     *
     * @param kernel who carries invocations out
     * @return what the manager is to invoke
     */
    public Kernel kernel(Kernel kernel) {
        return new RecordingKernel(kernel, this);
    }

    /**
     * A Vka that records what is asked of it.
     *
     * @param vka who answers
     * @return what the user is to ask
     */
    public Vka vka(Vka vka) {
        return new RecordingVka(vka, this);
    }

    /**
     * A listener that records how the pool grows.
     *
     * @param next who is told, too
     * @return what the manager is to tell
     */
    public GrowthListener growth(GrowthListener next) {
        return new RecordingGrowth(next, this);
    }

    /**
     * Begins a chapter; the operations that follow belong to it.
     *
     * @param title a sentence
     */
    public void chapter(String title) {
        chapters.add(title);
    }

    /** Says that the manager has been set up. */
    public void ready() {
        end(0);
    }

    /**
     * Records what is given up to be whole again.
     *
     * @param work what to do
     */
    public void trim(Runnable work) {
        int trim = begin(Operation.Kind.TRIM, null, 0, null);
        work.run();
        end(trim);
    }

    /** Records nothing from now on; what is done later is not counted either. */
    public void pause() {
        if (!paused) {
            end(0);
            memory.stopJournal();
            paused = true;
        }
    }

    /**
     * Ends the recording, and the memory's journal.
     *
     * @param title what it is about
     * @param command the command that makes the same run again
     * @return what was recorded
     */
    public RecordedRun finish(String title, String command) {
        pause();
        return new RecordedRun(new RunContent(
                title,
                command,
                shape,
                List.copyOf(chapters),
                List.copyOf(operations),
                firstSlots,
                firstWords,
                List.copyOf(steps),
                cut,
                rows.all(),
                values.all()));
    }

    /** Begins an operation; the answer is to be given to {@link #end}. */
    int begin(Operation.Kind kind, @Nullable String what, @SizeBits int bits, @Nullable String address) {
        commit();
        Integer within = open.peek();
        open.push(operations.size());
        operations.add(new Operation(kind, chapters.size() - 1, within == null ? -1 : within, what, bits, address));
        return operations.size() - 1;
    }

    /** Ends an operation, and those begun in its course that nobody ended. */
    void end(int operation) {
        commit();
        for (Integer innermost = open.peek(); innermost != null && innermost >= operation; innermost = open.peek()) {
            open.pop();
        }
    }

    /** Ends the innermost operation if it is of a kind. */
    void endIf(Operation.Kind kind) {
        Integer innermost = open.peek();
        if (innermost != null && operations.get(innermost).kind() == kind) {
            end(innermost);
        }
    }

    private void commit() {
        step("records", Map.of(), null);
    }

    void step(String kind, Map<String, Object> arguments, @Nullable KernelError error) {
        if (paused) {
            return;
        }
        if (steps.size() >= most) {
            cut += kind.equals("records") ? 0 : 1;
            return;
        }
        LinkedHashMap<Long, Long> oldWords = new LinkedHashMap<>();
        memory.forEachStore(seen, oldWords::putIfAbsent);
        seen = memory.checkpoint();
        List<long[]> changedSlots = slots.update(oldWords.keySet());
        for (long[] change : changedSlots) {
            if (change[2] >= 0) {
                pools.find(rows.at((int) change[2]));
            }
        }
        List<long[]> changedWords = pools.update(oldWords);
        boolean nothing = kind.equals("records") && changedSlots.isEmpty() && changedWords.isEmpty();
        if (nothing) {
            return;
        }
        Integer operation = open.peek();
        steps.add(new Step(
                kind,
                operation == null ? -1 : operation,
                arguments,
                error == null || !error.failed() ? null : error.toString(),
                changedSlots,
                changedWords));
    }
}
