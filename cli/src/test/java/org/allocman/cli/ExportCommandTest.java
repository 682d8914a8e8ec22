package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportCommandTest {
    @TempDir
    private Path directory;

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @ParameterizedTest
    @CsvSource({"capdl,ep_", "dot,digraph", "json,\"capabilities\"", "svg,</svg>"})
    void everyFormatIsWritten(String format, String holds) throws IOException {
        String script = file("script", "ep = alloc endpoint\n# no more\n");
        Path output = directory.resolve("output");
        Run run = Run.of("export", format, "--board", "tiny", "--script", script, "-o", output.toString());
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.out());
        String text = Files.readString(output);
        assertTrue(text.contains(holds.replace("\"\"", "\"")), text);
        assertEquals(
                text,
                Run.of("export", format, "--board", "tiny", "--script", script).out());
    }

    @Test
    void aSavedMachineIsTheSame() throws IOException {
        Path image = directory.resolve("image");
        String commands = "cn = alloc cnode 3\nep = alloc endpoint\nmint ep -> cn/2 badge 5\n";
        Run saved = Run.of(
                "shell", "--board", "tiny", "--strict", "--script", file("shell", commands + "save " + image + "\n"));
        assertEquals(0, saved.code(), saved.out());
        Run fromImage = Run.of("export", "capdl", "--image", image.toString());
        assertEquals(0, fromImage.code(), fromImage.err());
        assertTrue(fromImage.out().contains("badge: 0x5"));
        assertEquals(
                Run.of("export", "capdl", "--board", "tiny", "--script", file("s", commands))
                        .out(),
                fromImage.out());
    }

    @Test
    void mistakesAreToldInALine() throws IOException {
        Run unknown = Run.of("export", "png");
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("capdl, dot, json, svg"), unknown.err());
        Run refused = Run.of("export", "dot", "--script", file("bad", "slot\ndelete 0\nfree slot9\n"));
        assertEquals(2, refused.code());
        assertTrue(
                refused.err().contains("line 3, free slot9: there is no name 'slot9'; did you mean 'slot1'?"),
                refused.err());
        Run nonsense = Run.of("export", "dot", "--script", file("nonsense", "slot\nslit\n"));
        assertTrue(nonsense.err().contains("line 2, column 1: there is no command 'slit'"), nonsense.err());
        Run noWord = Run.of("export", "capdl", "--board", "k64f");
        assertEquals(2, noWord.code());
        assertTrue(noWord.err().contains("capDL has no word for machines like k64f"), noWord.err());
        assertEquals(
                2, Run.of("export", "json", "--image", file("x", "no image")).code());
    }
}
