package org.allocman.script;

import io.vavr.collection.Map;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.MemoryFault;
import org.allocman.vka.Vka;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Commands carried out on a machine, one after the other, undone and done again. A command that is not carried out leaves the
 * machine and the names as they were, to the last word.
 *
 * <p>Undoing goes back in the memory's journal, which the session starts. So all state of the kernel and the manager has to
 * be in that memory, as it is with those of this project; and while the session lasts nobody else goes back beyond its
 * beginning.
 */
public final class ScriptSession {
    private final PhysicalMemory memory;
    private final Architecture architecture;
    private final boolean managed;
    private final ScriptNames names;
    private final PathResolver paths;
    private final Performer performer;
    private final Deque<Done> history = new ArrayDeque<>();
    private final Deque<Statement> undone = new ArrayDeque<>();
    private RewindListener rewinds = RewindListener.NONE;
    private long forgotten;

    /** A command that was carried out, and how things were before it. */
    private record Done(Statement statement, int checkpoint, Map<String, Binding> names) {}

    /**
     * A session on a machine of any make.
     *
     * @param memory all of the machine's memory; its journal is started
     * @param kernel what is invoked
     * @param kernelState physical address of the kernel's own words
     * @param bootInfo what the root task was given, for the names
     * @param vka who allocates, or null if nobody does
     */
    public ScriptSession(
            PhysicalMemory memory, Kernel kernel, @PhysAddr long kernelState, BootInfo bootInfo, @Nullable Vka vka) {
        this(memory, kernel, null, kernelState, bootInfo, vka, Keeper.NOBODY);
    }

    private ScriptSession(
            PhysicalMemory memory,
            Kernel kernel,
            @Nullable Memory rootMemory,
            @PhysAddr long kernelState,
            BootInfo bootInfo,
            @Nullable Vka vka,
            Keeper keeper) {
        this.memory = memory;
        this.architecture = kernel.architecture();
        this.managed = vka != null;
        this.names = new ScriptNames(bootInfo);
        long root = vka == null ? BootSlots.CNODE : vka.path(0).root();
        this.paths = new PathResolver(names, memory, kernel.architecture(), kernelState, root);
        this.performer = new Performer(
                kernel, rootMemory, vka, names, paths, new CapabilityText(memory, kernel.architecture()), keeper);
        memory.startJournal();
    }

    /**
     * A session on a machine without a manager: invocations only.
     *
     * @param machine the machine; its memory's journal is started
     * @return the session
     */
    public static ScriptSession bare(Machine machine) {
        return bare(machine, machine.kernel());
    }

    /**
     * A session on a machine without a manager, whose kernel somebody stands before.
     *
     * @param machine the machine; its memory's journal is started
     * @param kernel what is invoked
     * @return the session
     */
    public static ScriptSession bare(Machine machine, Kernel kernel) {
        return on(machine, kernel, null, Keeper.NOBODY);
    }

    /**
     * A session on a machine with a manager.
     *
     * @param machine the machine; its memory's journal is started
     * @param vka the manager, whose book-keeping is in the machine's memory
     * @return the session
     */
    public static ScriptSession managed(Machine machine, Vka vka) {
        return managed(machine, machine.kernel(), vka);
    }

    /**
     * A session on a machine with a manager, whose kernel somebody stands before.
     *
     * @param machine the machine; its memory's journal is started
     * @param kernel what lines invoke
     * @param vka the manager, whose book-keeping is in the machine's memory
     * @return the session
     */
    public static ScriptSession managed(Machine machine, Kernel kernel, Vka vka) {
        return on(machine, kernel, vka, machine::whoKeeps);
    }

    private static ScriptSession on(Machine machine, Kernel kernel, @Nullable Vka vka, Keeper keeper) {
        return new ScriptSession(
                machine.memory(), kernel, machine.rootMemory(), machine.kernelState(), machine.bootInfo(), vka, keeper);
    }

    /**
     * Has somebody told whenever the memory goes back.
     *
     * @param listener who is told
     */
    public void onRewind(RewindListener listener) {
        rewinds = listener;
    }

    private void rewindMemory(int checkpoint) {
        rewinds.before(checkpoint);
        memory.rewind(checkpoint);
        rewinds.after();
    }

    /**
     * Reads a line and carries it out.
     *
     * @param line a command, or nothing, or a remark
     * @return what came of it
     */
    public LineOutcome execute(String line) {
        try {
            List<Statement> statements = Script.parse(line, architecture).statements();
            LineOutcome outcome = LineOutcome.done(null, "");
            for (Statement statement : statements) {
                outcome = execute(statement);
            }
            return outcome;
        } catch (ScriptException noCommand) {
            return LineOutcome.mistake(null, "column " + noCommand.column() + ": " + noCommand.what());
        }
    }

    /**
     * Carries a command out.
     *
     * @param statement the command
     * @return what came of it
     */
    public LineOutcome execute(Statement statement) {
        LineOutcome outcome = perform(statement);
        if (outcome.isDone()) {
            undone.clear();
        }
        return outcome;
    }

