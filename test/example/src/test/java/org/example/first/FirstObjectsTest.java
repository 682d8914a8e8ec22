package org.example.first;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tutorial says that the program prints. */
class FirstObjectsTest {
    @Test
    void itPrintsFourLines() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            FirstObjects.main(new String[0]);
        } finally {
            System.setOut(before);
        }
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(4, lines.size(), lines.toString());
        assertTrue(lines.get(0).startsWith("endpoint of 2^4 bytes in slot "), lines.get(0));
        assertTrue(lines.get(1).startsWith("at 0x4"), lines.get(1));
        assertTrue(lines.get(2).contains("no multiple of the size"), lines.get(2));
        assertTrue(lines.get(3).startsWith("small page of 2^12 bytes in slot "), lines.get(3));
    }
}
