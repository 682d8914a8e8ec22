package org.allocman.manager;

import org.allocman.mspace.SlabMspace;
import org.allocman.untyped.ArenaUntypeds;
import org.allocman.untyped.RecordStore;
import org.allocman.untyped.SlotRuns;
import org.allocman.untyped.SplitUntypeds;
import org.allocman.untyped.TwinkleUntypeds;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The untyped managers to choose from. */
public enum ManagerKind {
    /** Arenas of blocks of one size. */
    ARENA("arena", RecordStore.Use.ARENA, ArenaUntypeds.stateBytes()),
    /** The binary buddy. */
    SPLIT("split", RecordStore.Use.PAIR, SplitUntypeds.stateBytes()),
    /** Allocates only. It gets no virtual pool: a frame that could not be mapped could not be given back either. */
    TWINKLE("twinkle", RecordStore.Use.WATERMARK, TwinkleUntypeds.stateBytes());

    private final String text;
    private final RecordStore.Use rootRecord;
    private final int stateBytes;

    ManagerKind(String text, RecordStore.Use rootRecord, int stateBytes) {
        this.text = text;
        this.rootRecord = rootRecord;
        this.stateBytes = stateBytes;
    }

    /**
     * The manager with a name.
     *
     * @param name {@code arena}, {@code split} or {@code twinkle}
     * @return the kind, or null if there is none of that name
     */
    public static @Nullable ManagerKind named(String name) {
        for (ManagerKind kind : values()) {
            if (kind.text.equals(name)) {
                return kind;
            }
        }
        return null;
    }

    /**
     * The name to show and to be asked for.
     *
     * @return for instance {@code arena}
     */
    public String text() {
        return text;
    }

    /**
     * Whether memory can be given back.
     *
     * @return false for twinkle
     */
    public boolean givesBack() {
        return this != TWINKLE;
    }

    /**
     * The records that a number of untypeds takes.
     *
     * @param roots how many untypeds
     * @param reserve what else has to be there
     * @return how many pages of 4096 bytes are needed
     */
    public long recordPages(long roots, Reserve reserve) {
        return SlabMspace.pagesFor(RecordStore.Use.ARENA, reserve.arenas() + rootsOf(RecordStore.Use.ARENA, roots))
                + SlabMspace.pagesFor(RecordStore.Use.SUB_ARENAS, reserve.tables())
                + SlabMspace.pagesFor(RecordStore.Use.PAIR, reserve.pairs() + rootsOf(RecordStore.Use.PAIR, roots))
                + SlabMspace.pagesFor(RecordStore.Use.SLOTS, reserve.slotBooks())
                + SlabMspace.pagesFor(RecordStore.Use.WATERMARK, rootsOf(RecordStore.Use.WATERMARK, roots));
    }

    private long rootsOf(RecordStore.Use use, long roots) {
        return use == rootRecord ? roots : 0;
    }

    /** The state beside the records, in bytes. */
    int stateBytes() {
        return stateBytes;
    }

    UntypedManager manager(Kernel kernel, Memory memory, PoolLayout layout, RecordStore records, SlotRuns slots) {
        long state = layout.untypedState();
        return switch (this) {
            case ARENA -> new ArenaUntypeds(kernel, memory, state, records, slots, layout.childrenBits());
            case SPLIT -> new SplitUntypeds(kernel, memory, state, records, slots, SplitUntypeds.Halving.IN_PAIRS);
            case TWINKLE -> new TwinkleUntypeds(kernel, memory, state, records, slots);
        };
    }
}
