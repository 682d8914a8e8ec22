package org.allocman.check.museum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.allocman.check.action.Outcome;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Requester;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.ObjectType;

/**
 * A list of objects that a system is to begin with, and an untyped into which they fit exactly if the largest come first. What
 * is under test is the order in which they are made.
 */
final class BuildRig extends Rig {
    private static final int MOST = 4;
    private static final List<ObjectType> TYPES = List.of(ObjectType.ENDPOINT, ObjectType.NOTIFICATION, ObjectType.TCB);

    private final UntypedManager manager;
    private final ToIntFunction<ObjectType> sizeForOrder;
    private final long bytes;

    /**
     * A rig.
     *
     * @param machine with one untyped
     * @param manager makes objects one behind the other
     * @param sizeForOrder how large a type is taken to be, in bits, when the list is put into order
     */
    @SuppressWarnings("nullness:argument") // a factory sees of it what a Rig has, and that is there
    BuildRig(PlainMachine machine, Function<BuildRig, UntypedManager> manager, ToIntFunction<ObjectType> sizeForOrder) {
        super(machine);
        this.manager = manager.apply(this);
        this.sizeForOrder = sizeForOrder;
        this.bytes = 1L << machine.bootInfo().untypeds().get(0).sizeBits();
        for (ObjectType type : TYPES) {
            add(
                    "want " + type.text(),
                    () -> wanted().size() < MOST && size() + (1L << architecture.sizeBits(type, 0)) <= bytes,
                    () -> {
                        memory.store64(word(wanted().size()), 0, type.index() + 1L);
                        return Outcome.DONE;
                    });
        }
    }

    private List<ObjectType> wanted() {
        List<ObjectType> wanted = new ArrayList<>();
        for (int i = 0; i < MOST && memory.load64(word(i), 0) != 0; i++) {
            wanted.add(ObjectType.values()[(int) memory.load64(word(i), 0) - 1]);
        }
        return wanted;
    }

    private long size() {
        return wanted().stream()
                .mapToLong(type -> 1L << architecture.sizeBits(type, 0))
                .sum();
    }

    @Override
    List<String> probe() {
        List<ObjectType> order = wanted();
        order.sort(Comparator.comparingInt(sizeForOrder).reversed());
        for (ObjectType type : order) {
            long handle = manager.allocate(
                    MemoryKind.KERNEL,
                    architecture.number(type),
                    0,
                    architecture.sizeBits(type, 0),
                    0,
                    Requester.CLIENT);
            if (handle < 0) {
                return List.of("what fits is made: " + size() + " of " + bytes
                        + " bytes are wanted, and there is no room for " + type.text());
            }
        }
        return List.of();
    }
}
