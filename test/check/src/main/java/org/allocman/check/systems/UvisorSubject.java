package org.allocman.check.systems;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.allocman.check.action.Action;
import org.allocman.check.action.Outcome;
import org.allocman.check.action.Subject;
import org.allocman.check.action.SubjectRule;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.uvisor.block.ActiveBlocks;
import org.allocman.uvisor.block.BlockGeometry;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.block.BlockSource;
import org.allocman.uvisor.block.PageCalls;
import org.allocman.uvisor.block.PageTable;
import org.allocman.uvisor.block.TopLevel;
import org.allocman.uvisor.rules.MpuKind;
import org.allocman.uvisor.rules.PageError;
import org.allocman.vka.Memory;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * uVisor's pool of blocks with three boxes, and the arena and the stack around it: every way in which blocks are taken, given
 * back, written to and fought for.
 */
public final class UvisorSubject implements Subject {
    /** As many blocks as one octet of bits has. */
    static final int MOST_BLOCKS = 8;

    private static final int BOXES = 3;
    private static final long BLOCK = BlockGeometry.SMALLEST_BLOCK;
    private static final long TABLE = PAGE / 2;
    private static final long TABLE_BYTES = 16;
    private static final long ADDRESSES = 1L << 32;
    private static final int QUOTA = 2;
    private static final int LAST_WORD = (int) BLOCK - Long.BYTES;

    private final PhysicalMemory physical;
    private final Memory memory;
    private final BlockGeometry geometry;
    private final BlockPool pool;
    private final TopLevel level;
    private final ActiveBlocks active;
    private final PageCalls calls;
    private final long table;
    private final List<Action> actions = new ArrayList<>();

    /**
     * A pool at the start, without blocks of its own.
     *
     * @param board the board; the blocks lie in its largest RAM
     * @param blocks how many there are, 2 to 8
     * @throws BootFailure if the RAM is too small
     */
    public UvisorSubject(Board board, int blocks) throws BootFailure {
        if (blocks < 2 || blocks > MOST_BLOCKS) {
            throw new IllegalArgumentException("2 to " + MOST_BLOCKS + " blocks, not " + blocks);
        }
        Region ram = board.regions(Region.Kind.RAM).stream()
                .max(Comparator.comparingLong(Region::size))
                .orElseThrow(() -> new BootFailure("the board has no RAM", 0));
        long need = MOST_BLOCKS * BLOCK + PAGE;
        if (ram.end() > ADDRESSES) {
            throw new BootFailure("uVisor's addresses have 32 bits; the RAM reaches beyond", 0);
        }
        if (ram.size() < need) {
            throw new BootFailure("the RAM has fewer than " + need + " bytes", need - ram.size());
        }
        long start = ram.start() + PAGE;
        BlockGeometry.Range range = new BlockGeometry.Range(ram.start(), ram.end(), start, start + blocks * BLOCK);
        this.geometry = BlockGeometry.of(MpuKind.ARMV7M, range, BLOCK, blocks)
                .getOrElseThrow(halt -> new BootFailure(halt.toString(), 0));
        this.physical = new PhysicalMemory(List.of(new PhysicalMemory.Extent(ram.start(), ram.end() - 1)));
        this.memory = physical.words();
        this.pool = new BlockPool(memory, geometry, BlockSource.ALWAYS_THERE, BOXES, ram.start());
        this.level = new TopLevel(memory, pool, ram.start() + TABLE - Long.BYTES);
        this.active = new ActiveBlocks(pool);
        this.calls = new PageCalls(pool);
        this.table = ram.start() + TABLE;
        pool.initialiseEmpty();
        level.initialise();
        for (int box = 0; box < BOXES; box++) {
            addBox(box);
        }
        addTopLevel();
    }

    /**
     * Whose each block is.
     *
     * @return the pool
     */
    public BlockPool pool() {
        return pool;
    }

    /**
     * Who has the blocks around the pool.
     *
     * @return arena and stack
     */
    public TopLevel level() {
        return level;
    }

    private void add(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        actions.add(Action.of(name, enabled, work));
    }

    private void give(String name, BooleanSupplier enabled, Supplier<Outcome> work) {
        actions.add(Action.givingBack(name, enabled, work));
    }

