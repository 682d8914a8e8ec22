package org.allocman.cli.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "1023, 1023 B",
        "1024, 1 KiB",
        "1536, 1.5 KiB",
        "1537, ~1.5 KiB",
        "65536, 64 KiB",
        "1048575, ~1 MiB",
        "1073741824, 1 GiB",
        "9223372036854775807, ~8.0 EiB",
    })
    void sizesAreInTheLargestUnit(long bytes, String text) {
        assertEquals(text, Figures.size(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0, 1 B", "4, 16 B", "10, 1 KiB", "12, 4 KiB", "19, 512 KiB", "30, 1 GiB", "47, 128 TiB"})
    void sizesOfBits(int bits, String text) {
        assertEquals(text, Figures.sizeOfBits(bits));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 untypeds", "1, 1 untyped", "10000, '10,000 untypeds'"})
    void countsTakeAnS(long number, String text) {
        assertEquals(text, Figures.count(number, "untyped"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "65536, 65536",
        "0x10000, 65536",
        "64K, 65536",
        "64KiB, 65536",
        "64kb, 65536",
        "1M, 1048576",
        "007, 7",
        "12 B, 12",
        "1T, 1099511627776",
        "8388607T, 9223370937343148032"
    })
    void bytesAreRead(String text, long bytes) {
        assertEquals(bytes, new ByteCount().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "x", "1.5K", "64X", "0x", "9223372036854775808", "8388608T", "1e3"})
    void whatIsNoNumberOfBytesIsRefused(String text) {
        assertThrows(TypeConversionException.class, () -> new ByteCount().convert(text));
    }
}
