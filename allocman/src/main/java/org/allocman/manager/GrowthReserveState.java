package org.allocman.manager;

import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.untyped.Need;
import org.allocman.untyped.RecordKind;
import org.allocman.vka.Memory;
import org.allocman.vka.layout.HalfWord;

/** What a growth can need, as it is kept in memory: a count for each kind of record, then the runs of slots. */
final class GrowthReserveState {
    private static final HalfWord[] RECORDS = new HalfWord[RecordKind.MOST];
    private static final HalfWord SLOT_WORDS = new HalfWord("reserved slot words", RecordKind.MOST * Integer.BYTES);

    /** Bytes of state. */
    static final @Bytes int BYTES = (RecordKind.MOST + 1) * Integer.BYTES;

    static {
        for (int i = 0; i < RecordKind.MOST; i++) {
            RECORDS[i] = new HalfWord("reserved records", i * Integer.BYTES);
        }
    }

    private final Memory memory;
    private final long state;

    GrowthReserveState(Memory memory, long state) {
        this.memory = memory;
        this.state = state;
    }

    void set(RecordKind[] kinds, Need need) {
        for (RecordKind kind : kinds) {
            RECORDS[kind.index()].set(memory, state, need.of(kind));
        }
        SLOT_WORDS.set(memory, state, need.slotWords());
    }

    Need get(RecordKind[] kinds) {
        Need need = new Need(List.of(), slotWords());
        for (RecordKind kind : kinds) {
            need = need.with(kind, records(kind));
        }
        return need;
    }

    int records(RecordKind kind) {
        return (int) RECORDS[kind.index()].get(memory, state);
    }

    int slotWords() {
        return (int) SLOT_WORDS.get(memory, state);
    }
}