    private void addBox(int box) {
        String who = "box " + box + " ";
        add(who + "takes a block", () -> true, () -> take(box, 1, () -> pool.take(box)));
        add(who + "takes a run of 2", () -> true, () -> takeWhatFits(box, 2, () -> pool.takeRun(box, 2)));
        add(who + "takes 2 by table", () -> true, () -> takeByTable(box));
        add(who + "may have " + QUOTA, () -> pool.owned(box) <= QUOTA && pool.quota(box) != QUOTA, () -> {
            pool.setQuota(box, QUOTA);
            return Outcome.DONE;
        });
        for (int i = 0; i < geometry.count(); i++) {
            int block = i;
            int next = (i + 1) % geometry.count();
            BooleanSupplier isUsed = () -> pool.owner(block) != BlockPool.NONE;
            BooleanSupplier isOwn = () -> pool.owner(block) == box;
            add(
                    who + "takes block " + i,
                    () -> true,
                    () -> takeWhatFits(box, 1, () -> pool.takeAt(box, block) ? block : BlockPool.NONE));
            give(who + "gives block " + i + " back", isUsed, () -> giveBack(box, block));
            add(
                    who + "gives blocks " + i + " and " + next + " back by table",
                    isOwn,
                    () -> giveBackByTable(box, block, next));
            add(who + "writes to block " + i, isOwn, () -> {
                memory.store64(geometry.addressOf(block), LAST_WORD, 1);
                return Outcome.DONE;
            });
        }
    }

    private void addTopLevel() {
        add("the arena grows by a block", () -> true, () -> answer(level.sbrk(BLOCK) != TopLevel.REFUSED));
        add(
                "the arena shrinks by a block",
                () -> level.arenaBlocks() > 0,
                () -> answer(level.sbrk(-BLOCK) != TopLevel.REFUSED));
        add("the stack grows by a block", () -> true, () -> answer(level.growStack(level.stackBottom() - 1)));
        give("trim", () -> true, () -> {
            pool.trim();
            return Outcome.DONE;
        });
    }

    private static Outcome answer(boolean isDone) {
        return isDone ? Outcome.DONE : Outcome.refused("refused");
    }

    private boolean mayHave(int box, int count) {
        return pool.available() >= count && pool.quota(box) - pool.owned(box) >= count;
    }

    /** A call that has to succeed as long as there are blocks and the quota is not used up. */
    private Outcome take(int box, int count, IntSupplier call) {
        boolean may = mayHave(box, count);
        Outcome outcome = takeWhatFits(box, count, call);
        return may && outcome.refused()
                ? Outcome.wrong(outcome.answer(), "refusals are true: a block is free and the quota is not used up")
                : outcome;
    }

    /** A call that may be refused because what is free is not where it is wanted. */
    private Outcome takeWhatFits(int box, int count, IntSupplier call) {
        boolean may = mayHave(box, count);
        long unused = unused();
        int first = call.getAsInt();
        if (first == BlockPool.NONE) {
            return Outcome.refused("refused");
        }
        if (!may) {
            return Outcome.wrong("block " + first, "quota: box " + box + " got more than it may have");
        }
        for (int block = first; block < first + count; block++) {
            String wrong = given(box, block, unused);
            if (wrong != null) {
                return Outcome.wrong("block " + first, wrong);
            }
        }
        return Outcome.DONE;
    }

    /** The blocks that nobody uses, a bit each. */
    private long unused() {
        long unused = 0;
        for (int block = 0; block < geometry.count(); block++) {
            unused |= pool.owner(block) == BlockPool.NONE ? 1L << block : 0;
        }
        return unused;
    }

    /** What is wrong with a block that was just handed out. */
    private @Nullable String given(int box, int block, long unused) {
        if ((unused >>> block & 1) == 0) {
            return "one owner: block " + block + " was in use and was handed out again";
        }
        if (pool.owner(block) != box) {
            return "one owner: block " + block + " was handed to box " + box + " and is not its own";
        }
        return isClear(block) ? null : "isolation: block " + block + " was handed out with somebody's data";
    }

    private boolean isClear(int block) {
        return memory.load64(geometry.addressOf(block), LAST_WORD) == 0;
    }

    private Outcome takeByTable(int box) {
        boolean may = mayHave(box, 2);
        long unused = unused();
        fill(0, 0);
        PageError error = calls.malloc(box, memory, table);
        int one = geometry.blockAt(PageTable.origin(memory, table, 0));
        int other = geometry.blockAt(PageTable.origin(memory, table, 1));
        memory.clear(table, TABLE_BYTES);
        if (error != PageError.OK) {
            return may ? Outcome.wrong(error, "refusals are true: two blocks are free") : Outcome.refused(error);
        }
        String wrong = given(box, one, unused);
        if (wrong == null) {
            wrong = one == other ? "one owner: one block was handed out twice" : given(box, other, unused);
        }
        return wrong == null ? Outcome.DONE : Outcome.wrong(error, wrong);
    }

    private void fill(long one, long other) {
        PageTable.BLOCK_BYTES.set(memory, table, (int) BLOCK);
        PageTable.COUNT.set(memory, table, 2);
        PageTable.setOrigin(memory, table, 0, one);
        PageTable.setOrigin(memory, table, 1, other);
    }

