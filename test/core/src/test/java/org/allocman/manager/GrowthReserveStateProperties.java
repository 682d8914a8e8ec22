package org.allocman.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.untyped.Need;
import org.allocman.untyped.RecordKind;
import org.allocman.vka.Memory;

/** A need that is kept in memory is the one that was put there, whatever lies beside it. */
class GrowthReserveStateProperties {
    private static final long STATE = 0x1_0000;
    private static final RecordKind[] KINDS = IntStream.range(0, RecordKind.MOST)
            .mapToObj(index -> new RecordKind(index, "record", 64))
            .toArray(RecordKind[]::new);

    @Property(tries = 200)
    void whatIsSetIsFound(
            @ForAll @Size(RecordKind.MOST) List<@IntRange(max = 100_000) Integer> records,
            @ForAll @IntRange(max = 100_000) int slotWords,
            @ForAll @Size(RecordKind.MOST) List<@IntRange(max = 100_000) Integer> others) {
        Memory memory = new PhysicalMemory(List.of(new PhysicalMemory.Extent(STATE, STATE + 0xfff))).words();
        GrowthReserveState before = new GrowthReserveState(memory, STATE);
        GrowthReserveState behind = new GrowthReserveState(memory, STATE + GrowthReserveState.BYTES);
        Need need = new Need(records, slotWords);
        Need other = new Need(others, slotWords / 2);
        before.set(KINDS, need);
        behind.set(KINDS, other);
        assertEquals(need, before.get(KINDS));
        assertEquals(other, behind.get(KINDS));
        assertEquals(slotWords, before.slotWords());
        for (RecordKind kind : KINDS) {
            assertEquals(records.get(kind.index()), before.records(kind));
        }
    }
}
