package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The readers of YAML and XML say what is wrong in their own words alone, so ours are chosen by pieces of theirs. If another version of
 * a reader says it otherwise, this test fails; a user then gets a sentence that says less, but none of the reader's.
 */
class ReaderWordsTest {
    private static String said(String file, String text) {
        return assertThrows(
                        BoardFormatException.class,
                        () -> BoardFile.reading(file, text.getBytes(StandardCharsets.UTF_8), BoardHints.NONE))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '~', textBlock = """
            regions: [1, 2\\nname: x # a list in [ ] is not closed, or a comma is missing in it
            regions: {a: 1\\nname: x # keys and values in { } are not closed, or a comma or colon is missing in them
            name: "x # a quote is not closed, or what is in quotes cannot stand there
            name: a: b # there are two colons in a line, or the line is set in too far
            \\tname: x # a line begins with a tab or with a sign that YAML keeps for itself
            name: @x # a line begins with a tab or with a sign that YAML keeps for itself
            name: x\\n- y # a line is not set in as the others of its kind, or is no key and value
            - a\\nb: c # a line is not set in as the others of its list, or has no dash
            name: x\\nfoo\\nbar: 1 # a colon is missing behind a key
            %YAML # a line begins with %
            name: * x # aliases are not followed
            name: & x # aliases are not followed
            name: !<x # there is a tag that begins with !
            name: x\\n...\\ny: z # there is something behind its end
            """)
    void yaml(String text, String sentence) {
        JacksonException wrong = assertThrows(JacksonException.class, () -> {
            try (JsonParser parser =
                    new YAMLMapper().createParser(text.replace("\\n", "\n").replace("\\t", "\t"))) {
                for (int tokens = 0; tokens < 100; tokens++) {
                    parser.nextToken();
                }
            }
        });
        assertEquals(sentence, ReaderWords.ofYaml(wrong), wrong::getOriginalMessage);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '~', textBlock = """
            <device><name>x</device> # an element is not closed: "name"
            <device><name>x</name> # it ends before its first element does
            <device a=b/> # the value of an attribute has no quotes: "a"
            <device>&nbsp;</device> # only the five entities of XML itself are known, not "nbsp"
            <device a="1" a="2"/> # an attribute is there twice
            <!-- x -->x<device/> # there is something before the first element
            <device>< x</device> # a < does not begin an element
            """)
    void xml(String text, String sentence) {
        String said = said("f.svd", text);
        assertTrue(said.contains(sentence), said);
    }

    @Test
    void aKeyThatIsThereTwice() {
        assertTrue(said("f.yaml", "name: x\nname: y\n").contains("the key \"name\" is there twice"));
    }

    @Test
    void whatIsNotKnownIsNoSentenceOfTheReader() {
        assertEquals("it cannot be read", ReaderWords.ofXml("Frobnication of the entity was expected"));
    }
}
