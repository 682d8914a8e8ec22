package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text with the mark that editors on Windows put in front, and with their ends of lines, is read as it is without them. */
class ByteOrderMarkTest {
    private static final String PROFILE = "../test/example/hydra.yaml";
    private static final String LESSON = "lesson/src/main/resources/org/allocman/lesson/course/untyped.script";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boards FILE|MBLK,1,;0x40000000,0x1000000,SrEx",
                "boards FILE|name: b;architecture: riscv32;regions:;- {name: sram, kind: ram, start: 0x80000000, size: 1MiB}",
                "boards FILE|{\"name\": \"b\", \"architecture\": \"riscv32\", \"regions\":"
                        + " [{\"name\": \"sram\", \"kind\": \"ram\", \"start\": \"0x80000000\", \"size\": \"1MiB\"}]}",
                "boards FILE --arch mpu|<device><name>a</name><vendorExtensions><memoryRegions><memoryRegion><name>SRAM</name>"
                        + "<baseAddress>0x20000000</baseAddress><size>0x40000</size></memoryRegion></memoryRegions>"
                        + "</vendorExtensions></device>",
                "boards FILE --arch riscv32|memory_region,sram,0x40000000,0x1000000,cached;constant,config_cpu_type,vexriscv,,",
                "boards k64f --memory FILE|MEMORY { SRAM (rw) : ORIGIN = 0x30000000, LENGTH = 4K }",
                "plan --profile FILE --workload tcbs=10|PROFILE",
                "uvisor place --boxes FILE|boxes:;- name: main;- {name: one, heap: 1KiB}",
                "uvisor play FILE|enter sensor;malloc 100;check",
                "xous play FILE|a = spawn;check",
                "shell --script FILE|untypeds",
                "plan --workload FILE|endpoints: 100",
                "lesson untyped --check FILE|LESSON",
                "replay chain FILE|system xous;size 3;step process 2 takes a page",
                "replay bootinfo FILE|bootinfo 1;nothing",
                "replay uvisor FILE|uvisor 1 alloc;nothing"
            })
    void isNoPartOfTheText(String command, String text) throws Exception {
        String lines = text.equals("PROFILE") || text.equals("LESSON")
                ? Files.readString(Path.of(text.equals("PROFILE") ? PROFILE : LESSON))
                : text.replace(';', '\n') + "\n";
        Run plain = run(command, lines);
        assertEquals(plain.toString(), run(command, "\ufeff" + lines).toString());
        assertEquals(
                plain.toString(),
                run(command, "\ufeff" + lines.replace("\n", "\r\n")).toString());
        if (!command.startsWith("replay")) {
            assertEquals(Exit.GOOD, plain.code(), plain::err);
        }
        assertNotEquals("", plain.out() + plain.err());
    }

    private Run run(String command, String text) throws Exception {
        Path file = Files.write(directory.resolve("file.txt"), text.getBytes(StandardCharsets.UTF_8));
        return Run.of(Arrays.stream(command.split(" "))
                .map(word -> word.equals("FILE") ? file.toString() : word)
                .toArray(String[]::new));
    }
}
