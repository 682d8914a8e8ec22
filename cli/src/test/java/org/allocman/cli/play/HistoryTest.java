package org.allocman.cli.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Map;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PagedMemory;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.sim.memory.Walk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class HistoryTest {
    private static final List<CallWord> WORDS = List.of(CallWord.of("write ADDRESS VALUE", "stores"));
    private static final NamedValues NONE = NamedValues.of(Map.of());

    private final PhysicalMemory memory = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, 0xffff)));
    private final History history = new History(memory);

    @BeforeEach
    void begin() {
        memory.words().store64(8, 0, 5);
        memory.startJournal();
    }

    private void write(long address, long value) throws Exception {
        PlayLine line = PlayLine.of("write " + address + " " + value, WORDS);
        assertNotNull(line);
        history.push(line, NONE.with("n", value));
        memory.words().store64(address, 0, value);
        memory.words().store64(address, 0, value + 1);
    }

    @Test
    void undoneCallsLeaveNothing() throws Exception {
        Fingerprint before = memory.fingerprint();
        write(8, 10);
        Fingerprint afterOne = memory.fingerprint();
        write(16, 20);
        write(8, 30);
        assertEquals(3, history.size());
        History.Undone undone = history.undo(2);
        assertEquals(afterOne, memory.fingerprint());
        assertEquals(
                List.of("write 8 30", "write 16 20"),
                undone.lines().stream().map(PlayLine::text).toList());
        assertEquals(20L, undone.names().find("n"), "as it was before the first of them");
        write(24, 40);
        assertNotEquals(afterOne, memory.fingerprint());
        history.undo(2);
        assertEquals(before, memory.fingerprint());
        assertEquals(5, memory.words().load64(8, 0));
        assertEquals(0, history.size());
    }

    /** A recording reads the journal on: what is undone is stored, and no mark of it is lost. */
    @Test
    void whoReadsTheJournalSeesWhatIsUndone() throws Exception {
        write(8, 10);
        int seen = memory.checkpoint();
        history.undo(1);
        long[] stores = {0};
        memory.forEachStore(seen, (address, old) -> stores[0] += address == 8 && old == 11 ? 1 : 1000);
        assertEquals(1, stores[0]);
    }

    /** What an MMU remembers of words that are not so any more is forgotten. */
    @Test
    void translationsAreUndoneToo() throws Exception {
        long entry = 0x8000;
        long rights = Walk.READABLE | Walk.WRITABLE;
        memory.words().store64(0x1000, 0, 1);
        memory.words().store64(0x2000, 0, 2);
        memory.words().store64(entry, 0, 0x1000);
        PagedMemory window = memory.window(address -> memory.words().load64(entry, 0) | rights);
        assertEquals(1, window.load64(0, 0));
        write(entry, 0x1fff);
        memory.forgetTranslations();
        assertEquals(2, window.load64(0, 0));
        history.undo(1);
        assertEquals(1, window.load64(0, 0));
    }
}
