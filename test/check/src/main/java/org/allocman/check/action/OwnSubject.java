package org.allocman.check.action;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Memory;

/**
 * What a {@link Subject} of one's own extends. It brings a memory, whose undo journal takes the subject back and whose fingerprint
 * tells states apart; the table of {@linkplain #live what a user holds}, which is in that memory; and the list of actions, which
 * the constructor {@linkplain #action adds}. What remains to be written is what is {@link #broken} and, for those who read a
 * history, the {@link #facts}.
 *
 * <p>All that changes has to be in that memory. A field of Java does not go back when the machine does; the explorer notices that
 * and says so.
 *
 * <p>A subject that stands alone has two pages of memory: the first is the table's, the second, from {@link #STATE} on, is for the
 * state of what is examined. A subject on a kernel takes the kernel's memory.
 */
public abstract class OwnSubject implements Subject {
    /** Where the page for the state of what is examined begins, if the subject stands alone. */
    protected static final @PhysAddr long STATE = (@PhysAddr long) PAGE;

    private final PhysicalMemory memory;
    private final LiveObjects live;
    private final List<Action> actions = new ArrayList<>();

    /**
     * A subject that stands alone, with two pages of memory.
     *
     * @param words how many words are kept of each object that a user holds, 1 to {@link LiveObjects#MOST_WORDS}
     * @param most how many objects a user may hold, 1 to {@link LiveObjects#MOST}
     */
    protected OwnSubject(int words, int most) {
        this(new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, 2 * PAGE - 1))), 0, words, most);
    }

    /**
     * A subject in the memory of a machine.
     *
     * @param memory all memory of the machine
     * @param page the physical address of a page of it that is all zero and nobody else's
     * @param words how many words are kept of each object that a user holds, 1 to {@link LiveObjects#MOST_WORDS}
     * @param most how many objects a user may hold, 1 to {@link LiveObjects#MOST}
     */
    protected OwnSubject(PhysicalMemory memory, @PhysAddr long page, int words, int most) {
        this.memory = memory;
        this.live = new LiveObjects(memory.words(), page, words, most);
    }

    /**
     * Adds an action.
     *
     * @param name its name, different from those of the others, without line breaks and brackets
     * @param enabled whether it makes sense now
     * @param work does it, and checks what it did
     */
    protected final void action(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        actions.add(Action.of(name, enabled, work));
    }

    /**
     * Adds an action that gives something back, as freeing does; {@link #reset} says where such actions have to lead.
     *
     * @param name its name, different from those of the others, without line breaks and brackets
     * @param enabled whether it makes sense now
     * @param work does it, and checks what it did
     */
    protected final void give(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        actions.add(Action.givingBack(name, enabled, work));
    }

    /**
     * What a user holds.
     *
     * @return the table, in memory
     */
    protected final LiveObjects live() {
        return live;
    }

    /**
     * The memory, to load from and store to.
     *
     * @return all of it, by physical addresses
     */
    protected final Memory words() {
        return memory.words();
    }

    @Override
    public final PhysicalMemory memory() {
        return memory;
    }

    @Override
    public List<Action> actions() {
        return Collections.unmodifiableList(actions);
    }

    /** Faults are counted beside what the user holds. */
    @Override
    public final @PhysAddr long faultCount() {
        return live.faultCount();
    }
}
