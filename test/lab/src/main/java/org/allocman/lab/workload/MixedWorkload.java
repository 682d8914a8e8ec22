package org.allocman.lab.workload;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/**
 * Objects of every kind come and go: endpoints, notifications, TCBs, CNodes, frames of all sizes, untypeds, and frames at
 * physical addresses. A refusal for want of memory, slots or book-keeping is part of the work: some objects are freed then.
 */
public final class MixedWorkload {
    private static final int AT_AN_ADDRESS = 12;
    private static final int UNTYPED_OR_LARGE_FRAME = 8;
    private static final int HUNDRED = 100;

    private final Vka vka;
    private final XorShift random;
    private final List<Untyped> untypeds;
    private final int mostLive;
    private final boolean frees;
    private final List<Aged> live = new ArrayList<>();
    private final Map<ObjectType, Integer> made = new TreeMap<>();
    private int madeAtAddress;
    private int freed;
    private int madeInAll;
    private boolean lastFreeWasRefused;
    private int peak;
    private final Map<VkaError.Reason, Integer> refused = new EnumMap<>(VkaError.Reason.class);

    /**
     * Prepares work.
     *
     * @param vka who does it
     * @param seed which sequence
     * @param untypeds what the machine has, to choose addresses from; may be empty
     * @param mostLive how many objects there are at most at one time, 1 or more
     */
    public MixedWorkload(Vka vka, long seed, List<Untyped> untypeds, int mostLive) {
        this(vka, seed, untypeds, mostLive, true);
    }

    /** An object, and how many were made before it. */
    private record Aged(VkaObject object, int age) {}

    private MixedWorkload(Vka vka, long seed, List<Untyped> untypeds, int mostLive, boolean frees) {
        this.vka = vka;
        this.random = new XorShift(seed);
        this.untypeds = List.copyOf(untypeds);
        this.mostLive = mostLive;
        this.frees = frees;
    }

    /**
     * Prepares work that frees nothing, for an allocator that takes nothing back.
     *
     * @param vka who does it
     * @param seed which sequence
     * @param untypeds what the machine has, to choose addresses from; may be empty
     * @return the work
     */
    public static MixedWorkload withoutFrees(Vka vka, long seed, List<Untyped> untypeds) {
        return new MixedWorkload(vka, seed, untypeds, Integer.MAX_VALUE, false);
    }

