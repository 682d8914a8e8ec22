package org.allocman.cli.shell;

import java.util.Map;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Figures;
import org.allocman.view.export.DerivationTree;
import org.allocman.view.export.MachineState;
import org.allocman.view.export.StateCapability;
import org.allocman.view.export.StateObject;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The derivation tree as lines. */
final class TreeView {
    private static final String INDENT = "  ";

    private final Console console;
    private final MachineState state;
    private final Map<Long, String> names;

    TreeView(Console console, MachineState state, Map<Long, String> names) {
        this.console = console;
        this.state = state;
        this.names = names;
    }

    /** Prints one capability and what is derived from it, or all. */
    void print(@Nullable StateCapability from) {
        for (DerivationTree.Row row :
                DerivationTree.rows(state, from, capability -> names.containsKey(capability.slot()))) {
            StringBuilder line = new StringBuilder(INDENT);
            row.open().forEach(open -> line.append(open ? "│  " : "   "));
            if (row.depth() > 0) {
                line.append(row.last() ? "└─ " : "├─ ");
            }
            console.out().println(line.append(text(row)));
        }
    }

    private String text(DerivationTree.Row row) {
        if (row.alike().size() > 1) {
            return row.what(state) + "  in " + row.slotNames();
        }
        StateCapability capability = row.first();
        StateObject object = state.object(capability.object());
        String name = names.get(capability.slot());
        return row.what(state)
                + (object == null ? "" : " at " + Figures.hex(object.address()))
                + "  in "
                + row.slotNames()
                + (capability.detail().isEmpty() ? "" : "  (" + capability.detail() + ")")
                + (name == null ? "" : "  " + console.bold(name));
    }
}
