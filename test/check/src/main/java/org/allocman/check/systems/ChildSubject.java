package org.allocman.check.systems;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.SubjectRule;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.child.ChildManager;
import org.allocman.child.ChildOptions;
import org.allocman.cspace.CSpace;
import org.allocman.manager.AllocmanVka;
import org.allocman.sim.board.Board;
import org.allocman.sim.boot.BootFailure;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Kernel;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/**
 * A manager and a child of it, which is opened, used, trimmed and closed; its user has some objects of it. Whatever was refused on
 * the way, closing it makes the parent whole.
 */
public final class ChildSubject extends BoardSubject {
    private static final int POOL_PAGES = 256;
    private static final long POOLS_BEHIND = 8L << 20;
    private static final int WINDOW = 16 << 12;
    private static final int STEP_BITS = 13;
    private static final int UNTYPED_BITS = 12;

    private final Vka parent;
    private final Kernel kernel;
    private final ChildOptions options;
    private final long takenAtStart;

    /**
     * A manager at the start, without a child.
     *
     * @param board the board
     * @param wrapper wraps the board's kernel
     * @param before what is to stand before all that, where refusals are seen, too
     * @param objects how many objects of the child may be live at once, 1 to 64
     * @throws BootFailure if the board is too small
     */
    public ChildSubject(Board board, UnaryOperator<Kernel> wrapper, UnaryOperator<Kernel> before, int objects)
            throws BootFailure {
        this(new SystemOptions(board, objects, 0, true), wrapper, before);
    }

    /** The same below a manager that can be chosen. */
    ChildSubject(SystemOptions system, UnaryOperator<Kernel> wrapper, UnaryOperator<Kernel> before) throws BootFailure {
        this(new ManagedBoard(system.board(), wrapper, before, system.pools(POOL_PAGES)), before, system.size());
    }

    private ChildSubject(ManagedBoard managed, UnaryOperator<Kernel> before, int objects) throws BootFailure {
        super(managed, LiveVkaObjects.ROW, objects);
        this.parent = new AllocmanVka(managed.allocman());
        this.kernel = before.apply(managed.faults());
        long ledger = managed.allocman().memory().allocate(ChildOptions.USUAL_LEDGER);
        if (ledger < 0) {
            throw new BootFailure("the pools have no room for a child's ledger", 0);
        }
        this.options = ChildOptions.below(
                        managed.allocman(), ledger, managed.machine().freeVirtualBase() + POOLS_BEHIND)
                .withWindow(WINDOW)
                .withManager(UntypedDesigns.ARENA, STEP_BITS);
        this.takenAtStart = takenSlots(managed);
        add("open the child", () -> child().isFresh(), this::open);
        addAllocation("an endpoint", ObjectType.ENDPOINT, 0);
        addAllocation("a frame", ObjectType.SMALL_PAGE, 0);
        addAllocation("an untyped", ObjectType.UNTYPED, UNTYPED_BITS);
        for (int i = 0; i < objects; i++) {
            int number = i;
            give("free object " + i, () -> number < live().count(), () -> free(number));
        }
        give("trim the child", () -> child().isOpen(), () -> settled(child().trim()));
        give("close the child", () -> !child().isFresh(), this::close);
    }

    private void addAllocation(String what, ObjectType type, int size) {
        add(
                "allocate " + what + " in the child",
                () -> child().isOpen() && !live().isFull(),
                () -> allocate(type, size));
    }

    /** A view: whether there is a child its ledger says. */
    private ChildManager child() {
        return ChildManager.view(parent, kernel, board().machine().rootMemory(), options);
    }

    private Outcome open() {
        Either<VkaError, ChildManager> opened =
                ChildManager.open(parent, kernel, board().machine().rootMemory(), options);
        return opened.isRight() ? Outcome.DONE : refused(opened.getLeft());
    }

    private Outcome allocate(ObjectType type, int size) {
        Either<VkaError, VkaObject> made = child().vka().allocate(type, size);
        if (made.isLeft()) {
            return refused(made.getLeft());
        }
        VkaObject object = made.get();
        LiveVkaObjects.add(live(), object);
        long slot = board().slot(object.cptr());
        long paddr = board().slots().isEmpty(slot) ? -1 : board().slots().object(slot);
        return child().holds(paddr)
                ? Outcome.DONE
                : Outcome.wrong(object, "a child's objects are in its memory: " + object + " is not");
    }

    private Outcome free(int number) {
        VkaObject object = object(number);
        Option<VkaError> refusal = child().vka().free(object);
        if (refusal.isDefined()) {
            return refused(refusal.get());
        }
        live().remove(number);
        return board().slots().isEmpty(board().slot(object.cptr()))
                ? Outcome.DONE
                : Outcome.wrong("done", "slots agree: " + object + " was freed and is still in its slot");
    }

    private Outcome close() {
        // whatever the kernel refuses now, the child's objects are nobody's to use any more
        while (live().count() > 0) {
            live().remove(0);
        }
        return settled(child().close());
    }

    private Outcome settled(Option<VkaError> refusal) {
        return refusal.isDefined() ? refused(refusal.get()) : Outcome.DONE;
    }

    /** A refusal: only a kernel that was made to refuse does. */
    private Outcome refused(VkaError error) {
        return board().faults().hasRefused()
                ? Outcome.refused(error)
                : Outcome.wrong(error, "refusals are true: no invocation was made to fail");
    }

    /** How many of the parent's slots its clients have taken. */
    private static long takenSlots(ManagedBoard managed) {
        CSpace slots = managed.allocman().slots().cspace();
        return LongStream.range(1, slots.end()).filter(slots::isTaken).count();
    }

    private VkaObject object(int number) {
        return LiveVkaObjects.at(live(), number);
    }

    @Override
    List<SubjectRule> rulesOfAnswers() {
        return List.of(
                SubjectRule.ofDone("a child's objects are in its memory", "allocate"),
                SubjectRule.ofDone("a child can be closed", "open the child"));
    }

    @Override
    List<String> freeAll() {
        List<String> broken = new ArrayList<>();
        ChildManager child = child();
        if (child.isOpen()) {
            broken.addAll(new ManagerInvariants(child.allocman(), board().slots(), board().cnode()).check());
            for (int i = 0; i < live().count(); i++) {
                VkaObject object = object(i);
                child.vka()
                        .free(object)
                        .forEach(refusal -> broken.add("free never fails: " + object + " was refused: " + refusal));
            }
        }
        child.close().forEach(refusal -> broken.add("a child can be closed: it was refused: " + refusal));
        if (takenSlots(board()) != takenAtStart) {
            broken.add("nothing lost: of the parent's slots " + takenSlots(board()) + " are taken, without the child "
                    + takenAtStart + " were");
        }
        if (board().allocman().memory().free(options.ledger(), ChildOptions.USUAL_LEDGER) != 0) {
            broken.add("nothing lost: the ledger is not a piece of the parent's pools any more");
        }
        return broken;
    }

    /** There is no child, either. */
    @Override
    public BooleanSupplier reset() {
        return () -> child().isFresh() && isWhole();
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        ChildManager child = child();
        facts.add(
                child.isFresh()
                        ? "no child"
                        : (child.isOpen() ? "a child" : "a child that is being closed") + " with " + child.untypeds()
                                + " untypeds, " + child.bytes() + " bytes and " + child.slots() + " slots");
        for (int i = 0; i < live().count(); i++) {
            facts.add("object " + i + ": " + object(i));
        }
        facts.addAll(board().facts());
        return facts;
    }
}
