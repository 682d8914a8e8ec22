package org.allocman.check.systems;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.check.action.Action;
import org.allocman.check.action.SubjectRule;
import org.allocman.check.invariants.KernelInvariants;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.memory.Walk;
import org.allocman.vka.Kernel;

/**
 * Two address spaces, a page table and a few frames: frames are mapped here and there, again, with other rights, unmapped,
 * copied and deleted, the table is put in and taken out, an ASID pool goes, the thread changes its address space. Before each
 * invocation the root task looks at every page, so that its window remembers all that it can, and afterwards nothing that it
 * remembers may be stale: an invocation can lead back to a state that is known, and be wrong for all that.
 */
public final class PagingSubject extends MachineSubject {
    /** The most frames: a large one and small ones. */
    static final int MOST_FRAMES = 5;

    private final PagingContext context;
    private final List<Action> actions;

    /**
     * A kernel at the start.
     *
     * @param board the board, with paging
     * @param wrapper wraps the board's kernel
     * @param frames how many frames there are, 2 or more, the first of them a large one
     * @throws BootFailure if the board is too small, or has no paging
     */
    public PagingSubject(Board board, UnaryOperator<Kernel> wrapper, int frames) throws BootFailure {
        super(checked(board, frames));
        this.context = new PagingContext(machine, frames);
        machine.memory().startJournal();
        this.actions = new PagingActions(wrapper.apply(machine.kernel()), machine, context).all();
    }

    private static Board checked(Board board, int frames) throws BootFailure {
        if (frames < 2 || frames > MOST_FRAMES) {
            throw new IllegalArgumentException("2 to " + MOST_FRAMES + " frames, not " + frames);
        }
        if (!board.architecture().hasPaging()) {
            throw new BootFailure("the board " + board.name() + " has no paging", 0);
        }
        return board;
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    /** The laws of a state are not judged here; before each invocation every page is looked at, and so remembered. */
    @Override
    public List<SubjectRule> rules() {
        return List.of(SubjectRule.ofActions(KernelInvariants.TLB_FRESH.name(), count -> count.taken() > 0));
    }

    /** Looks at every page, as is done before each invocation. */
    void look() {
        context.look();
    }

    /** What is remembered is looked at after each invocation; the laws of a state are what recordings and random invocations judge. */
    @Override
    public boolean isSound() {
        return true;
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (long vaddr : context.pages()) {
            facts.add("0x" + Long.toHexString(vaddr) + ": " + seen(vaddr));
        }
        facts.addAll(context.facts());
        return facts;
    }

    private String seen(long vaddr) {
        @PhysAddr long walked = context.walk(vaddr);
        if (walked == 0) {
            return "nothing";
        }
        boolean writable = (walked & Walk.WRITABLE) != 0;
        return "memory at 0x" + Long.toHexString(walked & -PAGE) + (writable ? "" : ", for reading");
    }
}