    private boolean mayGiveBack(int box, int block) {
        return pool.owner(block) == box && pool.isInside(block);
    }

    private Outcome giveBack(int box, int block) {
        return judged(mayGiveBack(box, block), pool.giveBack(box, geometry.addressOf(block)));
    }

    private Outcome giveBackByTable(int box, int one, int other) {
        boolean may = mayGiveBack(box, one) && mayGiveBack(box, other);
        fill(geometry.addressOf(one), geometry.addressOf(other));
        PageError error = calls.free(box, memory, table);
        memory.clear(table, TABLE_BYTES);
        return judged(may, error);
    }

    private static Outcome judged(boolean may, PageError error) {
        if (may == (error == PageError.OK)) {
            return may ? Outcome.DONE : Outcome.refused(error);
        }
        return Outcome.wrong(
                error,
                may
                        ? "free never fails: a box cannot give its own back"
                        : "one owner: what is not a box's own was given back");
    }

    @Override
    public PhysicalMemory memory() {
        return physical;
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public List<SubjectRule> rules() {
        return List.of(
                SubjectRule.ofDone("one owner", "takes"),
                SubjectRule.ofDone("isolation", "writes to"),
                SubjectRule.ofDone("quota", "may have"),
                SubjectRule.ofDone("pool and boxes disjoint", "grows"),
                SubjectRule.ofDone("free never fails", "gives block"),
                SubjectRule.ofRefusals("refusals are true"));
    }

    /** Every block of the pool is nobody's. */
    @Override
    public BooleanSupplier reset() {
        return () -> {
            for (int block = 0; block < geometry.count(); block++) {
                if (pool.isInside(block) && pool.owner(block) != BlockPool.NONE) {
                    return false;
                }
            }
            return true;
        };
    }

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        int[] owned = new int[BOXES];
        int free = 0;
        for (int block = 0; block < geometry.count(); block++) {
            int owner = pool.owner(block);
            if (owner == BlockPool.NONE) {
                free++;
                if (!isClear(block)) {
                    broken.add("isolation: block " + block + " is free and holds somebody's data");
                }
            } else if (pool.isInside(block)) {
                owned[owner]++;
            }
            if (pool.isFree(block) && (owner != BlockPool.NONE || !pool.isInside(block))) {
                broken.add("one owner: block " + block + " is called free and is not");
            }
            reach(broken, block, owner);
        }
        if (free != pool.available()) {
            broken.add("one owner: " + free + " blocks are nobody's, " + pool.available() + " are available");
        }
        for (int box = 0; box < BOXES; box++) {
            if (owned[box] != pool.owned(box)) {
                broken.add(
                        "quota: box " + box + " owns " + owned[box] + " blocks and is charged for " + pool.owned(box));
            }
            if (owned[box] > pool.quota(box)) {
                broken.add("quota: box " + box + " owns " + owned[box] + " blocks of " + pool.quota(box));
            }
        }
        int stack = geometry.count() - level.stackBlocks();
        if (level.arenaBlocks() > pool.first() || pool.first() > pool.end() || pool.end() > stack) {
            broken.add("pool and boxes disjoint: arena to " + level.arenaBlocks() + ", pool from " + pool.first()
                    + " to " + pool.end() + ", stack from " + stack);
        }
        return broken;
    }

    /** With a box active, the MPU lets it reach its own blocks and those of box 0, no others. */
    private void reach(List<String> broken, int block, int owner) {
        for (int box = 0; box < BOXES; box++) {
            boolean mayReach = owner == box || owner == BlockPool.PUBLIC_BOX;
            int mask = active.mask(box, geometry.octetOf(block));
            long base = geometry.octetStart(geometry.octetOf(block));
            boolean reaches = (mask >>> (geometry.addressOf(block) - base) / BLOCK & 1) != 0;
            if (reaches != mayReach) {
                broken.add("isolation: with box " + box + " active, block " + block + " is " + (reaches ? "" : "not ")
                        + "in reach");
            }
        }
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>();
        for (int block = 0; block < geometry.count(); block++) {
            int owner = pool.owner(block);
            String whose = owner == BlockPool.NONE ? "nobody's" : "box " + owner + "'s";
            if (block < level.arenaBlocks()) {
                whose = "the arena's";
            } else if (block >= geometry.count() - level.stackBlocks()) {
                whose = "the stack's";
            }
            facts.add("block " + block + ": " + whose + (isClear(block) ? "" : ", written to"));
        }
        for (int box = 0; box < BOXES; box++) {
            long quota = pool.quota(box);
            facts.add("box " + box + " may have " + (quota == BlockPool.NO_QUOTA ? "any number" : "" + quota));
        }
        facts.add("the pool has blocks " + pool.first() + " up to " + pool.end());
        return facts;
    }
}
