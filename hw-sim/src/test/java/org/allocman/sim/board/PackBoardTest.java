package org.allocman.sim.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.allocman.sim.boot.BootConfig;
import org.allocman.sim.boot.Machine;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PackBoardTest {
    private static final String PACK = """
            <?xml version="1.0" encoding="UTF-8"?>
            <package schemaVersion="1.7"><vendor>ACME</vendor><name>ACME_DFP</name>
            <!-- <package> of nothing -->
            <devices><family Dfamily="AC" Dvendor="ACME:1">
              <processor Dcore="Cortex-M4" Dmpu="1" Dclock="80000000"/>
              <memory id="IRAM1" start="0x20000000" size="0x10000" init="0" default="1"/>
              <memory id="IROM1" start="0x08000000" size="0x80000" startup="1" default="1"/>
              <subFamily DsubFamily="AC1">
                <debug svd="SVD/ac1.svd"/>
                <device Dname="AC100"/>
                <device Dname="AC101">
                  <memory id="IRAM1" start="0x20000000" size="0x20000" init="0" default="1"/>
                  <memory name="CCM" access="rwx" start="0x10000000" size="0x4000"/>
                  <memory name="Backup" access="rwx" start="0x30000000" size="0"/>
                  <memory name="Mirror" access="rwx" alias="CCM" start="0x12000000" size="0x4000"/>
                  <variant Dvariant="AC101X"><memory name="Ext" access="rwx" start="0x60000000" size="0x100000"/></variant>
                </device>
              </subFamily>
              <device Dname="AR7"><processor Dcore="Cortex-A7"/></device>
            </family></devices></package>
            """;
    private static final String SVD = """
            <device><name>AC1</name><cpu><name>CM4</name></cpu><peripherals><peripheral><name>UART</name>
            <baseAddress>0x40000000</baseAddress><addressBlock><offset>0</offset><size>0x400</size></addressBlock>
            </peripheral></peripherals></device>
            """;

    private static BoardReading reading(@Nullable String device) throws BoardFormatException {
        return BoardFile.reading(
                "acme.pdsc", PACK.getBytes(StandardCharsets.UTF_8), new BoardHints(null, List.of(), device));
    }

    private static String regions(Board board) {
        return board.regions().stream()
                .map(region -> region.name() + " " + region.kind() + " " + Long.toHexString(region.start()) + "+"
                        + Long.toHexString(region.size()))
                .collect(Collectors.joining(", "));
    }

    @Test
    void aDeviceHasWhatItsFamilySaysUnlessItSaysOtherwise() throws Exception {
        BoardReading plain = reading("AC100");
        assertEquals(Architecture.MPU, plain.board().architecture());
        assertEquals("irom1 DEVICE 8000000+80000, iram1 RAM 20000000+10000", regions(plain.board()));
        BoardReading own = reading("ac101");
        assertEquals(
                "irom1 DEVICE 8000000+80000, ccm RAM 10000000+4000, iram1 RAM 20000000+20000", regions(own.board()));
        assertEquals(3, own.notes().size(), own.notes().toString());
        Machine.boot(own.board(), BootConfig.defaults(own.board()));
        assertEquals(
                "irom1 DEVICE 8000000+80000, ccm RAM 10000000+4000, iram1 RAM 20000000+20000, ext RAM 60000000+100000",
                regions(reading("AC101X").board()));
        assertEquals(Architecture.AARCH32, reading("AR7").board().architecture());
    }

    @Test
    void theSvdIsFoundWhereThePackSaysOrBesideIt(@TempDir Path folder) throws IOException, BoardFormatException {
        Path pack = Files.writeString(folder.resolve("acme.pdsc"), PACK);
        Path beside = Files.writeString(folder.resolve("ac1.svd"), SVD);
        BoardHints hints = new BoardHints(null, List.of(), "AC100");
        assertTrue(regions(BoardFile.reading(pack, hints).board()).endsWith("uart DEVICE 40000000+400"));
        Files.delete(beside);
        Files.createDirectory(folder.resolve("SVD"));
        Files.writeString(folder.resolve("SVD/ac1.svd"), SVD);
        assertTrue(regions(BoardFile.reading(pack, hints).board()).endsWith("uart DEVICE 40000000+400"));
    }

    @Test
    void whichDeviceMustBeSaid() {
        assertRefused("this pack describes 4 devices; choose one with --device, for instance AC100, ", null);
        assertRefused("this pack has no device \"AC1\" among its 4; did you mean AC100, AC101X, AC101?", "AC1");
        BoardFormatException none = assertThrows(
                BoardFormatException.class,
                () -> BoardFile.reading(
                        "f", SVD.getBytes(StandardCharsets.UTF_8), new BoardHints(null, List.of(), "AC1")));
        assertTrue(String.valueOf(none.getMessage()).contains("--device chooses"));
    }

    private static void assertRefused(String expected, @Nullable String device) {
        String message = String.valueOf(
                assertThrows(BoardFormatException.class, () -> reading(device)).getMessage());
        assertTrue(message.contains(expected), message);
    }
}
