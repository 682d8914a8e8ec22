package org.allocman.view.export;

import java.util.List;

/** The derivation tree as rows, with branches from a parent down to its children. */
final class TreeColumn {
    static final int WIDTH = 760;

    private static final int MOST_ROWS = 400;
    private static final int STEP = 22;
    private static final int CHIP = 14;
    private static final int BASE = 14;
    private static final int MIDDLE = 10;
    private static final int GAP = 14;

    private final MachineState state;
    private final List<DerivationTree.Row> rows;
    private final int left;

    TreeColumn(MachineState state) {
        this.state = state;
        List<DerivationTree.Row> all = DerivationTree.rows(state, null, capability -> false);
        this.rows = all.subList(0, Math.min(MOST_ROWS, all.size()));
        this.left = all.size() - rows.size();
    }

    int height() {
        return (rows.size() + (left > 0 ? 1 : 0)) * SvgText.ROW;
    }

    void draw(SvgText svg, int x, int top) {
        int y = top;
        for (DerivationTree.Row row : rows) {
            branches(svg, x, y, row);
            int at = x + row.depth() * STEP;
            StateCapability first = row.first();
            StateObject object = state.object(first.object());
            svg.rect(object == null ? "table" : Palette.of(object).name(), at, y + 3, CHIP, CHIP, 3);
            String what = row.what(state);
            svg.text("", at + CHIP + 6, y + BASE, what);
            String rest = "slot " + row.slotNames()
                    + (object == null || row.alike().size() > 1 ? "" : " · 0x" + Long.toHexString(object.address()))
                    + (row.alike().size() > 1 || first.detail().isEmpty() ? "" : " · " + first.detail());
            svg.text("mono", at + CHIP + 6 + SvgText.width(what) + GAP, y + BASE, rest);
            y += SvgText.ROW;
        }
        if (left > 0) {
            svg.text("note", x, y + BASE, "and " + left + " more rows");
        }
    }

    private static void branches(SvgText svg, int x, int y, DerivationTree.Row row) {
        if (row.depth() == 0) {
            return;
        }
        int middle = y + MIDDLE;
        for (int level = 0; level < row.open().size(); level++) {
            if (row.open().get(level)) {
                int line = x + level * STEP + CHIP / 2;
                svg.path("branch", "M" + line + " " + (y - 2) + "V" + (y + SvgText.ROW - 2));
            }
        }
        int line = x + (row.depth() - 1) * STEP + CHIP / 2;
        String down = row.last() ? "" : "M" + line + " " + middle + "V" + (y + SvgText.ROW - 2);
        svg.path("branch", "M" + line + " " + (y - 2) + "V" + middle + "H" + (line + STEP - CHIP / 2 - 2) + down);
    }
}
