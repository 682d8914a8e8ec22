package org.allocman.check.systems;

import static org.allocman.vka.PageSize.PAGE_BITS;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.SubjectRule;
import org.allocman.manager.AllocmanVka;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.allocman.vka.CapPath;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The friendly face of a resource manager on a booted board: objects of many sizes and a slot come and go, and what is given
 * back twice is refused.
 */
public final class VkaSubject extends BoardSubject {
    private static final int POOL_PAGES = 256;
    private static final int RADIX = 2;
    private static final int CHILD_BITS = 6;

    private final Vka vka;

    /** A call that makes an object. */
    private interface Call {
        Either<VkaError, VkaObject> make();
    }

    /**
     * A manager at the start.
     *
     * @param board the board
     * @param wrapper wraps the board's kernel
     * @param wrap what is to stand before the manager
     * @param objects how many objects may be live at once, 1 to 64
     * @throws BootFailure if the board is too small
     */
    public VkaSubject(Board board, UnaryOperator<Kernel> wrapper, UnaryOperator<Vka> wrap, int objects)
            throws BootFailure {
        this(new SystemOptions(board, objects, 0, true), wrapper, kernel -> kernel, wrap);
    }

    /** A manager at the start; {@code before} stands before all that, where refusals are seen, too. */
    VkaSubject(SystemOptions options, UnaryOperator<Kernel> wrapper, UnaryOperator<Kernel> before) throws BootFailure {
        this(options, wrapper, before, vka -> vka);
    }

    private VkaSubject(
            SystemOptions options, UnaryOperator<Kernel> wrapper, UnaryOperator<Kernel> before, UnaryOperator<Vka> wrap)
            throws BootFailure {
        this(new ManagedBoard(options.board(), wrapper, before, options.pools(POOL_PAGES)), wrap, options.size());
    }

    private VkaSubject(ManagedBoard managed, UnaryOperator<Vka> wrap, int objects) {
        super(managed, LiveVkaObjects.ROW, objects);
        this.vka = wrap.apply(new AllocmanVka(managed.allocman()));
        addAllocations();
        for (int i = 0; i < objects; i++) {
            int number = i;
            add("free object " + i, () -> number < live().count(), () -> free(number));
            add("free object " + i + " twice", () -> number < live().count(), () -> freeTwice(number));
        }
        add("take a slot", () -> live().other() == 0, this::takeSlot);
        add("give the slot back", () -> live().other() != 0, this::giveSlotBack);
    }

    private void addAllocations() {
        addAllocation("an endpoint", ObjectType.ENDPOINT, 0);
        addAllocation("a CNode", ObjectType.CNODE, RADIX);
        addAllocation("an untyped", ObjectType.UNTYPED, CHILD_BITS);
        addAllocation("a frame", ObjectType.SMALL_PAGE, 0);
        long paddr = board().frameAddress();
        add(
                "allocate a frame at 0x" + Long.toHexString(paddr),
                () -> !live().isFull(),
                () -> allocate(ObjectType.SMALL_PAGE, 0, paddr, () -> vka.frameAt(PAGE_BITS, paddr)));
    }

    private void addAllocation(String what, ObjectType type, int size) {
        add("allocate " + what, () -> !live().isFull(), () -> allocate(type, size, -1, () -> vka.allocate(type, size)));
    }

    private Outcome allocate(ObjectType type, int size, long paddr, Call call) {
        Either<VkaError, VkaObject> answer = call.make();
        if (answer.isLeft()) {
            return refused(answer.getLeft());
        }
        VkaObject object = answer.get();
        String wrong = wrong(object, type, vka.architecture().sizeBits(type, size), paddr);
        LiveVkaObjects.add(live(), object);
        return wrong == null ? Outcome.DONE : Outcome.wrong(object, wrong);
    }

    /** A refusal: only a kernel that was made to refuse does, and it explains itself. */
    private Outcome refused(VkaError error) {
        if (error.reason() == VkaError.Reason.KERNEL_REFUSED
                && !board().faults().hasRefused()) {
            return Outcome.wrong(error, "refusals are true: no invocation was made to fail");
        }
        return error.message().isBlank()
                ? Outcome.wrong(error, "errors explain: the refusal has no message")
                : Outcome.refused(error);
    }

