package org.allocman.view.recording;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.allocman.check.invariants.Capability;
import org.allocman.check.invariants.KernelView;
import org.checkerframework.checker.nullness.qual.Nullable;

/** All slots that hold something, as they were after the last step. */
final class SlotMap {
    private static final int EMPTY = -1;

    private final CapabilityReader reader;
    private final Interned<CapabilityRow> rows;
    private final Map<Long, CapabilityRow> held = new TreeMap<>();
    private final TreeMap<Long, Long> tables = new TreeMap<>();

    /** Begins with the slots that a view of the machine has found. */
    SlotMap(CapabilityReader reader, Interned<CapabilityRow> rows, KernelView view) {
        this.reader = reader;
        this.rows = rows;
        for (Capability capability : view.capabilities()) {
            CapabilityRow row = reader.read(capability.slot());
            if (row != null) {
                held.put(capability.slot(), row);
            }
        }
        findTables();
    }

    /** Address and number of the slots of each object that consists of slots. */
    private void findTables() {
        tables.clear();
        held.values().stream()
                .filter(row -> row.slotCount() > 0)
                .forEach(row -> tables.put(row.base(), row.slotCount()));
    }

    /** The slots held now: address and row. */
    List<long[]> all() {
        List<long[]> all = new ArrayList<>();
        held.forEach((slot, row) -> all.add(new long[] {slot, rows.number(row)}));
        return all;
    }

    /** Reads again the slots in which words have changed. */
    List<long[]> update(Collection<? extends Long> changedWords) {
        TreeSet<Long> changed = new TreeSet<>();
        for (long address : changedWords) {
            long slot = slotOf(address);
            if (slot >= 0) {
                changed.add(slot);
            }
        }
        List<long[]> changes = new ArrayList<>();
        boolean moved = false;
        for (long slot : changed) {
            CapabilityRow before = held.get(slot);
            CapabilityRow after = reader.read(slot);
            if (Objects.equals(before, after)) {
                continue;
            }
            changes.add(new long[] {slot, number(before), number(after)});
            if (after == null) {
                held.remove(slot);
            } else {
                held.put(slot, after);
            }
            moved |= hasSlots(before) || hasSlots(after);
        }
        if (moved) {
            findTables();
        }
        return changes;
    }

    private long slotOf(long address) {
        Map.Entry<Long, Long> table = tables.floorEntry(address);
        if (table == null || address - table.getKey() >= table.getValue() * reader.slotBytes()) {
            return -1;
        }
        return table.getKey() + (address - table.getKey()) / reader.slotBytes() * reader.slotBytes();
    }

    private int number(@Nullable CapabilityRow row) {
        return row == null ? EMPTY : rows.number(row);
    }

    private static boolean hasSlots(@Nullable CapabilityRow row) {
        return row != null && row.slotCount() > 0;
    }

    Iterable<CapabilityRow> rows() {
        return held.values();
    }
}
