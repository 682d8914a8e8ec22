package org.allocman.cli.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlikeTest {
    @Test
    void sentencesThatDifferInNumbersAreOneLine() {
        List<String> sentences = new ArrayList<>();
        for (int block = 0; block < 94; block++) {
            sentences.add("box 1 writes block " + block + " of nobody");
            sentences.add("box 1 reads block " + block + " of box 0");
        }
        sentences.add("the arena ends at 0x2000ab");
        assertEquals(
                List.of(
                        "box 1 writes block 0 of nobody; and 93 more like it",
                        "box 1 reads block 0 of box 0; and 93 more like it",
                        "the arena ends at 0x2000ab"),
                Alike.lines(sentences));
        assertEquals(List.of(), Alike.lines(List.of()));
    }
}
