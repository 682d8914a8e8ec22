package org.allocman.cli.uvisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.allocman.uvisor.BoxSetup;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.uvisor.block.BlockPool;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a run did, as {@code --json} prints it. Sizes are in bytes.
 *
 * @param board the board's name
 * @param mpu the rules for regions
 * @param mpuRegions how many regions the MPU has
 * @param alone whether there is no kernel and no manager beneath
 * @param blockBytes size of a block
 * @param blocks how many there are
 * @param metadataBytes size of the book-keeping
 * @param boxes where the boxes are
 * @param before the blocks before the update
 * @param during the blocks while the update thread runs; none if there is no update
 * @param after the blocks when it has ended; none if there is no update
 * @param update what the update took; null if no box can play it
 * @param leftOut what of the story these boxes cannot play, and why
 * @param work what the mixed work did
 * @param invariants what was checked
 * @param allFree whether in the end every block was free
 * @param wholeAgain whether in the end the manager had every untyped back
 */
record UvisorReport(
        String board,
        String mpu,
        int mpuRegions,
        boolean alone,
        long blockBytes,
        int blocks,
        long metadataBytes,
        List<Box> boxes,
        List<Block> before,
        List<Block> during,
        List<Block> after,
        @Nullable Update update,
        List<String> leftOut,
        Work work,
        Invariants invariants,
        boolean allFree,
        boolean wholeAgain) {
    /**
     * A box.
     *
     * @param name what it is called
     * @param start first byte of its region
     * @param bytes size of its region
     * @param data size of its data
     * @param stackPointer where its stack begins
     * @param quota the most blocks it may own; negative for any number
     */
    record Box(String name, long start, long bytes, long data, long stackPointer, long quota) {
        static List<Box> of(UvisorPlan plan) {
            return plan.placement().regions().stream()
                    .map(region -> {
                        BoxSetup box = plan.boxes().get(region.box());
                        return new Box(
                                box.config().name(),
                                region.base(),
                                region.bytes(),
                                region.dataBytes(),
                                region.stackPointer(),
                                box.mostBlocks() == BlockPool.NO_QUOTA ? -1 : box.mostBlocks());
                    })
                    .toList();
        }
    }

    /**
     * A block.
     *
     * @param start its first byte
     * @param use {@code arena}, {@code stack}, {@code box}, {@code free} or {@code nobody}
     * @param box the box that owns it, or null
     */
    record Block(long start, String use, @Nullable String box) {
        static List<Block> of(Uvisor uvisor) {
            List<Block> blocks = new ArrayList<>();
            BlockPool pool = uvisor.pool();
            int count = pool.geometry().count();
            for (int block = 0; block < count; block++) {
                int owner = pool.owner(block);
                String use = block < uvisor.topLevel().arenaBlocks()
                        ? "arena"
                        : block >= count - uvisor.topLevel().stackBlocks()
                                ? "stack"
                                : owner != BlockPool.NONE ? "box" : pool.isInside(block) ? "free" : "nobody";
                String name = owner == BlockPool.NONE
                        ? null
                        : uvisor.plan().boxes().get(owner).config().name();
                blocks.add(new Block(pool.geometry().addressOf(block), use, name));
            }
            return blocks;
        }
    }

    /**
     * The update.
     *
     * @param box whose thread it was
     * @param blocks how many blocks its heap had
     * @param pieces into how many stretches of memory they fell
     * @param imageBytes how much was loaded into it
     * @param freedAgain whether all of them were free when it had ended
     */
    record Update(String box, int blocks, int pieces, long imageBytes, boolean freedAgain) {}

    /**
     * The mixed work.
     *
     * @param steps how many steps
     * @param seed of the work
     * @param done what was done, by kind
     * @param refused what could not be done, by kind
     * @param denied accesses to other boxes' memory that were denied
     * @param faults faults in blocks that were swapped in
     * @param wrong what went wrong
     */
    record Work(
            int steps,
            String seed,
            Map<String, Integer> done,
            Map<String, Integer> refused,
            int denied,
            long faults,
            List<String> wrong) {}

    /**
     * What was checked.
     *
     * @param times how often
     * @param broken what did not hold
     */
    record Invariants(int times, List<String> broken) {}

    boolean isGood() {
        return invariants.broken.isEmpty()
                && work.wrong.isEmpty()
                && (update == null || update.freedAgain)
                && allFree
                && wholeAgain;
    }
}
