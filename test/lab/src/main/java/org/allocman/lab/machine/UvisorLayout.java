package org.allocman.lab.machine;

import io.vavr.control.Either;
import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.uvisor.AddressRange;
import org.allocman.uvisor.UvisorMetadata;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.rules.Halt;
import org.allocman.vka.Mpu;
import org.allocman.vka.Rounding;

/**
 * Where uVisor's metadata lies, and everything else.
 *
 * @param plan the boxes and the blocks
 * @param mpuRegions how many regions the MPU has
 * @param metadata where the metadata is, in memory of its own
 * @param end one past the last byte that was to be had for boxes and blocks
 */
public record UvisorLayout(
        UvisorPlan plan,
        int mpuRegions,
        AddressRange metadata,
        @PhysAddr long end) {
    private static final long GRAIN = 256;
    private static final int ROUNDS = 4;

    /** Makes a plan of the memory that there is for boxes and blocks. */
    @FunctionalInterface
    interface Planner {
        Either<Halt, UvisorPlan> plan(BlockGeometry.Range range);
    }

    /**
     * The bytes of the metadata.
     *
     * @return a number of bytes
     */
    public long metadataBytes() {
        return Stretches.bytes(metadata);
    }

    /** Where each field of the metadata is. */
    UvisorMetadata fields(PagedMemory words) {
        return UvisorMetadata.at(plan, MpuUnit.of(words, plan.mpu(), mpuRegions), metadata.start());
    }

    /**
     * Lays a system out: boxes and blocks in the longest stretch, the books in the smallest of the others that holds them, or
     * else in front of the boxes.
     */
    static Either<Halt, UvisorLayout> of(
            List<AddressRange> ram, List<AddressRange> stretches, Mpu mpu, Planner planner) {
        AddressRange longest = Stretches.longest(stretches);
        BlockGeometry.Range whole = Stretches.within(ram, longest);
        Either<Halt, UvisorPlan> first = planner.plan(whole);
        if (first.isLeft()) {
            return Either.left(first.getLeft());
        }
        long bytes = bytes(first.get(), mpu);
        // a power of two at a multiple of its size is one untyped, and takes no further records of a manager's
        long block = Long.highestOneBit(bytes - 1) << 1;
        AddressRange best = longest;
        for (AddressRange other : stretches) {
            boolean holds = Rounding.up(other.start(), block) + block <= other.end();
            boolean isFirst = best.equals(longest);
            if (!other.equals(longest) && holds && (isFirst || Stretches.bytes(other) < Stretches.bytes(best))) {
                best = other;
            }
        }
        if (!best.equals(longest)) {
            long start = Rounding.up(best.start(), block);
            return Either.right(
                    new UvisorLayout(first.get(), mpu.regions(), new AddressRange(start, start + block), whole.end()));
        }
        return inFront(whole, mpu, first.get(), planner);
    }

    /** The books take memory from the blocks, and fewer blocks have smaller books. */
    private static Either<Halt, UvisorLayout> inFront(
            BlockGeometry.Range whole, Mpu mpu, UvisorPlan widest, Planner planner) {
        long start = Rounding.up(whole.start(), GRAIN);
        UvisorPlan plan = widest;
        long reserved = bytes(plan, mpu);
        Either<Halt, UvisorLayout> found = Either.left(new Halt("the books of a system of boxes take " + reserved
                + " bytes, and there are " + Math.max(0, whole.end() - start)));
        for (int round = 0; round < ROUNDS && start + reserved < whole.end(); round++) {
            Either<Halt, UvisorPlan> next = planner.plan(
                    new BlockGeometry.Range(whole.sramStart(), whole.sramEnd(), start + reserved, whole.end()));
            if (next.isLeft()) {
                return found.isRight() ? found : Either.left(next.getLeft());
            }
            long bytes = bytes(next.get(), mpu);
            if (bytes > reserved) {
                return found;
            }
            found = Either.right(
                    new UvisorLayout(next.get(), mpu.regions(), new AddressRange(start, start + bytes), whole.end()));
            reserved = bytes;
        }
        return found;
    }

    private static long bytes(UvisorPlan plan, Mpu mpu) {
        return Rounding.up(UvisorMetadata.bytes(plan, mpu), GRAIN);
    }
}
