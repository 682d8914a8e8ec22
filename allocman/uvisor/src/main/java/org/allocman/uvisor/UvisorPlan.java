package org.allocman.uvisor;

import static org.allocman.uvisor.rules.Halt.hex;

import io.vavr.control.Either;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockGeometry.Range;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.box.BoxConfig;
import org.allocman.uvisor.box.BoxPlacement;
import org.allocman.uvisor.guard.AclTable;
import org.allocman.uvisor.rules.Halt;
import org.allocman.uvisor.rules.MpuKind;

/**
 * Where everything goes before anything runs: the boxes' static regions, then blocks up to the end of the memory.
 *
 * @param mpu the rules for regions
 * @param boxes the boxes, box 0 first
 * @param start the first byte
 * @param placement the boxes' regions
 * @param geometry the blocks
 */
public record UvisorPlan(
        MpuKind mpu, List<BoxSetup> boxes, @PhysAddr long start, BoxPlacement placement, BlockGeometry geometry) {
    /**
     * Keeps a copy of the list.
     *
     * @param mpu the rules for regions
     * @param boxes the boxes, box 0 first
     * @param start the first byte
     * @param placement the boxes' regions
     * @param geometry the blocks
     */
    public UvisorPlan {
        boxes = List.copyOf(boxes);
    }

    /**
     * Plans a system.
     *
     * @param mpu the rules for regions
     * @param boxes the boxes, box 0 first
     * @param range the RAM, and which part of it may be used
     * @param blockBytes size of a block
     * @param devices what the board has that boxes may be given; whatever it has, nobody is given RAM, or the registers of
     *     the processor and of its MPU
     * @return the plan, or why there is none: all contradictions in what boxes ask for
     */
    public static Either<Halt, UvisorPlan> of(
            MpuKind mpu, List<BoxSetup> boxes, Range range, @Bytes long blockBytes, List<AddressRange> devices) {
        return of(mpu, boxes, range, blockBytes, AddressMap.of(devices));
    }

    /**
     * Plans a system on a board that shows something more than once, or has what it gives to nobody.
     *
     * @param mpu the rules for regions
     * @param boxes the boxes, box 0 first
     * @param range the RAM, and which part of it may be used
     * @param blockBytes size of a block
     * @param map what the board has; a box is given none of its aliases, but what is seen there
     * @return the plan, or why there is none: all contradictions in what boxes ask for
     */
    public static Either<Halt, UvisorPlan> of(
            MpuKind mpu, List<BoxSetup> boxes, Range range, @Bytes long blockBytes, AddressMap map) {
        List<BoxConfig> configs = boxes.stream().map(BoxSetup::config).toList();
        Either<Halt, BoxPlacement> placed = BoxPlacement.of(mpu, configs, range.start(), range.end());
        if (placed.isLeft()) {
            return Either.left(placed.getLeft());
        }
        long acls = 0;
        for (BoxSetup box : boxes) {
            acls += box.acls().size() + 2L;
            for (BoxAcl acl : box.acls()) {
                String wrong = wrongRegion(mpu, acl);
                if (!wrong.isEmpty()) {
                    return Either.left(new Halt("box " + box.config().name() + " asks for " + acl.bytes() + " bytes at "
                            + hex(acl.start()) + ", " + wrong));
                }
            }
            if (box.mostBlocks() < 0 || box.mostBlocks() > BlockPool.NO_QUOTA) {
                return Either.left(
                        new Halt("box " + box.config().name() + " cannot have " + box.mostBlocks() + " blocks"));
            }
        }
        if (acls > AclTable.MOST) {
            return Either.left(new Halt("the boxes have " + acls + " regions together; the most is " + AclTable.MOST));
        }
        List<String> wrong = new AclRules(mpu, boxes, range, placed.get(), map).contradictions();
        if (!wrong.isEmpty()) {
            return Either.left(new Halt(String.join("; ", wrong)));
        }
        // also where the MPU does not ask for it: a block that is a power of two is one untyped then, others are a few
        // alike
        long grain = Math.max(1, Long.lowestOneBit(blockBytes));
        long from = (placed.get().end() + grain - 1) & -grain;
        Range rest = new Range(range.sramStart(), range.sramEnd(), Math.min(from, range.end()), range.end());
        long most = (range.end() - range.start()) / Math.max(1, blockBytes);
        return BlockGeometry.of(mpu, rest, blockBytes, (int) Math.min(most, Integer.MAX_VALUE / 2))
                .map(geometry -> new UvisorPlan(mpu, boxes, range.start(), placed.get(), geometry));
    }

    /** Why an ACL can be no region of the MPU, or nothing. */
    private static String wrongRegion(MpuKind mpu, BoxAcl acl) {
        long end = 1L << 32;
        if (acl.bytes() <= 0) {
            return "which is nothing";
        }
        if (acl.start() < 0 || acl.start() > end - acl.bytes()) {
            return "which reaches beyond 2^32";
        }
        return mpu.isRegionSize(acl.bytes()) && mpu.roundUp(acl.start(), acl.bytes()) == acl.start()
                ? ""
                : "and no region of the MPU is that: one of " + mpu.text() + " has " + mpu.sizes()
                        + ", at a multiple of " + (mpu.hasEighths() ? "its size" : MpuKind.GRAIN);
    }
}