    private LineOutcome perform(Statement statement) {
        int before = memory.checkpoint();
        Map<String, Binding> namesBefore = names.own();
        LineOutcome outcome;
        try {
            outcome = performer.perform(statement);
        } catch (Mistake mistake) {
            outcome = LineOutcome.mistake(statement, mistake.what());
        } catch (MemoryFault fault) {
            outcome = LineOutcome.mistake(statement, "the machine is too broken for that: " + fault.getMessage());
        }
        if (outcome.isDone()) {
            history.push(new Done(statement, before, namesBefore));
        } else {
            rewindMemory(before);
            names.restore(namesBefore);
        }
        return outcome;
    }

    /**
     * Carries all commands of a script out, those behind a refused one too.
     *
     * @param script the script
     * @return what came of each
     */
    public List<LineOutcome> run(Script script) {
        List<LineOutcome> outcomes = new ArrayList<>();
        for (Statement statement : script.statements()) {
            outcomes.add(execute(statement));
        }
        return outcomes;
    }

    /**
     * Undoes the command that was carried out last.
     *
     * @return the command, or null if there is none
     */
    public @Nullable Statement undo() {
        Done last = history.poll();
        if (last == null) {
            return null;
        }
        rewindMemory(last.checkpoint);
        names.restore(last.names);
        undone.push(last.statement);
        return last.statement;
    }

    /**
     * Marks the present moment.
     *
     * @return what to {@link #rewind} to: how many commands were carried out and not undone
     */
    public long mark() {
        return forgotten + history.size();
    }

    /**
     * Undoes all commands since a moment.
     *
     * @param mark what {@link #mark} answered
     * @return false if that is not known, or not any more; then nothing is undone
     */
    public boolean rewind(long mark) {
        if (mark < forgotten || mark > mark()) {
            return false;
        }
        while (mark() > mark) {
            undo();
        }
        return true;
    }

    /**
     * Forgets what cannot be kept for ever, of a session that goes on and on: the oldest commands, and if the journal has grown
     * too long all of them. What is forgotten cannot be undone.
     *
     * @param commands how many commands are kept at most
     * @param stores how many numbers the journal may have, two for each store
     */
    public void forget(int commands, int stores) {
        int drop = memory.checkpoint() > stores ? history.size() : history.size() - commands;
        for (int i = 0; i < drop; i++) {
            history.removeLast();
            forgotten++;
        }
        while (undone.size() > commands) {
            undone.removeLast();
        }
        if (memory.checkpoint() > stores) {
            memory.startJournal();
        }
    }

    /**
     * Carries the command out again that was undone last.
     *
     * @return what came of it, or null if nothing was undone since the last new command
     */
    public @Nullable LineOutcome redo() {
        Statement next = undone.poll();
        return next == null ? null : perform(next);
    }

    /**
     * The commands that were carried out and not undone.
     *
     * @return the commands, oldest first
     */
    public List<Statement> history() {
        List<Statement> all = new ArrayList<>();
        history.descendingIterator().forEachRemaining(done -> all.add(done.statement));
        return all;
    }

    /**
     * What names stand for.
     *
     * @return the names that lines gave, then those that the machine has from its boot
     */
    public java.util.Map<String, Binding> names() {
        return names.all().toJavaMap();
    }

    /**
     * How many names lines gave.
     *
     * @return 0 or more
     */
    public int nameCount() {
        return names.own().size();
    }

    /**
     * The names that lines gave.
     *
     * @return without those that the machine has from its boot
     */
    public java.util.Map<String, Binding> ownNames() {
        return names.own().toJavaMap();
    }

    /**
     * Gives a name, as a line that is not undone would: for whoever goes on with a machine that was saved.
     *
     * @param name the name
     * @param binding what it stands for
     */
    public void restoreName(String name, Binding binding) {
        names.bind(name, binding);
    }

    /**
     * Where the slot of a capability is.
     *
     * @param place a place as a command is told it, for instance {@code ep} or {@code cn/3:4}
     * @return physical address of the slot; negative if there is none
     * @throws ScriptException if the text is no place, or has a name that nothing has
     */
    public @PhysAddr long slotOf(String place) throws ScriptException {
        Tokens tokens = new Tokens(place, 1);
        Token start = tokens.peek();
        Operand.Place parsed = new OperandParser(tokens, Operand.Type.SEL4).place(false);
        if (!tokens.atEnd()) {
            throw tokens.wrong(tokens.peek(), tokens.peek().quoted() + " does not belong to a place");
        }
        try {
            return paths.slot(paths.path(parsed));
        } catch (Mistake mistake) {
            throw tokens.wrong(start, mistake.what());
        }
    }

    /**
     * The place that a name stands for.
     *
     * @param name a name
     * @return the cptr of its capability, or its number; negative if it has none
     */
    public @CPtr long cptrOf(String name) {
        try {
            return paths.cptr(new Operand.Value(name, 0));
        } catch (Mistake unknown) {
            return -1;
        }
    }

    /**
     * Whether there is a manager.
     *
     * @return false if there are only invocations
     */
    public boolean isManaged() {
        return managed;
    }

    /**
     * The words for kinds of objects.
     *
     * @return for instance {@code page-table}
     */
    public static List<String> typeWords() {
        return Operand.Type.words(Operand.Type.SEL4);
    }
}
