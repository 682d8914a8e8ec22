package org.allocman.view.recording;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.allocman.sim.board.UnsignedText;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.vka.Memory;

/** The physical pages that are, or once were, mapped where the manager keeps its records. */
final class RecordPages {
    private static final int WORD = Long.BYTES;

    private final List<MachineShape.Range> pools;
    private final Memory memory;
    private final Interned<String> values;
    private final Set<Long> pages = new HashSet<>();
    private final int pageBits;

    RecordPages(List<MachineShape.Range> pools, Memory memory, Interned<String> values, int pageBits) {
        this.pools = pools;
        this.memory = memory;
        this.values = values;
        this.pageBits = pageBits;
    }

    /** Takes note of a capability; a frame that is mapped in a pool is a page of it. */
    void find(CapabilityRow row) {
        if (row.type() != CapabilityType.FRAME.ordinal() || (row.flags() & CapabilityRow.MAPPED) == 0) {
            return;
        }
        long vaddr = UnsignedText.parse(row.detail(), 16);
        for (MachineShape.Range pool : pools) {
            if (vaddr >= pool.start() && vaddr < pool.end()) {
                pages.add(row.base() >>> pageBits);
            }
        }
    }

    /** Every word that is not zero: address and value. */
    List<long[]> all() {
        List<long[]> all = new ArrayList<>();
        for (long page : pages) {
            for (long address = page << pageBits; address < page + 1 << pageBits; address += WORD) {
                long value = memory.load64(address, 0);
                if (value != 0) {
                    all.add(new long[] {address, number(value)});
                }
            }
        }
        return all;
    }

    /** Of the words that changed, those in pools. */
    List<long[]> update(LinkedHashMap<Long, Long> oldWords) {
        List<long[]> changes = new ArrayList<>();
        for (Map.Entry<Long, Long> word : oldWords.entrySet()) {
            long now = memory.load64(word.getKey(), 0);
            if (now != word.getValue() && pages.contains(word.getKey() >>> pageBits)) {
                changes.add(new long[] {word.getKey(), number(word.getValue()), number(now)});
            }
        }
        return changes;
    }

    private int number(long value) {
        return values.number(Long.toHexString(value));
    }
}
