package org.allocman.view.export;

/** Builds an SVG document out of rectangles, lines and texts. */
final class SvgText {
    /** The height of a row, in units of the picture. */
    static final int ROW = 20;

    private static final int CHARACTER = 7;
    private static final String STYLE = """
            text { font: 12px system-ui, sans-serif; fill: #1b1f24; }
            .title { font-size: 24px; font-weight: 600; }
            .head { font-size: 15px; font-weight: 600; }
            .note { fill: #59636e; }
            .mono { font-family: ui-monospace, monospace; font-size: 11px; fill: #59636e; }
            .end { text-anchor: end; }
            .inner { font-size: 11px; }
            .free { fill: none; stroke: #b0b7bf; stroke-dasharray: 3 3; }
            .paper { fill: #ffffff; }
            .given { fill: #57606a; }
            .frame-line { fill: none; stroke: #8c959f; stroke-width: 1; }
            .branch { fill: none; stroke: #8c959f; stroke-width: 1.2; }
            """;
    private static final String DARK_STYLE = """
              text { fill: #e6edf3; }
              .note, .mono { fill: #9198a1; }
              .paper { fill: #0d1117; }
              .given { fill: #b6bfc9; }
              .frame-line, .branch, .free { stroke: #656c76; }
            """;

    private final StringBuilder text = new StringBuilder();

    SvgText(int width, int height) {
        text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 " + width + " " + height + "\" role=\"img\">\n<style>\n");
        text.append(STYLE);
        for (Palette colour : Palette.all()) {
            text.append('.' + colour.name() + " { fill: " + colour.light() + "; }\n");
        }
        text.append("@media (prefers-color-scheme: dark) {\n").append(DARK_STYLE);
        for (Palette colour : Palette.all()) {
            text.append("  ." + colour.name() + " { fill: " + colour.dark() + "; }\n");
        }
        text.append("}\n</style>\n");
    }

    /** About how wide a text is. */
    static int width(String what) {
        return what.length() * CHARACTER;
    }

    void rect(String kind, int x, int y, int width, int height, int corner) {
        text.append("<rect class=\"" + kind + "\" x=\"" + x + "\" y=\"" + y + "\" width=\"" + width + "\" height=\""
                + height + (corner == 0 ? "" : "\" rx=\"" + corner) + "\"/>\n");
    }

    void text(String kind, int x, int y, String what) {
        text.append("<text class=\"" + kind + "\" x=\"" + x + "\" y=\"" + y + "\">" + escaped(what) + "</text>\n");
    }

    void path(String kind, String commands) {
        text.append("<path class=\"" + kind + "\" d=\"" + commands + "\"/>\n");
    }

    String end() {
        return text + "</svg>\n";
    }

    /** What XML cannot hold becomes a mark. */
    static String escaped(String what) {
        StringBuilder safe = new StringBuilder();
        what.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> {
                    boolean good = c >= ' ' && c < 0xd800 || c >= 0xe000 && c < 0xfffe || c > 0xffff;
                    safe.appendCodePoint(good ? c : 0xfffd);
                }
            }
        });
        return safe.toString();
    }
}
