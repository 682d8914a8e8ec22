package org.allocman.testkit.arbitraries;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.SampleReportingFormat;
import org.allocman.lab.machine.PlainMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.Machine;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Samples in jqwik's reports, as text that names memory, slots and objects. jqwik finds this class by itself; nobody has to call
 * it. The slots of an {@link Invocation} are chosen among what there is when it is made, so it names them by what they hold and
 * by the number that chooses: "TCB 3" is the fourth one, counted round and round.
 */
public final class SampleText implements SampleReportingFormat {
    /** Makes the format; jqwik calls it. */
    public SampleText() {}

    @Override
    public boolean appliesTo(@Nullable Object value) {
        return value instanceof Machine
                || value instanceof PlainMachine
                || value instanceof Board
                || value instanceof MemoryMap
                || value instanceof Invocation;
    }

    @Override
    public Optional<String> label(Object value) {
        if (value instanceof Machine machine) {
            return Optional.of("machine of " + name(machine.board()) + " ");
        }
        if (value instanceof PlainMachine machine) {
            return Optional.of(
                    "plain machine of " + machine.bootInfo().architecture().text() + " ");
        }
        if (value instanceof Board board) {
            return Optional.of(name(board) + " ");
        }
        return value instanceof MemoryMap map
                ? Optional.of("memory map of " + map.architecture().text() + " ")
                : Optional.empty();
    }

    private static String name(Board board) {
        return "board " + board.name() + ", " + board.architecture().text();
    }

    @Override
    public Object report(Object value) {
        if (value instanceof Machine machine) {
            Map<Object, Object> all = regions(machine.board());
            all.putAll(MachineText.of(machine).slots());
            return all;
        }
        if (value instanceof PlainMachine machine) {
            return MachineText.of(machine).slots();
        }
        if (value instanceof Board board) {
            return regions(board);
        }
        if (value instanceof Invocation invocation) {
            return MachineText.label(InvocationWords.of(invocation));
        }
        return value instanceof MemoryMap map ? blocks(map) : String.valueOf(value);
    }

    private static Map<Object, Object> regions(Board board) {
        Map<Object, Object> regions = new LinkedHashMap<>();
        for (Region region : board.regions()) {
            regions.put(
                    MachineText.label(region.name()),
                    MachineText.label(region.kind()
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', ' ')
                                    .replace("ram", "RAM")
                            + range(region.start(), region.size())));
        }
        return regions;
    }

    private static List<Object> blocks(MemoryMap map) {
        List<Object> blocks = new ArrayList<>();
        for (MemoryMap.Block block : map.blocks()) {
            blocks.add(MachineText.label((block.device() ? "device untyped" : "untyped") + " of 2^" + block.sizeBits()
                    + " bytes at " + MachineText.hex(block.paddr())));
        }
        return blocks;
    }

    private static String range(long start, long bytes) {
        return " from " + MachineText.hex(start) + " to " + MachineText.hex(start + bytes - 1) + ", " + bytes
                + " bytes";
    }
}
