package org.allocman.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What pages say between {@code begin} and {@code end} is what the code says; with -Dallocman.docs=write they are renewed. */
class GeneratedPagesTest {
    @Test
    void commands() throws Exception {
        check("docs/commands.md", Map.of("commands", CommandText.all()));
    }

    @Test
    void errors() throws Exception {
        check("docs/errors.md", ErrorText.all());
    }

    @Test
    void invocations() throws Exception {
        check("docs/invocations.md", Map.of("invocations", InvocationText.all()));
    }

    private static void check(String page, Map<String, String> parts) throws Exception {
        String before = Checkout.text(page);
        String now = before;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            String begin = "<!-- begin " + part.getKey() + " -->\n";
            String end = "<!-- end " + part.getKey() + " -->\n";
            assertTrue(now.contains(begin) && now.contains(end), () -> page + " has no part " + part.getKey());
            now = now.substring(0, now.indexOf(begin) + begin.length())
                    + part.getValue()
                    + now.substring(now.indexOf(end));
        }
        if ("write".equals(System.getProperty("allocman.docs"))) {
            Path file = Checkout.ROOT.resolve(page);
            Files.writeString(file, now);
        } else {
            assertEquals(now, before, page + " is out of date; CONTRIBUTING.md says how it is renewed");
        }
    }
}
