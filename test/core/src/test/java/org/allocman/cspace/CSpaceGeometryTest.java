package org.allocman.cspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CSpaceGeometryTest {
    @ParameterizedTest
    @CsvSource({"current,0,0,0,0", "1:12,1,12,0,4096", "2:10:10,2,10,10,1048576", "2:1:27,2,1,27,268435456"})
    void whatIsWrittenIsRead(String text, int levels, int first, int second, long slots) {
        CSpaceGeometry geometry = CSpaceGeometry.parse(text);
        assertEquals(new CSpaceGeometry(levels, first, second), geometry);
        if (geometry != null) {
            assertEquals(text, geometry.text());
            assertEquals(slots, geometry.slots());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1:",
                "1:0",
                "1:29",
                "1:10:10",
                "2:10",
                "2:10:",
                "2:14:15",
                "2:0:10",
                "2:10:0",
                "3:1:1",
                "0:1",
                "2:10:10:10",
                "2:-1:3",
                "1:999999999999",
                " 1:10",
                "CURRENT",
                "2:99:99"
            })
    void whatIsNoGeometryIsNotRead(String text) {
        assertNull(CSpaceGeometry.parse(text));
    }

    @Test
    void radicesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> CSpaceGeometry.oneLevel(29));
        assertThrows(IllegalArgumentException.class, () -> CSpaceGeometry.twoLevel(20, 10));
        assertEquals(CSpaceGeometry.CURRENT, new CSpaceGeometry(0, 0, 0));
    }
}
