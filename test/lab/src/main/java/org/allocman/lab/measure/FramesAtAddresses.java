package org.allocman.lab.measure;

import static org.allocman.vka.PageSize.PAGE_BITS;

import org.allocman.lab.machine.PlainMachine;
import org.allocman.lab.workload.XorShift;
import org.allocman.manager.Allocman;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.ObjectType;

/** addresses: frames at random addresses in device untypeds of 64 KiB, some of the other frames being taken. */
public final class FramesAtAddresses {
    private static final long SEED = 0x853C_49E6_748F_EA9BL;
    private static final @PhysAddr long FIRST = 1L << 38;
    private static final long APART = 0x2_0000;
    private static final int UNTYPED_BITS = 16;
    private static final int FRAMES_IN_UNTYPED = 1 << UNTYPED_BITS - PAGE_BITS;

    private static final @PhysAddr long MEMORY = 1L << 32;
    private static final int MEMORY_BITS = 20;
    private static final int HUNDRED = 100;

    private final Allocman allocman;
    private final XorShift random = new XorShift(SEED);
    private final boolean[] taken;

    /**
     * A machine for it.
     *
     * @param untypeds how many device untypeds
     * @return the machine; it has a little normal memory, too
     */
    public static PlainMachine machine(int untypeds) {
        PlainMachine.Builder builder =
                MeasuredMachine.roomFor((long) untypeds * FRAMES_IN_UNTYPED).untyped(MEMORY, MEMORY_BITS, false);
        for (int i = 0; i < untypeds; i++) {
            builder.untyped(FIRST + i * APART, UNTYPED_BITS, true);
        }
        return builder.build();
    }

    /**
     * Takes some of the frames.
     *
     * @param allocman who does the work
     * @param untypeds how many device untypeds there are
     * @param percent how much of them is to be taken, 0 to 99
     */
    public FramesAtAddresses(Allocman allocman, int untypeds, int percent) {
        this.allocman = allocman;
        this.taken = new boolean[untypeds * FRAMES_IN_UNTYPED];
        int wanted = (int) ((long) taken.length * percent / HUNDRED);
        for (int count = 0; count < wanted; ) {
            int frame = random.below(taken.length);
            if (!taken[frame]) {
                take(frame);
                taken[frame] = true;
                count++;
            }
        }
    }

    /**
     * Makes a frame at a random address that is free, and frees it, so many times.
     *
     * @param pairs how often
     */
    public void pairs(int pairs) {
        for (int i = 0; i < pairs; ) {
            int frame = random.below(taken.length);
            if (!taken[frame]) {
                NativeAnswers.good(allocman.free(take(frame)));
                i++;
            }
        }
    }

    private long take(int frame) {
        @PhysAddr long untyped = FIRST + frame / FRAMES_IN_UNTYPED * APART;
        @PhysAddr long paddr = untyped + ((long) (frame % FRAMES_IN_UNTYPED) << PAGE_BITS);
        return NativeAnswers.handle(allocman.allocateAt(ObjectType.SMALL_PAGE, 0, paddr, 0));
    }
}
