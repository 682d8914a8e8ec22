package org.allocman.vka.wrap;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.allocman.vka.Architecture;
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
public final class DebugVka implements Vka {
    private static final String OWN_PACKAGE = DebugVka.class.getPackageName();
    private static final String PORTS_PACKAGE = Vka.class.getPackageName();

    private final Vka vka;
    private final Map<Long, Allocation> live = new LinkedHashMap<>();
    private final Map<Long, Allocation> freed = new HashMap<>();
    private final Map<CapPath, Allocation> slots = new LinkedHashMap<>();
    private long operations;

    /**
     * An allocation that has not been given back, or was.
     *
     * @param what the object or slot
     * @param operation the how-manieth operation on this allocator it was, from 1
     * @param by the code that asked for it
     */
    public record Allocation(String what, long operation, String by) {
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
        this.vka = vka;
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
     * What is live, as a table for people: a line each, empty if there is none.
     *
     * @return the report
     */
    public String leakReport() {
        StringBuilder report = new StringBuilder();
        int width = live().stream()
                .mapToInt(allocation -> allocation.what.length())
                .max()
                .orElse(0);
        for (Allocation allocation : live()) {
            report.append(String.format(
                    "%-" + width + "s  operation %6d  %s%n", allocation.what, allocation.operation, allocation.by));
        }
        return report.toString();
    }

    @Override
    public Architecture architecture() {
        return vka.architecture();
    }

    @Override
    public Either<VkaError, VkaObject> allocate(ObjectType type, int size) {
        return remember(vka.allocate(type, size));
    }

    @Override
    public Either<VkaError, VkaObject> allocateAt(ObjectType type, int size, long paddr) {
        return remember(vka.allocateAt(type, size, paddr));
    }

    @Override
    public Either<VkaError, VkaObject> allocateMaybeDevice(ObjectType type, int size) {
        return remember(vka.allocateMaybeDevice(type, size));
    }

    private Either<VkaError, VkaObject> remember(Either<VkaError, VkaObject> answer) {
        operations++;
        if (answer.isRight()) {
            VkaObject object = answer.get();
            freed.remove(object.handle());
            live.put(object.handle(), new Allocation(object.toString(), operations, caller()));
        }
        return answer;
    }

    @Override
    public Option<VkaError> free(VkaObject object) {
        Option<VkaError> bad = useAfterFree(object);
        if (bad.isDefined()) {
            return bad;
        }
        Option<VkaError> answer = vka.free(object);
        operations++;
        if (answer.isEmpty()) {
            Allocation allocation = live.remove(object.handle());
            if (allocation != null) {
                freed.put(object.handle(), new Allocation(allocation.toString(), operations, caller()));
            }
        }
        return answer;
    }

    @Override
    public Either<VkaError, Long> physicalAddress(VkaObject object) {
        Option<VkaError> bad = useAfterFree(object);
        return bad.isDefined() ? Either.left(bad.get()) : vka.physicalAddress(object);
    }

    private Option<VkaError> useAfterFree(VkaObject object) {
        @Nullable Allocation before = freed.get(object.handle());
        return before == null
                ? Option.none()
                : Option.some(new VkaError(
                        VkaError.Reason.STALE_HANDLE,
                        "the " + before.what + " was given back before, operation " + before.operation + " by "
                                + before.by));
    }

    @Override
    public CapPath path(long cptr) {
        return vka.path(cptr);
    }

    @Override
    public Either<VkaError, CapPath> allocateSlot() {
        Either<VkaError, CapPath> answer = vka.allocateSlot();
        operations++;
        answer.forEach(slot -> slots.put(slot, new Allocation("slot " + slot, operations, caller())));
        return answer;
    }

    @Override
    public Option<VkaError> freeSlot(CapPath slot) {
        Option<VkaError> answer = vka.freeSlot(slot);
        operations++;
        if (answer.isEmpty()) {
            slots.remove(slot);
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
