package org.allocman.cli.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Each way in which arguments can be wrong has a sentence of ours, made from what picocli's exception holds. */
class ParseWordsTest {
    private enum Colour {
        RED,
        GREEN
    }

    private static final class Ours implements ITypeConverter<String> {
        @Override
        public String convert(String typed) {
            throw new TypeConversionException("in our words");
        }
    }

    private static final class Broken implements ITypeConverter<String> {
        @Override
        public String convert(String typed) {
            throw new IllegalStateException("a bug");
        }
    }

    @Command(name = "run")
    private static final class Run {
        @Option(names = "--int")
        private int number;

        @Option(names = "--long")
        private long large;

        @Option(names = "--flag")
        private boolean flag;

        @Option(names = "--colour")
        private Colour colour = Colour.RED;

        @Option(names = "--ours", converter = Ours.class)
        private String ours = "";

        @Option(names = "--broken", converter = Broken.class)
        private String broken = "";

        @Option(names = "--character")
        private char character;

        @Option(names = "--list", split = ",", paramLabel = "N")
        private List<Integer> list = new ArrayList<>();

        @Option(
                names = {"-r", "--required"},
                paramLabel = "R",
                required = true)
        private String required = "";

        @Parameters(paramLabel = "COUNT", arity = "0..1")
        private int count;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            --int x # --int takes a whole number, not 'x'
            --int 99999999999 # --int takes a number of no more than 2^31 - 1, and 99999999999 is beyond
            --long 1x # --long takes a whole number, not '1x'
            --long 99999999999999999999 # --long takes a number of no more than 2^63 - 1, and 99999999999999999999 is beyond
            --flag=q # --flag takes no value, and there is 'q'
            --colour blue # --colour takes one of red, green, not 'blue'
            --ours x # --ours: in our words
            --broken x # --broken cannot be 'x'
            --character xy # --character cannot be 'xy'
            --list 1,x # --list takes a whole number, not 'x'
            --list # --list takes a value, N
            --int --long # --int takes a value, <number>
            --int 1 --int 2 # --int is given twice
            --int 1 # --required=R is missing
            -r 1 x # COUNT takes a whole number, not 'x'
            -r 1 2 3 # '3' is one argument too many
            -r 1 --lang # there is no option --lang; did you mean --long or --flag?
            """)
    void eachMistakeHasASentence(String line, String sentence) {
        ParameterException mistake =
                assertThrows(ParameterException.class, () -> new CommandLine(new Run()).parseArgs(line.split(" ")));
        assertEquals(sentence, ParseWords.of(mistake));
    }

    /** What a picocli to come may throw, and nobody has seen. */
    @ParameterizedTest
    @CsvSource({"Frobnicated argument at index 3"})
    void whatIsNotKnownIsNoSentenceOfTheLibrary(String theirs) {
        assertEquals(
                "the arguments cannot be understood",
                ParseWords.of(new ParameterException(new CommandLine(new Run()), theirs)));
    }
}
