package org.allocman.untyped;

import java.util.List;
import java.util.stream.Collectors;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;

/**
 * Arenas of blocks of one size.
 *
 * <p>In what a request can need: each object may need arenas from the largest untyped down to its own size, that is one for
 * each step of {@code childrenBits} bits, <em>a line of arenas</em>. An arena that was just made has at least two children,
 * so of objects of one size a line serves two.
 *
 * @param childrenBits binary logarithm of the most children an arena may have, 1 to 6; where slots are few it is {@link
 *     #fittedTo made less}
 * @param childrenBitsAtAddress the same of an arena that is made on the way to an address: 8 if the neighbours of what is wanted
 *     there are seldom wanted as well, as many as of others if memory is always asked for by address; 1 to {@code childrenBits}
 */
public record ArenaDesign(int childrenBits, int childrenBitsAtAddress) implements UntypedDesign {
    private static final int USUAL_BITS_AT_ADDRESS = 3;
    private static final int LINES = 2;
    private static final int SLACK_BITS = 3;
    private static final int LEAST_BITS = 2;

    /**
     * Checks the number of children.
     *
     * @param childrenBits binary logarithm of the most children an arena may have, 1 to 6
     * @param childrenBitsAtAddress the same of an arena that is made on the way to an address, 1 to {@code childrenBits}
     */
    public ArenaDesign {
        if (childrenBits < 1 || childrenBits > ArenaRecord.MAX_CHILDREN_BITS) {
            throw new IllegalArgumentException("an arena has at most 2^1 to 2^6 children, not 2^" + childrenBits);
        }
        if (childrenBitsAtAddress < 1 || childrenBitsAtAddress > childrenBits) {
            throw new IllegalArgumentException("on the way to an address an arena has at most 2^1 to 2^" + childrenBits
                    + " children, not 2^" + childrenBitsAtAddress);
        }
    }

    /**
     * Arenas with the usual number of children on the way to an address.
     *
     * @param childrenBits binary logarithm of the most children an arena may have, 1 to 6
     */
    public ArenaDesign(int childrenBits) {
        this(childrenBits, Math.min(Math.max(1, childrenBits), USUAL_BITS_AT_ADDRESS));
    }

    @Override
    public String name() {
        return "arena";
    }

    @Override
    public List<RecordKind> records() {
        return List.of(ArenaRecord.ARENA, ArenaRecord.SUB_ARENA_TABLE);
    }

    @Override
    public RecordKind rootRecord() {
        return ArenaRecord.ARENA;
    }

    @Override
    public int stateBytes() {
        return ManagerState.BYTES;
    }

    @Override
    public boolean canFree() {
        return true;
    }

    /** An arena wants two runs of as many slots as it has children, and a run is in one CNode: few slots, small arenas. */
    @Override
    public UntypedDesign fittedTo(long freeSlots, int nodeBits) {
        int bits = freeSlots >= 4096 ? 6 : freeSlots >= 1024 ? 4 : freeSlots >= 256 ? 3 : LEAST_BITS;
        int inNode = nodeBits == 0 ? bits : Math.max(Math.min(LEAST_BITS, nodeBits), nodeBits - SLACK_BITS);
        int fitted = Math.min(childrenBits, Math.min(bits, inNode));
        return new ArenaDesign(fitted, Math.min(childrenBitsAtAddress, fitted));
    }

    @Override
    public Need worstCase(Architecture architecture, int largestBits, Request request) {
        int steps = Math.max(0, largestBits - request.least());
        int levels = (steps + childrenBits - 1) / childrenBits;
        int lines = lines(request);
        int runs = lines * (levels + (request.inPlace() ? 0 : 1));
        return Need.of(runs << childrenBits, lines * levels, lines * levels);
    }

    /** A line serves two objects of a size, and two lines are counted for two objects whatever their sizes. */
    private static int lines(Request request) {
        int lines = request.sizeBits().stream()
                .collect(Collectors.groupingBy(bits -> bits, Collectors.counting()))
                .values()
                .stream()
                .mapToInt(ofSize -> (int) (ofSize + 1) / 2)
                .sum();
        return request.count() == 1 ? lines : Math.max(LINES, lines);
    }

    @Override
    public UntypedManager open(
            Kernel kernel, Memory memory, long state, RecordStore records, SlotRuns slots, UntypedTable table) {
        return new ArenaUntypeds(kernel, memory, state, records, slots, table, childrenBits, childrenBitsAtAddress);
    }

    @Override
    public String toString() {
        return name();
    }
}
