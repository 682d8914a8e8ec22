package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people reported of Xous, told as scripts of calls; each script says where it was reported. */
@Timeout(120)
class XousReportsTest {
    private static String path(String resource) throws Exception {
        URL url = XousReportsTest.class.getResource("xous/" + resource);
        assertNotNull(url);
        return Path.of(url.toURI()).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "issue-988",
                "pull-980",
                "pull-980-rules",
                "issue-64",
                "issue-188",
                "pull-557",
                "commit-006a50d20",
                "commit-434e865a4",
                "commit-96630a11e",
                "commit-52abe83b7",
                "commit-fcf74c4d9",
                "pull-937",
                "pull-528"
            })
    void aReportIsAScript(String report) throws Exception {
        String board = switch (report) {
            case "pull-937" -> path("bao1x.txt");
            case "pull-528" -> "qemu-riscv-virt"; // whose processes have addresses at 0xb...
            default -> "precursor";
        };
        String rules = report.endsWith("-rules") ? "980" : "73c0946";
        for (String table : List.of("array", "programmatic")) {
            Run run = Run.of(
                    "xous", "play", path(report + ".play"), "--board", board, "--table", table, "--rules", rules);
            assertEquals(Exit.GOOD, run.code(), () -> run.out() + run.err());
            assertEquals("", run.err());
        }
    }

    @Test
    void everyScriptIsRunAndSaysWhereItIsFrom() throws Exception {
        File[] files =
                Path.of(path("issue-988.play")).getParent().toFile().listFiles((in, name) -> name.endsWith(".play"));
        assertNotNull(files);
        TreeSet<String> names = new TreeSet<>();
        for (File file : files) {
            names.add(file.getName().replace(".play", ""));
            List<String> lines = Files.readAllLines(file.toPath());
            assertTrue(lines.get(0).startsWith("# https://github.com/betrusted-io/xous-core/"), file::getName);
            assertEquals("check", lines.get(lines.size() - 1), file::getName);
        }
        ValueSource run = XousReportsTest.class
                .getDeclaredMethod("aReportIsAScript", String.class)
                .getAnnotation(ValueSource.class);
        assertNotNull(run);
        assertEquals(names, new TreeSet<>(Arrays.asList(run.strings())));
    }
}
