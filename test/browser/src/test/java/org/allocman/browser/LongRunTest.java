package org.allocman.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run of 10,000 steps. */
@ExtendWith(BrowserExtension.class)
class LongRunTest {
    private static final int STEPS = 10_000;
    private static final long MOST_BYTES = 2 << 20;
    private static final int MOST_NODES = 800;
    private static final int SAMPLE = 20;

    @TempDir
    private static Path folder;

    private static Path page;

    private final Browser browser;
    private final PageView view;

    LongRunTest(Browser browser) {
        this.browser = browser;
        this.view = new PageView(browser);
    }

    @BeforeAll
    static void writeThePage() {
        page = Pages.of(folder, "boot", "--objects", "5000", "-q");
    }

    @Test
    void itIsNotLargeDrawsFewThingsAndGoesBothWays() throws Exception {
        assertTrue(Files.size(page) < MOST_BYTES, () -> page.toFile().length() + " bytes");
        browser.open(page, "", 1600);
        assertEquals(STEPS, view.steps());
        for (int from : new int[] {0, STEPS / 2, STEPS - SAMPLE}) {
            browser.js(
                    "const s = document.getElementById('slider'); s.value = arguments[0]; s.dispatchEvent(new Event('input'))",
                    from);
            List<String> forwards = view.picturesWhile("ArrowRight", SAMPLE);
            List<String> backwards = new ArrayList<>(view.picturesWhile("ArrowLeft", SAMPLE));
            Collections.reverse(backwards);
            assertEquals(forwards, backwards);
            long nodes = browser.number("return document.getElementsByTagName('*').length");
            assertTrue(nodes < MOST_NODES, () -> nodes + " elements");
        }
        assertEquals(List.of(), browser.errors());
    }

    /** Prints what it takes on this machine, if somebody wants to know. */
    @Test
    @EnabledIfSystemProperty(named = "allocman.figures", matches = "true")
    void figures() throws Exception {
        browser.open(page, "", 1600);
        System.out.println("page of " + STEPS + " steps: " + browser.js("""
                        const ready = performance.getEntriesByName("ready")[0].startTime;
                        const took = [];
                        for (let i = 0; i < 100; i++) {
                            const slider = document.getElementById("slider");
                            slider.value = i * 100;
                            slider.dispatchEvent(new Event("input"));
                            const start = performance.now();
                            document.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight"}));
                            document.body.getBoundingClientRect();
                            took.push(performance.now() - start);
                        }
                        took.sort((a, b) => a - b);
                        return "loaded after " + ready.toFixed(0) + " ms, a step takes " + took[50].toFixed(1)
                            + " ms, of 100 steps the slowest " + took[99].toFixed(1) + " ms";
                        """));
    }
}
