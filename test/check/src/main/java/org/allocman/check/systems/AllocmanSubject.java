package org.allocman.check.systems;

import static org.allocman.vka.PageSize.PAGE_BITS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.allocman.check.action.Outcome;
import org.allocman.lab.machine.BootSizes;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A resource manager on a booted board, by its native interface: endpoints and frames come and go, the virtual pool grows and
 * is given back, and any invocation on the way can be refused.
 */
public final class AllocmanSubject extends BoardSubject {
    // more of them would make more states, and no other ones
    private static final int POOL_PAGES = 2;

    private final Allocman allocman;
    private final @Nullable StateReduction reduction;

    /**
     * A manager at the start.
     *
     * @param board the board
     * @param wrapper wraps the board's kernel
     * @param objects how many objects may be live at once, 1 to 64
     * @throws BootFailure if the board is too small
     */
    public AllocmanSubject(Board board, UnaryOperator<Kernel> wrapper, int objects) throws BootFailure {
        this(new SystemOptions(board, objects, 0, true), wrapper, kernel -> kernel);
    }

    /** A manager at the start; {@code before} stands before all that, where refusals are seen, too. */
    AllocmanSubject(SystemOptions options, UnaryOperator<Kernel> wrapper, UnaryOperator<Kernel> before)
            throws BootFailure {
        this(
                options.board(),
                new ManagedBoard(options.board(), wrapper, before, options.pools(POOL_PAGES)),
                options.size(),
                options.symmetry());
    }

    /**
     * A manager of any kind, in any CSpace, on a board that is booted with sizes of one's own: the smaller, the more of its
     * states can be seen.
     *
     * @param board the board
     * @param pools the pools, the manager and the CSpace
     * @param sizes of root CNode, kernel and root task
     * @param objects how many objects may be live at once, 1 to 64
     * @throws BootFailure if the board is too small
     */
    public AllocmanSubject(Board board, ManagedMachine.Pools pools, BootSizes sizes, int objects) throws BootFailure {
        this(board, new ManagedBoard(board, kernel -> kernel, kernel -> kernel, pools, sizes), objects, true);
    }

    private AllocmanSubject(Board board, ManagedBoard managed, int objects, boolean symmetry) {
        super(managed, 1, objects);
        this.allocman = managed.allocman();
        this.reduction = symmetry ? managed.reduction(live()) : null;
        addAllocations(board);
        for (int i = 0; i < objects; i++) {
            int number = i;
            give("free object " + i, () -> number < live().count(), () -> free(number));
        }
        add("grow the virtual pool", () -> true, () -> allocman.addPage() == 0 ? Outcome.DONE : Outcome.refused("no"));
        give("trim", () -> true, () -> {
            allocman.trim();
            return Outcome.DONE;
        });
    }

    private void addAllocations(Board on) {
        int endpointBits = on.architecture().sizeBits(ObjectType.ENDPOINT, 0);
        long paddr = board().frameAddress();
        addAllocation("an endpoint", endpointBits, () -> allocman.allocate(ObjectType.ENDPOINT, 0, 0));
        addAllocation("a frame", PAGE_BITS, () -> allocman.allocate(ObjectType.SMALL_PAGE, 0, 0));
        addAllocation(
                "a frame at 0x" + Long.toHexString(paddr),
                PAGE_BITS,
                () -> allocman.allocateAt(ObjectType.SMALL_PAGE, 0, paddr, 0));
    }

    private void addAllocation(String what, int bits, LongSupplier call) {
        add("allocate " + what, () -> !live().isFull(), () -> allocate(bits, call));
    }

    private Outcome allocate(int bits, LongSupplier call) {
        boolean isLeft = allocman.untypeds().manager().largestFree(MemoryKind.KERNEL) >= bits;
        long handle = call.getAsLong();
        if (handle == Refusal.OUT_OF_UNTYPED && isLeft) {
            return Outcome.wrong(text(handle), "refusals are true: a free block is large enough");
        }
        if (handle < 0) {
            return Outcome.refused(text(handle));
        }
        live().add(handle);
        return Outcome.DONE;
    }

    private Outcome free(int number) {
        long refusal = allocman.free(live().word(number, 0));
        if (refusal < 0) {
            return Refusal.isKernel(refusal)
                    ? Outcome.refused(text(refusal))
                    : Outcome.wrong(text(refusal), "free never fails: a live object was refused with " + text(refusal));
        }
        live().remove(number);
        return Outcome.DONE;
    }

    private static String text(long refusal) {
        return Refusal.isKernel(refusal) ? "the kernel refused: " + Refusal.kernelCode(refusal) : "refusal " + refusal;
    }

    @Override
    public @Nullable StateReduction reduction() {
        return reduction;
    }

    @Override
    List<String> freeAll() {
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < live().count(); i++) {
            long refusal = allocman.free(live().word(i, 0));
            if (refusal < 0) {
                broken.add("free never fails: object " + i + " was refused with " + text(refusal));
            }
        }
        return broken;
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (int i = 0; i < live().count(); i++) {
            long handle = live().word(i, 0);
            facts.add("object " + i + ": 2^" + allocman.untypeds().manager().sizeBits(handle) + " bytes at 0x"
                    + Long.toHexString(allocman.untypeds().manager().physicalAddress(handle)) + " in slot "
                    + allocman.untypeds().manager().slot(handle));
        }
        facts.addAll(board().facts());
        return facts;
    }
}
