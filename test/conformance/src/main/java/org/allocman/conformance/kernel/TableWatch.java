package org.allocman.conformance.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.vka.Architecture;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;

/**
 * Notices which entries of page tables and ASID pools a step has changed: of those that have a capability in the arena, and
 * of the initial pool. They start all zero.
 */
final class TableWatch {
    private static final long RISCV_GLOBAL = 32;
    private static final int SECTION_BITS = 20;
    private static final int X86_USER_ENTRIES = 256;

    private final RecordedMachine machine;
    private final Memory memory;
    private final Architecture architecture;
    private final boolean riscv;
    private final int entryBytes;
    private final int poolEntries;
    private final long userTop;
    private final Map<Long, long[]> tables = new HashMap<>();
    private final Map<Long, long[]> pools = new HashMap<>();

    TableWatch(RecordedMachine machine, Architecture architecture, long userTop) {
        this.machine = machine;
        this.memory = machine.memory.words();
        this.architecture = architecture;
        this.riscv = architecture.vspaceType() == ObjectType.PAGE_TABLE;
        this.entryBytes = architecture.wordBits() / Byte.SIZE;
        this.poolEntries = 1 << architecture.asidIndexBits();
        this.userTop = userTop;
    }

    /** How many entries of a table recordings list. */
    private int entries(CapabilityType type) {
        // where the root has the kernel's half as well, recordings list the user's
        if (architecture == Architecture.X86_64 && type == CapabilityType.VSPACE) {
            return X86_USER_ENTRIES;
        }
        if (type == CapabilityType.PAGE_DIRECTORY && architecture.vspaceType() == ObjectType.PAGE_DIRECTORY) {
            return (int) (userTop >>> SECTION_BITS);
        }
        return 1 << architecture.levels().get(architecture.tableLevels()).indexBits();
    }

    /** Which entry a {@code V} or {@code A} line is about. */
    String place(String line, int number) throws RecordingException {
        String[] fields = fields(line, number);
        return place(fields[0].equals("V"), Fields.number(fields[1], "the table's address", number), (int)
                Fields.number(fields[2], "the entry's index", number));
    }

    /** What a {@code V} or {@code A} line says an entry has become. */
    String value(String line, int number) throws RecordingException {
        String[] fields = fields(line, number);
        if (fields[0].equals("V")) {
            return "0x" + Long.toHexString(new Fields(fields[3], number).number("raw"));
        }
        String vspace = new Fields(fields[3], number).text("vspace");
        return vspace == null ? "none" : vspace;
    }

    private static String[] fields(String line, int number) throws RecordingException {
        String[] fields = line.split(" ", 4);
        if (fields.length < 4) {
            throw new RecordingException(number, "an entry without content");
        }
        return fields;
    }

    private static String place(boolean table, long address, int index) {
        return (table ? "table 0x" : "ASID pool 0x") + Long.toHexString(address) + " entry " + index;
    }

    /** What has changed since the last call, by place. */
    Map<String, String> changed() {
        Map<Long, Integer> tablesNow = new TreeMap<>();
        Set<Long> poolsNow = new TreeSet<>();
        if (machine.pool() != 0) {
            poolsNow.add(machine.pool());
        }
        for (int i = 0; i < machine.arenaSlots; i++) {
            long slot = machine.slots.at(machine.arena, i);
            CapabilityType type = machine.slots.type(slot);
            if (type.isTable()) {
                tablesNow.put(machine.slots.object(slot), entries(type));
            } else if (type == CapabilityType.ASID_POOL) {
                poolsNow.add(machine.slots.object(slot));
            }
        }
        Map<String, String> changes = new TreeMap<>();
        tables.keySet().retainAll(tablesNow.keySet());
        pools.keySet().retainAll(poolsNow);
        tablesNow.forEach((table, entries) -> compare(table, entries, true, changes));
        for (long pool : poolsNow) {
            compare(pool, poolEntries, false, changes);
        }
        return changes;
    }

    private void compare(long address, int entries, boolean table, Map<String, String> changes) {
        long[] before = (table ? tables : pools).computeIfAbsent(address, key -> new long[entries]);
        for (int i = 0; i < entries; i++) {
            long at = address + (long) i * entryBytes;
            long now = entryBytes == Long.BYTES ? memory.load64(at, 0) : Integer.toUnsignedLong(memory.load32(at, 0));
            if (now != before[i]) {
                before[i] = now;
                if (table && i >= entries / 2 && isKernels(now)) {
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
