package org.allocman.view.export;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.allocman.qual.PhysAddr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.sim.kernel.paging.Mappings;
import org.allocman.vka.Architecture;
import org.allocman.vka.PagingLevel;

/** Hears of page tables depth first, and tells of each entry which table it is in, on which level, and which number it has. */
final class MappingReader implements Mappings.Visitor {
    private static final int ALL = Long.SIZE - 1;

    private final int[] levelBits;
    private final Consumer<StateMapping> told;
    private final Deque<Table> open = new ArrayDeque<>();
    private final Set<Frame> seen = new HashSet<>();
    private final Map<Integer, Long> pools = new HashMap<>();
    private int poolBase;

    /** A table on the way from the root to here; it has entries for {@code 2^bits} addresses from {@code start} on. */
    private record Table(long address, long start, int bits, int level) {}

    private record Frame(int asid, long vaddr) {}

    MappingReader(Architecture architecture, Consumer<StateMapping> told) {
        this.told = told;
        this.levelBits =
                architecture.levels().stream().mapToInt(PagingLevel::entryBits).toArray();
    }

    @Override
    public void pool(int base, @PhysAddr long pool) {
        poolBase = base;
        pools.put(base, pool);
    }

    @Override
    public void root(int asid, @PhysAddr long root) {
        open.clear();
        open.push(new Table(root, 0, ALL, 0));
        told.accept(new StateMapping(
                StateMapping.ROOT, asid, pools.getOrDefault(poolBase, 0L), asid - poolBase, 0, root, 0, 0, null));
    }

    @Override
    public void table(int asid, @VirtAddr long vaddr, @PhysAddr long table) {
        Table in = holder(vaddr);
        int bits = levelBits[in.level];
        told.accept(entry(StateMapping.TABLE, asid, vaddr, table, bits, in, bits));
        open.push(new Table(table, vaddr, bits, in.level + 1));
    }

    @Override
    public void frame(int asid, @VirtAddr long vaddr, @PhysAddr long frame, @SizeBits int sizeBits) {
        if (seen.add(new Frame(asid, vaddr))) {
            Table in = holder(vaddr);
            told.accept(entry(StateMapping.FRAME, asid, vaddr, frame, sizeBits, in, levelBits[in.level]));
        }
    }

    /** The innermost table that is open and has an entry for an address. */
    private Table holder(long vaddr) {
        Table top = open.getFirst();
        while (top.level > 0 && vaddr - top.start >>> top.bits != 0) {
            open.pop();
            top = open.getFirst();
        }
        return top;
    }

    private static StateMapping entry(
            String kind, int asid, long vaddr, long address, int sizeBits, Table in, int entryBits) {
        int index = (int) (vaddr - in.start >>> entryBits);
        return new StateMapping(kind, asid, in.address, index, vaddr, address, sizeBits, in.level + 1, null);
    }
}
