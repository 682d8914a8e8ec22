package org.allocman.sim.kernel.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;

/**
 * Notices which entries of page tables and ASID pools a step has changed: of those that have a capability in the arena, and
 * of the initial pool. They start all zero.
 */
final class TableWatch {
    private static final int ENTRIES = 512;
    private static final int USER_ENTRIES = 256;
    private static final long RISCV_GLOBAL = 32;

    private final RecordedMachine machine;
    private final Memory memory;
    private final boolean sharesRoot;
    private final boolean riscv;
    private final Map<Long, long[]> tables = new HashMap<>();
    private final Map<Long, long[]> pools = new HashMap<>();

    TableWatch(RecordedMachine machine, Architecture architecture) {
        this.machine = machine;
        this.memory = machine.memory.words();
        this.sharesRoot = architecture == Architecture.X86_64;
        this.riscv = architecture == Architecture.RISCV64;
    }

    /** Which entry a {@code V} or {@code A} line is about. */
    String place(String line, int number) throws RecordingException {
        String[] parts = parts(line, number);
        return place(parts[0].equals("V"), Fields.number(parts[1], "the table's address", number), (int)
                Fields.number(parts[2], "the entry's index", number));
    }

    /** What a {@code V} or {@code A} line says an entry has become. */
    String value(String line, int number) throws RecordingException {
        String[] parts = parts(line, number);
        if (parts[0].equals("V")) {
            return "0x" + Long.toHexString(new Fields(parts[3], number).number("raw"));
        }
        String vspace = new Fields(parts[3], number).text("vspace");
        return vspace == null ? "none" : vspace;
    }

    private static String[] parts(String line, int number) throws RecordingException {
        String[] parts = line.split(" ", 4);
        if (parts.length < 4) {
            throw new RecordingException(number, "an entry without content");
        }
        return parts;
    }

    private static String place(boolean table, long address, int index) {
        return (table ? "table 0x" : "ASID pool 0x") + Long.toHexString(address) + " entry " + index;
    }

    /** What has changed since the last call, by place. */
    Map<String, String> changed() {
        Set<Long> tablesNow = new TreeSet<>();
        Set<Long> poolsNow = new TreeSet<>();
        Set<Long> roots = new TreeSet<>();
        if (machine.pool() != 0) {
            poolsNow.add(machine.pool());
        }
        for (int i = 0; i < machine.arenaSlots; i++) {
            long slot = machine.slots.at(machine.arena, i);
            CapabilityType type = machine.slots.type(slot);
            if (type.isTable()) {
                tablesNow.add(machine.slots.object(slot));
            } else if (type == CapabilityType.ASID_POOL) {
                poolsNow.add(machine.slots.object(slot));
            }
            if (sharesRoot && type == CapabilityType.VSPACE) {
                roots.add(machine.slots.object(slot));
            }
        }
        Map<String, String> changes = new TreeMap<>();
        tables.keySet().retainAll(tablesNow);
        pools.keySet().retainAll(poolsNow);
        for (long table : tablesNow) {
            compare(table, roots.contains(table) ? USER_ENTRIES : ENTRIES, true, changes);
        }
        for (long pool : poolsNow) {
            compare(pool, ENTRIES, false, changes);
        }
        return changes;
    }

    private void compare(long address, int entries, boolean table, Map<String, String> changes) {
        long[] before = (table ? tables : pools).computeIfAbsent(address, key -> new long[ENTRIES]);
        for (int i = 0; i < entries; i++) {
            long now = memory.load64(address, i * Long.BYTES);
            if (now != before[i]) {
                before[i] = now;
                if (table && i >= USER_ENTRIES && isKernels(now)) {
                    continue;
                }
                changes.put(place(table, address, i), table ? "0x" + Long.toHexString(now) : vspace(now));
            }
        }
    }

    private boolean isKernels(long entry) {
        return riscv && (entry & RISCV_GLOBAL) != 0;
    }

    /** The address space in an entry of a pool, whose lowest bit says that it is used. */
    private static String vspace(long entry) {
        return entry == 0 ? "none" : "0x" + Long.toHexString(entry & -2);
    }
}
