package org.allocman.untyped;

import static org.allocman.untyped.PairRecord.OBJECT_SLOT;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.allocman.vka.Memory;

/** Reads every block, from the roots inwards. */
final class SplitInspection {
    private static final SplitView.What[] WHAT = SplitView.What.values();

    private final Memory memory;
    private final FreeLists lists;
    private final UntypedTable table;

    SplitInspection(Memory memory, FreeLists lists, UntypedTable table) {
        this.memory = memory;
        this.lists = lists;
        this.table = table;
    }

    List<SplitView> all() {
        List<SplitView> views = new ArrayList<>();
        Deque<SplitView> open = new ArrayDeque<>();
        for (int i = table.count() - 1; i >= 0; i--) {
            open.push(view(table.at(i), 0));
        }
        while (!open.isEmpty()) {
            SplitView view = open.pop();
            views.add(view);
            if (view.what() == SplitView.What.SPLIT) {
                long pair = PairRecord.child(memory, view.node());
                open.push(view(PairRecord.sibling(pair), view.depth() + 1));
                open.push(view(pair, view.depth() + 1));
            }
        }
        return views;
    }

    List<SplitView> list(MemoryKind kind, int bits) {
        List<SplitView> views = new ArrayList<>();
        for (long node = lists.first(kind.ordinal(), bits); node != 0; node = lists.next(node)) {
            views.add(view(node, depth(node)));
        }
        return views;
    }

    private int depth(long node) {
        int depth = 0;
        for (long at = PairRecord.parent(memory, node); at != 0; at = PairRecord.parent(memory, at)) {
            depth++;
        }
        return depth;
    }

    private SplitView view(long node, int depth) {
        int state = PairRecord.state(memory, node);
        return new SplitView(
                node,
                depth,
                MemoryKind.values()[PairRecord.kind(memory, node)],
                PairRecord.base(memory, node),
                PairRecord.sizeBits(memory, node),
                PairRecord.slot(memory, node),
                state == PairRecord.LIVE || state == PairRecord.OWN ? OBJECT_SLOT.get(memory, node) : 0,
                WHAT[state - PairRecord.FREE]);
    }
}
