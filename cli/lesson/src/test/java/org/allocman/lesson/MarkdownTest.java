package org.allocman.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    private static final Markdown NARROW = new Markdown(20, strong -> "<" + strong + ">");

    @Test
    void paragraphsAreSetAnew() {
        assertEquals(List.of("one two three four", "five", "", "six"), NARROW.lines("one two\nthree four five\n\nsix"));
    }

    @Test
    void itemsHang() {
        assertEquals(
                List.of("- one two three four", "  five", "- six", "10. one two three", "    four"),
                NARROW.lines("- one two three four five\n- six\n10. one two three four"));
    }

    @Test
    void codeStaysAsItIs() {
        assertEquals(
                List.of("so:", "", "    a   line of code that is long", "    b"),
                NARROW.lines("so:\n\n    a   line of code that is long\n    b"));
    }

    @Test
    void whatIsStrongStandsOutAndDoesNotCount() {
        assertEquals(List.of("aaaa <bbbb> cccc dddd", "eeee"), NARROW.lines("aaaa **bbbb** cccc dddd eeee"));
        assertEquals(List.of("aaaa bbbb cccc dddd", "eeee ffff"), NARROW.lines("aaaa bbbb cccc **dddd eeee** ffff"));
    }

    @Test
    void aWordThatIsTooLongHasItsOwnLine() {
        assertEquals(List.of("a", "abcdefghijklmnopqrstuvwxyz", "b"), NARROW.lines("a abcdefghijklmnopqrstuvwxyz b"));
    }
}
