package org.allocman.cli.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsLineUpWithoutBlanksAtTheEnd() {
        TextTable table = new TextTable("name", ">size", "what")
                .row("a", 1, "x")
                .row("longer", "12345", "")
                .row("b", 10, "y");
        assertEquals(
                List.of("  name     size  what", "  a           1  x", "  longer  12345", "  b          10  y"),
                printed(table, false));
    }

    @Test
    void withoutHeadsThereIsNoHead() {
        assertEquals(List.of("  a  b"), printed(new TextTable("", "").row("a", "b"), false));
    }

    @Test
    void colourDoesNotShiftColumns() {
        TextTable table = new TextTable("n", ">size").row("name", 1);
        assertEquals("  \u001b[1mn     size\u001b[0m", printed(table, true).get(0));
    }

    @Test
    void aRowHasACellForEachColumn() {
        assertThrows(IllegalArgumentException.class, () -> new TextTable("a", "b").row("only one"));
    }

    private static List<String> printed(TextTable table, boolean colour) {
        StringWriter out = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(new StringWriter()), colour, false);
        table.print(console, "  ");
        console.out().flush();
        return out.toString().lines().toList();
    }
}
