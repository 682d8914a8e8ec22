package org.allocman.cli.uvisor;

import static org.allocman.cli.frame.Figures.hex;

import java.util.ArrayList;
import java.util.List;
import org.allocman.uvisor.UvisorPlan;
import org.allocman.uvisor.box.BoxRegion;

/** A placement as a fragment of a linker script, which GNU ld reads: the memory of boxes and blocks, and symbols. */
final class LinkerScript {
    private LinkerScript() {}

    static List<String> of(UvisorPlan plan) {
        List<String> lines = new ArrayList<>(List.of("MEMORY", "{"));
        List<String> symbols = new ArrayList<>();
        for (BoxRegion region : plan.placement().regions()) {
            String name = symbol(plan.boxes().get(region.box()).config().name());
            lines.add(memory("box_" + name, region.base(), region.bytes()));
            if (region.dataBytes() != 0) {
                symbols.add("__box_" + name + "_data = " + hex(region.data()) + ";");
                symbols.add("__box_" + name + "_heap = "
                        + hex(region.data()
                                + plan.boxes()
                                        .get(region.box())
                                        .config()
                                        .sizes()
                                        .heapOffset()) + ";");
            }
            symbols.add("__box_" + name + "_stack_top = " + hex(region.stackPointer()) + ";");
        }
        long bytes = plan.geometry().end() - plan.geometry().start();
        lines.add(memory("uvisor_blocks", plan.geometry().start(), bytes));
        lines.add("}");
        symbols.add("__uvisor_block_size = " + hex(plan.geometry().blockBytes()) + ";");
        lines.addAll(symbols);
        return lines;
    }

    private static String memory(String name, long start, long bytes) {
        return "  " + name + " (rw) : ORIGIN = " + hex(start) + ", LENGTH = " + hex(bytes);
    }

    private static String symbol(String name) {
        return name.replace('-', '_');
    }
}
