package org.allocman.vka.wrap;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Remembers who allocated what, and when, and who gave it back: for finding leaks, double frees and uses after a free. The
 * book is kept on the Java heap, so that the allocator behind it behaves as without it.
 */
public final class DebugVka extends ForwardingVka {
    private static final String OWN_PACKAGE = DebugVka.class.getPackageName();
    private static final String PORTS_PACKAGE = Vka.class.getPackageName();

    private static final String LEAKED = "still allocated";

    private final Map<Long, Allocation> live = new LinkedHashMap<>();
    private final Map<Long, Allocation> freed = new HashMap<>();
    private final Map<CapPath, Allocation> slots = new LinkedHashMap<>();
    private final Map<CapPath, Allocation> freedSlots = new HashMap<>();
    private long operations;

    /**
     * An allocation that has not been given back, or was.
     *
     * @param what the object or slot
     * @param operation the number of the operation on this allocator, counted from 1
     * @param by the code that asked for it
     * @param object the object; null for a slot
     */
    public record Allocation(
            String what,
            long operation,
            String by,
            @Nullable VkaObject object) {
        @Override
        public String toString() {
            return what + ", operation " + operation + " by " + by;
        }
    }

    /**
     * Stands before an allocator.
     *
     * @param vka who does the work
     */
    public DebugVka(Vka vka) {
        super(vka);
    }

    /**
     * What is live, in the order it was allocated.
     *
     * @return a snapshot
     */
    public List<Allocation> live() {
        List<Allocation> all = new ArrayList<>(live.values());
        all.addAll(slots.values());
        return all;
    }

    /**
     * What is live, as a table for people: a line of heads, then a line each; empty if nothing is live.
     *
     * @return the report
     */
    public String leakReport() {
        List<Allocation> all = live();
        if (all.isEmpty()) {
            return "";
        }
        int width = all.stream()
                .mapToInt(allocation -> allocation.what.length())
                .max()
                .orElse(0);
        String form = "%-" + Math.max(width, LEAKED.length()) + "s  %9s  %s%n";
        StringBuilder report = new StringBuilder(String.format(form, LEAKED, "operation", "allocated by"));
        for (Allocation allocation : all) {
            report.append(String.format(form, allocation.what, allocation.operation, allocation.by));
        }
        return report.toString();
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        return remember(vka().allocate(type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        return remember(vka().allocateAt(type, size, paddr));
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        return remember(vka().allocateMaybeDevice(type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateInto(CapPath slot, ObjectType type, int size) {
        return remember(vka().allocateInto(slot, type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateIntoAt(CapPath slot, ObjectType type, int size, long paddr) {
        return remember(vka().allocateIntoAt(slot, type, size, paddr));
    }

    private Either<VkaError, VkaObject> remember(Either<VkaError, VkaObject> answer) {
        operations++;
        if (answer.isRight()) {
            VkaObject object = answer.get();
            freed.remove(object.handle());
            live.put(object.handle(), new Allocation(object.toString(), operations, caller(), object));
        }
        return answer;
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        Option<VkaError> bad = misuse(object);
        if (bad.isDefined()) {
            return bad;
        }
        Option<VkaError> answer = vka().free(object).map(error -> neverGiven(object, error));
        operations++;
        if (answer.isEmpty()) {
            Allocation allocation = live.remove(object.handle());
            if (allocation != null) {
                freed.put(object.handle(), new Allocation(allocation.toString(), operations, caller(), object));
            }
        }
        return answer;
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        Option<VkaError> bad = misuse(object);
        return bad.isDefined()
                ? Either.left(bad.get())
                : vka().physicalAddress(object).mapLeft(error -> neverGiven(object, error));
    }

    /** Used after it was given back, or not what was given out under that handle. */
    private Option<VkaError> misuse(VkaObject object) {
        @Nullable Allocation before = freed.get(object.handle());
        if (before != null) {
            return Option.some(givenBack(before));
        }
        @Nullable Allocation given = live.get(object.handle());
        return given == null || Objects.equals(object, given.object)
                ? Option.none()
                : Option.some(new VkaError(
                        VkaError.Reason.FOREIGN_HANDLE, "the " + object + " has the handle of the " + given));
    }

    /** An allocator cannot tell for ever what it never gave out from what was given back; this book can. */
    private VkaError neverGiven(VkaObject object, VkaError error) {
        return error.reason() == VkaError.Reason.STALE_HANDLE && !live.containsKey(object.handle())
                ? new VkaError(
                        VkaError.Reason.FOREIGN_HANDLE,
                        "the " + object + " was never given out since this allocator is watched")
                : error;
    }

    private static VkaError givenBack(Allocation before) {
        return new VkaError(
                VkaError.Reason.STALE_HANDLE,
                "the " + before.what + " was given back before, operation " + before.operation + " by " + before.by);
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        Either<VkaError, CapPath> answer = vka().allocateSlot();
        operations++;
        answer.forEach(slot -> {
            freedSlots.remove(slot);
            slots.put(slot, new Allocation("slot " + slot, operations, caller(), null));
        });
        return answer;
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        @Nullable Allocation before = freedSlots.get(slot);
        if (before != null) {
            return Option.some(givenBack(before));
        }
        Option<VkaError> answer = vka().freeSlot(slot);
        operations++;
        if (answer.isEmpty()) {
            Allocation allocation = slots.remove(slot);
            if (allocation != null) {
                freedSlots.put(slot, new Allocation(allocation.toString(), operations, caller(), null));
            }
        }
        return answer;
    }

    private static String caller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !isOurs(frame.getClassName()))
                        .findFirst()
                        .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                        .orElse("unknown"));
    }

    private static boolean isOurs(String className) {
        String name = className.substring(0, Math.max(0, className.lastIndexOf('.')));
        return name.equals(OWN_PACKAGE) || name.equals(PORTS_PACKAGE) || name.startsWith("io.vavr");
    }
}
