package org.allocman.view.export;

import java.util.List;

/**
 * A machine's state as a picture: on the left its memory, on the right what is derived from what. It is drawn without any tool,
 * stands for itself, and follows the reader's theme.
 */
public final class SvgPicture {

    private static final int MARGIN = 24;
    private static final int HEAD = 92;
    private static final int LEGEND = 34;
    private static final int GAP = 48;

    private SvgPicture() {}

    /**
     * Draws a state.
     *
     * @param state the state
     * @return an SVG document
     */
    public static String of(MachineState state) {
        MemoryColumn memory = new MemoryColumn(state);
        NestColumn nest = new NestColumn(state);
        TreeColumn tree = new TreeColumn(state);
        int width = MARGIN + MemoryColumn.WIDTH + GAP + TreeColumn.WIDTH + MARGIN;
        int height = HEAD + Math.max(memory.height() + GAP / 2 + nest.height(), tree.height()) + LEGEND + MARGIN;
        SvgText svg = new SvgText(width, height);
        svg.rect("paper", 0, 0, width, height, 0);
        svg.text("title", MARGIN, 38, state.board());
        svg.text("note", MARGIN, 58, subtitle(state));
        int right = MARGIN + MemoryColumn.WIDTH + GAP;
        svg.text("head", MARGIN, HEAD - 10, "Physical memory");
        svg.text("head", right, HEAD - 10, "Derivation of capabilities");
        memory.draw(svg, MARGIN, HEAD);
        nest.draw(svg, MARGIN, HEAD + memory.height() + GAP / 2);
        tree.draw(svg, right, HEAD);
        legend(svg, MARGIN, height - MARGIN);
        return svg.end();
    }

    private static String subtitle(MachineState state) {
        List<StateObject> objects = state.objects();
        long untypeds = objects.stream().filter(StateObject::isUntyped).count();
        return state.architecture() + " · " + state.wordBits() + "-bit · "
                + state.capabilities().size() + " capabilities · " + (objects.size() - untypeds) + " objects · "
                + untypeds + " untypeds";
    }

    private static void legend(SvgText svg, int x, int y) {
        int at = x;
        for (Palette colour : Palette.all()) {
            svg.rect(colour.name(), at, y - 11, 14, 14, 3);
            svg.text("note", at + 20, y, colour.meaning());
            at += 20 + SvgText.width(colour.meaning()) + 22;
        }
    }
}
