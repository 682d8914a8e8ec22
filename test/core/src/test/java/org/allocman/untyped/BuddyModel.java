package org.allocman.untyped;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.untyped.BareManager.Block;

/** The split manager, as plainly as it can be said: a list of free addresses for each size. */
final class BuddyModel {
    private final Map<MemoryKind, Map<Integer, Deque<Long>>> free = new EnumMap<>(MemoryKind.class);
    private final Map<Long, Integer> live = new TreeMap<>();
    private final List<Block> roots;

    BuddyModel(List<Block> roots) {
        this.roots = roots;
        for (Block root : roots) {
            list(root.kind(), root.bits()).push(root.paddr());
        }
    }

    Deque<Long> list(MemoryKind kind, int bits) {
        return free.computeIfAbsent(kind, key -> new HashMap<>()).computeIfAbsent(bits, key -> new ArrayDeque<>());
    }

    Map<Long, Integer> live() {
        return live;
    }

    int largestFree(MemoryKind kind) {
        for (int bits = 63; bits >= 0; bits--) {
            if (!list(kind, bits).isEmpty()) {
                return bits;
            }
        }
        return -1;
    }

    /** The address that an allocation gets, or -1. */
    long allocate(MemoryKind kind, int bits) {
        if (list(kind, bits).isEmpty() && !halve(kind, bits + 1, -1)) {
            return -1;
        }
        long paddr = list(kind, bits).pop();
        live.put(paddr, bits);
        return paddr;
    }

    /** Whether a block can be had. */
    boolean allocateAt(int bits, long paddr) {
        for (Block root : roots) {
            if (paddr >= root.paddr() && paddr + (1L << bits) <= root.end()) {
                if (!list(root.kind(), bits).contains(paddr) && !halve(root.kind(), bits + 1, paddr)) {
                    return false;
                }
                list(root.kind(), bits).remove(paddr);
                live.put(paddr, bits);
                return true;
            }
        }
        return false;
    }

    private boolean halve(MemoryKind kind, int bits, long paddr) {
        if (bits > 63) {
            return false;
        }
        Long block = find(kind, bits, paddr);
        if (block == null) {
            if (!halve(kind, bits + 1, paddr)) {
                return false;
            }
            block = find(kind, bits, paddr);
        }
        if (block == null) {
            return false;
        }
        list(kind, bits).remove(block);
        list(kind, bits - 1).push(block + (1L << bits - 1));
        list(kind, bits - 1).push(block);
        return true;
    }

    private Long find(MemoryKind kind, int bits, long paddr) {
        for (long block : list(kind, bits)) {
            if (paddr < 0 || paddr >= block && paddr < block + (1L << bits)) {
                return block;
            }
        }
        return null;
    }

    void free(long paddr) {
        int bits = live.remove(paddr);
        Block root = roots.stream()
                .filter(block -> paddr >= block.paddr() && paddr < block.end())
                .findFirst()
                .orElseThrow();
        long at = paddr;
        while (bits < root.bits()) {
            long buddy = root.paddr() + (at - root.paddr() ^ 1L << bits);
            if (!list(root.kind(), bits).remove(buddy)) {
                break;
            }
            at = Math.min(at, buddy);
            bits++;
        }
        list(root.kind(), bits).push(at);
    }
}
