package org.allocman.sim.kernel;

import java.util.stream.IntStream;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.Bits;
import org.allocman.vka.layout.Word;

/**
 * The interrupts in memory: of each a state, and a slot of the kernel's own for the notification that it signals. That slot
 * is a member of the derivation list like any other.
 */
public final class Interrupts {
    /** Nobody handles it. */
    public static final int INACTIVE = 0;

    /** There is a handler. */
    public static final int HANDLED = 1;

    /** It is the kernel's timer. */
    public static final int TIMER = 2;

    /** The kernel keeps it for virtual CPUs. */
    public static final int RESERVED = 3;

    private static final Word NODE = new Word("interrupt slots", KernelState.INTERRUPTS);
    private static final int LINES = KernelState.INTERRUPTS + Long.BYTES;
    private static final Bits LEAST = new Bits("least interrupt", LINES, 0, 16);
    private static final Bits COUNT = new Bits("interrupts", LINES, 16, 16);
    private static final Bits TRIGGERS = new Bits("triggers", LINES, 32, 1);
    private static final Bits SOFTWARE = new Bits("software-generated interrupts", LINES, 33, 1);
    private static final Bits PC = new Bits("pins and messages", LINES, 34, 1);
    private static final long PRESENT = 1;
    private static final int STATES_A_WORD = 8;
    private static final Bits[] STATES = IntStream.range(0, STATES_A_WORD)
            .mapToObj(i -> new Bits("interrupt state", KernelState.INTERRUPT_STATES, i * Byte.SIZE, Byte.SIZE))
            .toArray(Bits[]::new);

    private final Memory memory;
    private final Slots slots;
    private final @PhysAddr long state;

    /**
     * A view of the interrupts.
     *
     * @param memory the physical memory
     * @param slots the capabilities
     * @param state physical address of the kernel's state
     */
    public Interrupts(Memory memory, Slots slots, @PhysAddr long state) {
        this.memory = memory;
        this.slots = slots;
        this.state = state;
    }

    /**
     * Makes interrupts, of which none is handled. Once only, when state and slots are all zero.
     *
     * @param lines which there are
     * @param node physical address of as many slots as there are {@link InterruptLines#count}
     */
    public void initialise(InterruptLines lines, @PhysAddr long node) {
        NODE.set(memory, state, node | PRESENT);
        LEAST.set(memory, state, lines.least());
        COUNT.set(memory, state, lines.count());
        TRIGGERS.set(memory, state, lines.hasTriggers() ? 1 : 0);
        SOFTWARE.set(memory, state, lines.hasSoftware() ? 1 : 0);
        PC.set(memory, state, lines.isPc() ? 1 : 0);
        if (lines.timer() >= 0) {
            setState(lines.timer(), TIMER);
        }
        lines.reserved().forEach(interrupt -> setState(interrupt, RESERVED));
    }

    /**
     * The lowest interrupt that can be asked for.
     *
     * @return its number
     */
    public int least() {
        return (int) LEAST.get(memory, state);
    }

    /**
     * How many slots there are.
     *
     * @return one more than the highest interrupt; 0 if there are none
     */
    public int count() {
        return (int) COUNT.get(memory, state);
    }

    boolean hasTriggers() {
        return TRIGGERS.get(memory, state) != 0;
    }

    boolean hasSoftware() {
        return SOFTWARE.get(memory, state) != 0;
    }

    boolean isPc() {
        return PC.get(memory, state) != 0;
    }

    /**
     * What an interrupt is used for.
     *
     * @param interrupt its number, less than {@link #count}
     * @return {@link #INACTIVE}, {@link #HANDLED}, {@link #TIMER} or {@link #RESERVED}
     */
    public int state(int interrupt) {
        return (int) STATES[interrupt % STATES_A_WORD].get(memory, word(interrupt));
    }

    void setState(int interrupt, int value) {
        STATES[interrupt % STATES_A_WORD].set(memory, word(interrupt), value);
    }

    /** The word with an interrupt's state, less the offset that a field has in it. */
    private long word(int interrupt) {
        return state + interrupt / STATES_A_WORD * Long.BYTES;
    }

    /**
     * The kernel's slot of an interrupt.
     *
     * @param interrupt its number, less than {@link #count}
     * @return the slot, which is empty or holds a notification
     */
    public @PhysAddr long slot(int interrupt) {
        return slots.at(NODE.get(memory, state) & ~PRESENT, interrupt);
    }
}
