package org.allocman.sim.board;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The {@code ranges} of a bus: which of its addresses stand for which on the bus above. What is in none is stopped. */
final class BusWindows {
    static final int MAX_PIECES = 256;

    /** In the order of the children's addresses, none over another. */
    private final List<Window> windows = new ArrayList<>();

    private record Window(AddressPiece child, long parent) {}

    /** Adds a range behind those there are; what an earlier one holds stays its own. The shorter side says how long it is. */
    void add(AddressPiece from, AddressPiece to) {
        long child = from.start();
        long parent = to.start();
        AddressPiece rest = from.noLongerThan(to);
        List<Window> added = new ArrayList<>();
        for (Window taken : windows) {
            AddressPiece common = rest.in(taken.child);
            if (common != null) {
                if (common.start() != rest.start()) {
                    added.add(window(new AddressPiece(rest.start(), common.start() - 1), child, parent));
                }
                if (common.last() == rest.last()) {
                    insert(added);
                    return;
                }
                rest = new AddressPiece(common.last() + 1, rest.last());
            }
        }
        added.add(window(rest, child, parent));
        insert(added);
    }

    private static Window window(AddressPiece piece, long child, long parent) {
        return new Window(piece, piece.start() - child + parent);
    }

    private void insert(List<Window> added) {
        windows.addAll(added);
        windows.sort((left, right) -> Long.compareUnsigned(left.child.start(), right.child.start()));
    }

    /** Adds the addresses above for a piece of those below, joined where they go on; no more than a translation may have. */
    void letThrough(AddressPiece piece, List<AddressPiece> above) {
        for (int i = firstNotBelow(piece.start()); i < windows.size(); i++) {
            Window window = windows.get(i);
            AddressPiece part = piece.in(window.child);
            if (part == null || above.size() > MAX_PIECES) {
                return;
            }
            AddressPiece moved = part.movedTo(part.start() - window.child.start() + window.parent);
            int last = above.size() - 1;
            if (last >= 0 && above.get(last).isFollowedBy(moved)) {
                above.set(last, new AddressPiece(above.get(last).start(), moved.last()));
            } else {
                above.add(moved);
            }
        }
    }

    /** The first window that does not end below an address. */
    private int firstNotBelow(long address) {
        int found = Collections.binarySearch(
                windows,
                new Window(new AddressPiece(address, address), 0),
                (window, key) -> Long.compareUnsigned(window.child.last(), key.child.last()));
        return found >= 0 ? found : -found - 1;
    }
}
