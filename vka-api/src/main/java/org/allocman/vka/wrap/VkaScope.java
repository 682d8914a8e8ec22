package org.allocman.vka.wrap;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaException;
import org.allocman.vka.VkaObject;
import org.allocman.vka.VkaObjects;
import org.checkerframework.checker.mustcall.qual.InheritableMustCall;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A group of allocations that are given back together at the end of a try block, unless they are kept: for making something
 * of several objects, all or nothing.
 *
 * <pre>{@code
 * try (VkaScope scope = new VkaScope(vka)) {
 *     VkaObject tcb = orThrow(scope.tcb());
 *     VkaObject frame = orThrow(scope.smallPage()); // if it is refused, the TCB is given back
 *     scope.keep();
 *     return new Task(tcb, frame);
 * }
 * }</pre>
 *
 * <p>What is given back before, with the scope's {@link #free} and {@link #freeSlot}, is in the group no more. A scope of a
 * scope keeps what it keeps for the outer one.
 */
@InheritableMustCall("close")
public final class VkaScope extends ForwardingVka implements AutoCloseable {
    /** What was allocated and not given back, in that order: objects and slots. */
    private final List<Object> group = new ArrayList<>();

    /** Slots of the group that were kept with what is in them. */
    private final Set<CapPath> keptWithObjects = new HashSet<>();

    private boolean isClosed;

    /**
     * Begins a group.
     *
     * @param vka who does the work
     */
    public VkaScope(Vka vka) {
        super(vka);
    }

    /** Leaves all that was allocated so far with the caller: it is in the group no more. */
    public void keep() {
        group.clear();
    }

    /**
     * Leaves an object with the caller, and with it the slot that its capability is in, if that is of the group.
     *
     * @param object an object of the group
     * @throws IllegalArgumentException if it is not in the group
     */
    public void keep(VkaObject object) {
        Objects.requireNonNull(object, "object");
        leave(object);
        CapPath slot = path(object.cptr());
        if (group.remove(slot)) {
            keptWithObjects.add(slot);
        }
    }

    /**
     * Leaves a slot with the caller.
     *
     * @param slot a slot of the group, or one that was kept with an object
     * @throws IllegalArgumentException if it is neither
     */
    public void keep(CapPath slot) {
        Objects.requireNonNull(slot, "slot");
        if (!keptWithObjects.remove(slot)) {
            leave(slot);
        }
    }

    private void leave(Object what) {
        if (!group.remove(what)) {
            throw new IllegalArgumentException(what + " is not in this scope");
        }
    }

    /**
     * Gives the group back, what was allocated last first. If something is refused the rest is given back nevertheless; what
     * the kernel refused stays in the group, so that it can be closed again. Closing again is otherwise harmless.
     *
     * @throws VkaException if something is refused; further refusals are suppressed exceptions of it
     */
    @Override
    public void close() {
        isClosed = true;
        VkaException first = null;
        for (int i = group.size() - 1; i >= 0; i--) {
            if (holdsObject(group.get(i))) {
                continue;
            }
            VkaError error = giveBack(group.get(i)).getOrNull();
            if (error == null || error.reason() != VkaError.Reason.KERNEL_REFUSED) {
                group.remove(i);
            }
            if (error != null) {
                first = with(first, new VkaException(error));
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Whether it is a slot with an object of the group in it, which was just refused. */
    private boolean holdsObject(Object what) {
        return what instanceof CapPath slot
                && group.stream()
                        .anyMatch(other -> other instanceof VkaObject object
                                && path(object.cptr()).equals(slot));
    }

    private Option<VkaError> giveBack(Object what) {
        return what instanceof VkaObject object ? vka().free(object) : vka().freeSlot((CapPath) what);
    }

    private static VkaException with(@Nullable VkaException first, VkaException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    private void checkOpen() {
        if (isClosed) {
            throw new IllegalStateException("nothing is allocated in a scope that was closed");
        }
    }

    private <T extends Object> Either<VkaError, T> added(Either<VkaError, T> answer) {
        answer.forEach(group::add);
        return answer;
    }

    private Option<VkaError> removed(Option<VkaError> refusal, Object what) {
        if (refusal.isEmpty()) {
            group.remove(what);
        }
        return refusal;
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        checkOpen();
        return added(vka().allocate(type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        checkOpen();
        return added(vka().allocateAt(type, size, paddr));
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        checkOpen();
        return added(vka().allocateMaybeDevice(type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateInto(CapPath slot, ObjectType type, int size) {
        checkOpen();
        return added(vka().allocateInto(slot, type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateIntoAt(CapPath slot, ObjectType type, int size, long paddr) {
        checkOpen();
        return added(vka().allocateIntoAt(slot, type, size, paddr));
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        checkOpen();
        return added(vka().allocateSlot());
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        return removed(vka().free(object), object);
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        return removed(vka().freeSlot(slot), slot);
    }

    /** Objects that are never given back are in no group. */
    @Override
    public VkaObjects<CapPath> leaky() {
        return vka().leaky();
    }
}