    private @Nullable String wrong(VkaObject object, ObjectType type, int bits, long paddr) {
        if (object.type() != type || object.sizeBits() != bits) {
            return "as asked: " + object + " is not a " + type.text() + " of 2^" + bits + " bytes";
        }
        long slot = board().slot(object.cptr());
        if (board().slots().isEmpty(slot)) {
            return "slots agree: the slot of " + object + " is empty";
        }
        long at = vka.physicalAddress(object).getOrElse(-1L);
        if (board().slots().object(slot) != at || paddr >= 0 && at != paddr) {
            return "as asked: " + object + " is said to be at 0x" + Long.toHexString(at) + " and is at 0x"
                    + Long.toHexString(board().slots().object(slot));
        }
        for (int i = 0; i < live().count(); i++) {
            VkaObject other = object(i);
            long start = board().slots().object(board().slot(other.cptr()));
            if (at < start + (1L << other.sizeBits()) && start < at + (1L << bits)) {
                return "partition: " + object + " overlaps " + other;
            }
        }
        return null;
    }

    private VkaObject object(int number) {
        return LiveVkaObjects.at(live(), number);
    }

    private Outcome free(int number) {
        VkaObject object = object(number);
        Option<VkaError> refusal = vka.free(object);
        if (refusal.isDefined()) {
            return refusal.get().reason() == VkaError.Reason.KERNEL_REFUSED
                    ? refused(refusal.get())
                    : Outcome.wrong(refusal.get(), "free never fails: " + object + " is live and was refused");
        }
        live().remove(number);
        return board().slots().isEmpty(board().slot(object.cptr()))
                ? Outcome.DONE
                : Outcome.wrong("done", "slots agree: " + object + " was freed and is still in its slot");
    }

    private Outcome freeTwice(int number) {
        VkaObject object = object(number);
        Outcome first = free(number);
        if (first.refused() || first.wrong() != null) {
            return first;
        }
        Option<VkaError> second = vka.free(object);
        return second.isDefined()
                ? first
                : Outcome.wrong("done", "handles are checked: " + object + " was given back twice");
    }

    private Outcome takeSlot() {
        Either<VkaError, CapPath> answer = vka.allocateSlot();
        if (answer.isLeft()) {
            return refused(answer.getLeft());
        }
        live().setOther(answer.get().index());
        return board().slots().isEmpty(board().slot(answer.get().index()))
                ? Outcome.DONE
                : Outcome.wrong(answer.get(), "slots agree: the slot is in use");
    }

    private Outcome giveSlotBack() {
        Option<VkaError> refusal = vka.freeSlot(vka.path(live().other()));
        if (refusal.isDefined()) {
            return refused(refusal.get());
        }
        live().setOther(0);
        return Outcome.DONE;
    }

    /** Whoever has this face alone cannot trim, and so not bring the virtual pool back. */
    @Override
    public @Nullable BooleanSupplier reset() {
        return null;
    }

    @Override
    List<SubjectRule> rulesOfAnswers() {
        return List.of(
                SubjectRule.ofDone("as asked", "allocate"),
                SubjectRule.ofDone("handles are checked", "twice"),
                SubjectRule.ofRefusals("errors explain"));
    }

    @Override
    List<String> freeAll() {
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < live().count(); i++) {
            VkaObject object = object(i);
            vka.free(object).forEach(refusal -> broken.add("free never fails: " + object + " was refused: " + refusal));
        }
        if (live().other() != 0) {
            vka.freeSlot(vka.path(live().other()))
                    .forEach(refusal -> broken.add("free never fails: the slot was refused: " + refusal));
        }
        return broken;
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (int i = 0; i < live().count(); i++) {
            VkaObject object = object(i);
            facts.add("object " + i + ": " + object + " at 0x"
                    + Long.toHexString(board().slots().object(board().slot(object.cptr()))));
        }
        if (live().other() != 0) {
            facts.add("slot 0x" + Long.toHexString(live().other()) + " is taken");
        }
        facts.addAll(board().facts());
        return facts;
    }
}