    /**
     * What was done.
     *
     * @param made objects made, by type
     * @param madeAtAddress how many of them at a physical address that was asked for
     * @param freed objects freed
     * @param peak most objects that were live at one time
     * @param refused requests that were refused, by reason
     */
    public record Summary(
            Map<ObjectType, Integer> made,
            int madeAtAddress,
            int freed,
            int peak,
            Map<VkaError.Reason, Integer> refused) {
        /**
         * Objects made in all.
         *
         * @return how many
         */
        public int madeInAll() {
            return made.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * Works until so many objects were made, or until refusals show that no more can be.
     *
     * @param objects how many
     * @param progress is told now and then how many were made
     * @throws IllegalStateException if the allocator refuses to free what it gave, unless it is the kernel that refuses, once
     */
    public void run(int objects, IntConsumer progress) {
        int count = 0;
        int refusedInARow = 0;
        while (count < objects && refusedInARow < HUNDRED) {
            if (frees && (live.size() >= mostLive || !live.isEmpty() && random.below(HUNDRED) < 40)) {
                freeOne();
                continue;
            }
            if (makeOne()) {
                count++;
                refusedInARow = 0;
                progress.accept(count);
            } else {
                refusedInARow++;
                for (int i = 0; frees && i < 4 && !live.isEmpty(); i++) {
                    freeOne();
                }
            }
        }
    }

    /** Frees everything that is still live, in a random order. */
    public void freeAll() {
        while (!live.isEmpty()) {
            freeOne();
        }
    }

    /**
     * Frees everything that is still live.
     *
     * @param order in which order
     */
    public void freeAll(FreeOrder order) {
        if (order == FreeOrder.RANDOM) {
            freeAll();
            return;
        }
        // the last one is freed first
        Comparator<Aged> byAge = Comparator.comparingInt(Aged::age);
        live.sort(order == FreeOrder.OLDEST_FIRST ? byAge.reversed() : byAge);
        while (!live.isEmpty()) {
            free(live.size() - 1);
        }
    }

    /**
     * The objects that are live.
     *
     * @return a copy
     */
    public List<VkaObject> live() {
        return live.stream().map(Aged::object).toList();
    }

    /**
     * How many objects are live.
     *
     * @return how many
     */
    public int liveCount() {
        return live.size();
    }

    /**
     * What was done so far.
     *
     * @return a summary
     */
    public Summary summary() {
        return new Summary(Map.copyOf(made), madeAtAddress, freed, peak, Map.copyOf(refused));
    }

    private boolean makeOne() {
        int draw = random.below(HUNDRED);
        if (draw < AT_AN_ADDRESS && !untypeds.isEmpty()) {
            return makeAtAddress();
        }
        return record(draw < AT_AN_ADDRESS + UNTYPED_OR_LARGE_FRAME ? untypedOrAnyFrame() : smallObject(), false);
    }

    private Either<VkaError, VkaObject> smallObject() {
        return switch (random.below(5)) {
            case 0 -> vka.endpoint();
            case 1 -> vka.notification();
            case 2 -> vka.tcb();
            case 3 -> vka.cnode(1 + random.below(6));
            default -> vka.allocate(vka.architecture().frames().get(0), 0);
        };
    }

    private Either<VkaError, VkaObject> untypedOrAnyFrame() {
        List<ObjectType> frames = vka.architecture().frames();
        return random.below(2) == 0
                ? vka.untyped(Architecture.MIN_UNTYPED_BITS + random.below(12))
                : vka.allocate(frames.get(random.below(frames.size())), 0);
    }

    private boolean makeAtAddress() {
        Untyped within = untypeds.get(random.below(untypeds.size()));
        ObjectType type = vka.architecture().frames().get(0);
        int bits = vka.architecture().sizeBits(type, 0);
        if (within.sizeBits() < bits) {
            return record(vka.allocateAt(ObjectType.UNTYPED, within.sizeBits(), within.paddr()), true);
        }
        long blocks = 1L << within.sizeBits() - bits;
        @PhysAddr long paddr = within.paddr() + (Long.remainderUnsigned(random.next(), blocks) << bits);
        return record(vka.allocateAt(type, 0, paddr), true);
    }

    private boolean record(Either<VkaError, VkaObject> answer, boolean atAddress) {
        if (answer.isLeft()) {
            refused.merge(answer.getLeft().reason(), 1, Integer::sum);
            return false;
        }
        live.add(new Aged(answer.get(), madeInAll));
        madeInAll++;
        peak = Math.max(peak, live.size());
        made.merge(answer.get().type(), 1, Integer::sum);
        madeAtAddress += atAddress ? 1 : 0;
        return true;
    }

    private void freeOne() {
        free(random.below(live.size()));
    }

    private void free(int index) {
        VkaError error = vka.free(live.get(index).object()).getOrNull();
        if (error != null) {
            keep(error);
            return;
        }
        lastFreeWasRefused = false;
        live.set(index, live.get(live.size() - 1));
        live.remove(live.size() - 1);
        freed++;
    }

    /** What the kernel would not let go is still live, and can be freed later; that happens once, not time and again. */
    private void keep(VkaError error) {
        if (error.reason() != VkaError.Reason.KERNEL_REFUSED || lastFreeWasRefused) {
            throw new IllegalStateException(error.toString());
        }
        lastFreeWasRefused = true;
        refused.merge(error.reason(), 1, Integer::sum);
    }
}
