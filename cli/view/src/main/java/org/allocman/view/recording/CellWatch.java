package org.allocman.view.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remembers who owned which piece of memory after the last step. */
final class CellWatch {
    private final Cells cells;
    private final int[] owners;
    private boolean isOver;
    private final Map<Integer, String> names = new TreeMap<>();

    /** Begins with nobody owning anything; the first update tells of all that are owned. */
    CellWatch(Cells cells) {
        this.cells = cells;
        this.owners = new int[cells.count()];
        names.put(Cells.NOBODY, cells.name().apply(Cells.NOBODY));
    }

    /** What has another owner than before: which piece, owner before, owner after. */
    List<int[]> update() {
        List<int[]> changes = new ArrayList<>();
        for (int cell = 0; cell < owners.length; cell++) {
            int now = isOver ? Cells.NOBODY : cells.owner().applyAsInt(cell);
            if (now != owners[cell]) {
                changes.add(new int[] {cell, owners[cell], now});
                owners[cell] = now;
                names.computeIfAbsent(now, number -> cells.name().apply(number));
            }
        }
        return changes;
    }

    /** From now on nobody owns anything, and nobody is asked. */
    void end() {
        isOver = true;
    }

    CellContent content() {
        return new CellContent(cells.title(), cells.piece(), cells.bytes(), cells.stretches(), names);
    }
}
