package org.allocman.view.recording;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;
import org.allocman.resource.ResourceType;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.TopLevel;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.XousPages;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Equal pieces of memory, each of which belongs to somebody. They are numbered from 0, through all stretches.
 *
 * @param title what a picture of them is called
 * @param piece what one is called
 * @param bytes size of one
 * @param stretches where they are
 * @param owner who owns a piece now; {@link #NOBODY} is nobody, and what is negative has no owner either
 * @param name what an owner is called
 */
public record Cells(
        String title,
        String piece,
        @Bytes long bytes,
        List<Stretch> stretches,
        IntUnaryOperator owner,
        IntFunction<String> name) {
    /** The owner of what nobody owns. */
    public static final int NOBODY = 0;

    // of a resource type, where that number is an owner like others
    private static final int OWNER_ZERO = Integer.MAX_VALUE;

    private static final int FREE = -1;
    private static final int ARENA = 1;
    private static final int STACK = 2;
    private static final int FIRST_BOX = 3;

    /**
     * Pieces in a row.
     *
     * @param name what is there
     * @param start physical address of the first
     * @param count how many
     */
    public record Stretch(String name, @PhysAddr long start, int count) {}

    /**
     * The pages of Xous.
     *
     * @param allocations whose each is
     * @return pages, each with its process as its owner
     */
    public static Cells pages(PageAllocations allocations) {
        return of("Pages by process", new XousPages(allocations));
    }

    /**
     * The units of a resource type.
     *
     * @param title what a picture of them is called
     * @param type the type
     * @return its units, each with its owner
     */
    public static Cells of(String title, ResourceType type) {
        return new Cells(
                title,
                type.unitName(),
                type.unitBytes(),
                type.stretches().stream()
                        .map(stretch -> new Stretch(stretch.name(), stretch.start(), (int) stretch.count()))
                        .toList(),
                unit -> number(type.owner(unit)),
                number -> type.ownerName(number == NOBODY ? ResourceType.NOBODY : number == OWNER_ZERO ? 0 : number));
    }

    private static int number(int owner) {
        return owner == ResourceType.NOBODY ? NOBODY : owner == 0 ? OWNER_ZERO : owner;
    }

    /**
     * The blocks of uVisor.
     *
     * @param pool whose each is
     * @param around arena and stack, or null if there are none
     * @param box what a box is called
     * @return blocks, each with its box, or what else it is used for, as its owner
     */
    public static Cells blocks(BlockPool pool, @Nullable TopLevel around, IntFunction<String> box) {
        int count = pool.geometry().count();
        return new Cells(
                "Blocks by box",
                "block",
                pool.geometry().blockBytes(),
                List.of(new Stretch("blocks", pool.geometry().start(), count)),
                block -> use(pool, around, block),
                use -> switch (use) {
                    case NOBODY -> "nobody's yet";
                    case FREE -> "free in the pool";
                    case ARENA -> "the arena";
                    case STACK -> "the stack";
                    default -> box.apply(use - FIRST_BOX);
                });
    }

    private static int use(BlockPool pool, @Nullable TopLevel around, int block) {
        if (around != null && block < around.arenaBlocks()) {
            return ARENA;
        }
        if (around != null && block >= pool.geometry().count() - around.stackBlocks()) {
            return STACK;
        }
        int owner = pool.owner(block);
        return owner != BlockPool.NONE ? FIRST_BOX + owner : pool.isInside(block) ? FREE : NOBODY;
    }

    /** How many pieces there are. */
    int count() {
        return stretches.stream().mapToInt(Stretch::count).sum();
    }
}
