package org.allocman.cli.uvisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.allocman.cli.frame.Figures;
import org.allocman.cli.page.Recording;
import org.allocman.uvisor.ThreadRefusal;
import org.allocman.uvisor.Uvisor;
import org.allocman.uvisor.block.BlockPool;
import org.allocman.uvisor.heap.HeapRefusal;
import org.allocman.uvisor.rules.PageError;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A firmware update on a system that is in use: what there is before, the update, and its end. What these boxes cannot play is
 * left out, with a sentence.
 */
final class UvisorNarration {
    private static final int PIECE = 2048;
    private static final int BLOCKS_BEFORE = 3;
    private static final long MOST_OF_HEAP = 5;
    private static final long OTHER_BYTES = 256;
    private static final long STACK = 1024;

    private final Uvisor uvisor;
    private final Recording recording;
    private final List<String> leftOut = new ArrayList<>();
    private final List<Long> blocks = new ArrayList<>();
    private long kept;

    UvisorNarration(Uvisor uvisor, Recording recording) {
        this.uvisor = uvisor;
        this.recording = recording;
    }

    /** What the update made. */
    record Updating(int box, int thread, List<Integer> blocks, int pieces, long image, long stays) {}

    /** What was left out, each a sentence without a full stop. */
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /** The program's stack, something in the arena, a box with blocks and a gap between them. */
    void begin() {
        long top = uvisor.plan().geometry().end() - 1;
        if (answer("The stack grows by a block", 1, () -> uvisor.growStack(top) ? 1 : 0) == 0) {
            leftOut.add("the stack does not grow: there is no block for it");
        }
        kept = answer("Box 0 allocates 1000 bytes of the arena", 1, () -> uvisor.malloc(1000));
        if (kept < 0) {
            leftOut.add("nothing is in the arena: " + text(HeapRefusal.of(kept)));
        }
        uvisor.enterBox(first());
        for (int i = 0; i < BLOCKS_BEFORE; i++) {
            blocks.add(answer("The first box takes a block", 1, () -> uvisor.mallocBlock(1)));
        }
        long refused = blocks.stream().filter(block -> block < 0).findFirst().orElse(0L);
        if (refused < 0) {
            leftOut.add("box " + name(first()) + " does not take " + Figures.count(BLOCKS_BEFORE, "block") + ": "
                    + text(HeapRefusal.of(refused)));
        }
        long middle = blocks.get(1);
        if (middle > 0) {
            recording.call("It gives the middle one back", () -> done(uvisor.freeBlock(middle, 1) == PageError.OK));
            blocks.set(1, -1L);
        }
    }

    /** Begins the update in the last box that can; null if none can. */
    @Nullable
    Updating update() {
        List<String> reasons = new ArrayList<>();
        for (int box = uvisor.plan().boxes().size() - 1; box >= 0; box--) {
            uvisor.enterBox(box);
            int at = box;
            long heap = heap(at);
            long thread = heap < 0
                    ? 0
                    : answer("It makes a thread on that heap", 0, () -> uvisor.createThreadOn(5, heap, 0, STACK));
            if (heap >= 0 && thread >= 0) {
                return load(box, (int) thread);
            }
            reasons.add("box " + name(box) + ": "
                    + (heap < 0
                            ? text(HeapRefusal.of(heap))
                            : "no room for a thread's stack of " + Figures.size(STACK) + ", "
                                    + ThreadRefusal.of(thread)
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', ' ')));
            if (heap >= 0) {
                uvisor.destroyHeap(heap);
            }
        }
        leftOut.add("no box can play the update (" + String.join("; ", reasons) + ")");
        return null;
    }

    private long heap(int box) {
        BlockPool pool = uvisor.pool();
        long most = Math.min(MOST_OF_HEAP, Math.min(pool.available(), pool.quota(box) - pool.owned(box)));
        long usable = uvisor.plan().geometry().blockBytes() - OTHER_BYTES;
        // a request for nothing says why even that cannot be
        return answer(
                "Box " + name(box) + " makes a heap of " + Figures.count(Math.max(1, most), "block"),
                1,
                () -> uvisor.createHeap(Math.max(1, most * usable), OTHER_BYTES));
    }

    private Updating load(int box, int thread) {
        uvisor.run(thread);
        long[] loaded = {0};
        long piece = Math.min(PIECE, uvisor.plan().geometry().blockBytes() / 2);
        recording.call("The thread loads the new firmware into it", () -> {
            for (long at = uvisor.malloc(piece); at > 0; at = uvisor.malloc(piece)) {
                uvisor.user().store64(at, 0, ++loaded[0]);
            }
            return Figures.size(loaded[0] * piece) + " are there";
        });
        long stays = uvisor.processMalloc(64);
        List<Integer> held = new ArrayList<>();
        int pieces = 0;
        boolean isBefore = false;
        for (int block = 0; block < uvisor.plan().geometry().count(); block++) {
            boolean isHeap = uvisor.threads().hasBlock(thread, block);
            if (isHeap) {
                held.add(block);
            }
            pieces += isHeap && !isBefore ? 1 : 0;
            isBefore = isHeap;
        }
        return new Updating(box, thread, held, pieces, loaded[0] * piece, stays);
    }

    /** Ends the thread of the update; whether all blocks of its heap are nobody's then. */
    boolean end(Updating updating) {
        recording.call("The thread of the update ends", () -> {
            uvisor.enterBox(updating.box);
            uvisor.endThread(updating.thread);
            uvisor.pool().trim();
            return "its blocks are free";
        });
        return updating.blocks.stream().allMatch(block -> uvisor.pool().owner(block) == BlockPool.NONE);
    }

    /** Frees what was there before, and what the update left. */
    void cleanUp(@Nullable Updating updating) {
        recording.call("What was there before is freed", () -> {
            if (updating != null && updating.stays > 0) {
                uvisor.enterBox(updating.box);
                uvisor.free(updating.stays);
            }
            uvisor.enterBox(first());
            for (long block : blocks) {
                if (block > 0) {
                    uvisor.freeBlock(block, 1);
                }
            }
            uvisor.enterBox(0);
            if (kept > 0) {
                uvisor.free(kept);
            }
            return "done";
        });
    }

    private int first() {
        return uvisor.plan().boxes().size() > 1 ? 1 : 0;
    }

    private String name(int box) {
        return uvisor.plan().boxes().get(box).config().name();
    }

    private String text(HeapRefusal refusal) {
        return switch (refusal) {
            case NO_HEAP -> "it has no heap";
            case TOO_LARGE -> "more than there could ever be";
            case BAD_ALIGNMENT, NOT_ALLOCATED -> "not as asked";
            case NO_MEMORY -> "no memory is left";
            case NO_BLOCKS -> "too few blocks are free";
            case QUOTA_EXCEEDED -> "it may not have so many blocks";
            case NO_TABLE -> "its heap has no room for the table of a heap of blocks";
        };
    }

    private static String done(boolean isDone) {
        return isDone ? "done" : "refused";
    }

    /** Records a call that answers a number, less than the least if it is refused. */
    private long answer(String what, long least, LongSupplier call) {
        long[] answer = {0};
        recording.call(what, () -> {
            answer[0] = call.getAsLong();
            return done(answer[0] >= least);
        });
        return answer[0];
    }
}
