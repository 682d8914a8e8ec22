package org.allocman.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.allocman.sim.board.Boards;
import org.allocman.web.LiveRun;
import org.allocman.web.PlaygroundPage;
import org.allocman.web.PlaygroundStart;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The playground in a browser. The machine as JavaScript comes from a build with the profile web; without it these are skipped. */
@ExtendWith(BrowserExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PlaygroundTest {
    private static final Path MACHINE = Path.of("../../cli/web/target/javascript/machine.js");
    private static final String REQUIRED = "ALLOCMAN_REQUIRE_PLAYGROUND";
    private static final int SCRIPTS = 1000;
    private static final int BATCH = 50;
    private static final int MOST_BYTES = 300 * 1024;

    @TempDir
    private static Path folder;

    private static Path page = Path.of("");

    private final Browser browser;

    PlaygroundTest(Browser browser) {
        this.browser = browser;
    }

    @BeforeAll
    static void write() throws Exception {
        if (!Files.exists(MACHINE)) {
            assertTrue(System.getenv(REQUIRED) == null, REQUIRED + " is set, but there is no " + MACHINE);
            Assumptions.abort(
                    "skipped: ./mvnw -Pweb -pl cli/web -am package -DskipTests makes the machine of the page");
        }
        page = folder.resolve("playground.html");
        String start = PlaygroundStart.text(Boards.byName("tiny"), true, "");
        Files.writeString(page, PlaygroundPage.of(Files.readString(MACHINE), start));
    }

    @BeforeEach
    void open() throws Exception {
        browser.emulate("screen", "light");
        browser.open(page, "", 1400);
    }

    private String take(String line) {
        return String.valueOf(browser.js("""
                const input = document.getElementById("line");
                input.value = arguments[0];
                document.getElementById("prompt").requestSubmit();
                return document.getElementById("said").textContent;
                """, line));
    }

    private void click(String id) {
        browser.js("document.getElementById(arguments[0]).click()", id);
    }

    private String select(String id, String value) {
        return String.valueOf(browser.js("""
                const select = document.getElementById(arguments[0]);
                select.value = arguments[1];
                select.dispatchEvent(new Event("change"));
                return select.value;
                """, id, value));
    }

    @Test
    void thePageIsSmall() throws Exception {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (var zip = new java.util.zip.GZIPOutputStream(bytes)) {
            zip.write(Files.readAllBytes(page));
        }
        assertTrue(bytes.size() < MOST_BYTES, "compressed it has " + bytes.size() + " bytes");
    }

    @Test
    void theFirstObjectIsMadeAndItsStepsAreShown() {
        assertTrue(take("ep = alloc endpoint").contains("endpoint of 2^4 bytes at 0x"));
        assertEquals("ep = alloc endpoint", browser.text("what"));
        assertTrue(browser.text("lines").contains("ep = alloc endpoint"));
        assertTrue(browser.number("return document.querySelectorAll('#circle .edge.lit').length") > 0);
        assertTrue(take("nonsense").contains("there is no command"));
        assertEquals(1, browser.number("return document.querySelectorAll('#lines li').length"));
    }

    @Test
    void whoGoesBackTakesAnotherWayAndComparesThem() {
        take("ep = alloc endpoint");
        take("t = alloc tcb");
        click("undo");
        assertEquals(1, browser.number("return document.querySelectorAll('#lines li.ahead').length"));
        take("n = alloc notification");
        assertTrue(browser.text("branches").contains("t = alloc tcb"));
        browser.js("document.querySelectorAll('#branches button')[1].click()");
        assertTrue(browser.text("comparison").contains("t = alloc tcb"));
        assertTrue(browser.text("comparison").contains("TCB of 2 KiB"));
        browser.js("document.querySelectorAll('#branches button')[0].click()");
        assertTrue(browser.text("lines").contains("t = alloc tcb"));
        assertFalse(browser.text("lines").contains("n = alloc notification"));
        assertTrue(browser.text("branches").contains("n = alloc notification"));
    }

    @Test
    void aRefusedCallIsRolledBackBeforeOnesEyes() {
        take("ep = alloc endpoint");
        select("fault", "all");
        browser.js("document.getElementById('which').value = 2");
        assertTrue(take("t = alloc tcb").startsWith("refused"));
        assertEquals("", browser.js("return document.getElementById('fault').value"));
        click("checkIt");
        assertTrue(browser.text("said").startsWith("Every invariant"), browser.text("said"));
    }

    @Test
    void aLinkHoldsTheWholeSession() throws Exception {
        take("ep = alloc endpoint");
        take("free ep");
        click("linkIt");
        browser.waitUntil("return location.hash.startsWith('#s=')");
        String url = String.valueOf(browser.js("return location.href"));
        browser.js("location.hash = ''");
        browser.js("location.href = arguments[0]; location.reload()", url);
        browser.waitUntil(
                "return document.body.dataset.ready === 'yes' && document.querySelectorAll('#lines li').length === 2");
        assertTrue(browser.text("lines").contains("free ep"));
    }

    @Test
    void aDamagedLinkIsTold() throws Exception {
        take("ep = alloc endpoint");
        click("linkIt");
        browser.waitUntil("return location.hash.startsWith('#s=')");
        String hash = String.valueOf(browser.js("return location.hash"));
        int middle = hash.length() / 2;
        String changed =
                hash.substring(0, middle) + (hash.charAt(middle) == 'A' ? 'B' : 'A') + hash.substring(middle + 1);
        String cut = hash.substring(0, middle);
        for (String damaged : List.of("#s=", "#s=%%%", "#s=AAAA", changed, cut)) {
            browser.js("document.getElementById('said').textContent = ''; location.hash = arguments[0]", damaged);
            browser.waitUntil("return document.getElementById('said').textContent.startsWith('The link is damaged')");
            assertTrue(browser.text("lines").contains("ep = alloc endpoint"), "what was there stays");
        }
    }

    private String open(String text) throws InterruptedException {
        browser.js("""
                document.getElementById("said").textContent = "";
                const files = new DataTransfer();
                files.items.add(new File([arguments[0]], "a.script"));
                const input = document.getElementById("file");
                input.files = files.files;
                input.dispatchEvent(new Event("change"));
                """, text);
        browser.waitUntil("return /a.script|mistake/.test(document.getElementById('said').textContent)");
        return browser.text("said");
    }

    @Test
    void whatIsNoScriptIsNotOpened() throws Exception {
        take("ep = alloc endpoint");
        for (String text : List.of("", "# a comment", "a\u0000b", "\ufffd\ufffd")) {
            assertTrue(open(text).startsWith("a.script holds no session and no script"), browser.text("said"));
            assertTrue(browser.text("lines").contains("ep = alloc endpoint"), "what was there stays");
        }
        assertEquals("a.script was opened.", open("t = alloc tcb"));
        assertTrue(
                open("t = alloc tcb\nnonsense\nn = alloc notification").startsWith("Line 2, nonsense, is a mistake"));
        assertEquals(1, browser.number("return document.querySelectorAll('#lines li').length"));
    }

    @Test
    void goingBackAndAskedForRefusalsAreSaid() {
        take("ep = alloc endpoint");
        take("t = alloc tcb");
        click("undo");
        assertEquals("Shown: the machine after line 1, ep = alloc endpoint", browser.text("said"));
        click("redo");
        assertTrue(browser.text("said").contains("after line 2"), browser.text("said"));
        select("fault", "one");
        browser.js("document.getElementById('which').value = ''");
        assertTrue(take("n = alloc notification").startsWith("Which call is to fail?"));
        browser.js("document.getElementById('which').value = 1");
        assertTrue(take("n = alloc notification").contains("You asked for that"), browser.text("said"));
        select("fault", "one");
        assertFalse(take("nonsense").contains("invocation number"), browser.text("said"));
        assertEquals("A comment does nothing.", take("# nothing"));
        assertTrue(take("x".repeat(5000)).length() < 1000);
    }

    @Test
    void aBoardOfOnesOwnBoots() {
        select("board", "your own YAML");
        browser.js(
                "document.getElementById('yaml').value = arguments[0]",
                Boards.yaml("tiny").replace("tiny", "mine"));
        click("bootIt");
        assertEquals("The board has booted.", browser.text("said"));
        assertTrue(browser.text("about").contains("mine"));
        browser.js("document.getElementById('yaml').value = 'name: ['");
        click("bootIt");
        assertFalse(browser.text("said").isEmpty());
        assertTrue(browser.text("about").contains("mine"));
    }

    @Test
    void aCapabilityHasAMenu() {
        browser.js("""
                const row = document.querySelector("#tree .row");
                row.dispatchEvent(new MouseEvent("mouseenter"));
                row.dispatchEvent(new MouseEvent("click", {bubbles: true, clientX: 40, clientY: 40}));
                """);
        assertTrue(browser.text("menu").contains("revoke"), browser.text("menu"));
        browser.js("[...document.querySelectorAll('#menu button')].find(b => b.textContent === 'copy').click()");
        assertTrue(browser.text("lines").contains("copy 1 -> slot1"), browser.text("lines"));
    }

    /** The machine in the browser is the one on the JVM: same answers, same memory, for many scripts. */
    @Test
    void theBrowsersMachineIsTheJvms() throws Exception {
        Path plain = folder.resolve("machine.html");
        Files.writeString(
                plain,
                "<!doctype html><title>machine</title><body data-ready=yes><script>" + Files.readString(MACHINE)
                        + "</script>");
        browser.open(plain, "", 1400);
        String entries = "name\ttiny\narchitecture\taarch64\nregions[0].name\tuart\nregions[0].kind\tdevice\n"
                + "regions[0].start\t0x9000000\nregions[0].size\t4KiB\nregions[1].name\tmemory\nregions[1].kind\tram\n"
                + "regions[1].start\t0x40000000\nregions[1].size\t256KiB";
        for (int first = 0; first < SCRIPTS; first += BATCH) {
            List<List<Object>> scripts = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int seed = first; seed < first + BATCH; seed++) {
                boolean bare = seed % 4 == 0;
                int fail = seed % 3 == 0 ? 1 + seed % 7 : 0;
                List<String> lines = RandomLines.of(seed, 12);
                scripts.add(List.of(bare, fail, lines));
                expected.add(onTheJvm(bare, fail, lines));
            }
            @SuppressWarnings("unchecked")
            List<String> found = (List<String>) browser.js("""
                    return arguments[1].map(([bare, fail, lines]) => {
                        self.boot(arguments[0], bare);
                        const told = lines.map((line, i) => {
                            const answer = self.take(line, i === 5 ? fail : 0, true);
                            return answer.slice(0, answer.lastIndexOf("\\f"));
                        });
                        return told.join("\\n") + "\\n" + self.fingerprint();
                    });
                    """, entries, scripts);
            for (int i = 0; i < BATCH; i++) {
                assertEquals(expected.get(i), found.get(i), "script " + (first + i));
            }
        }
    }

    private static String onTheJvm(boolean bare, int fail, List<String> lines) throws Exception {
        LiveRun live = LiveRun.boot(Boards.byName("tiny"), bare);
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            LiveRun.Result result = live.take(lines.get(i), i == 5 ? fail : 0, true);
            told.append(result.kind())
                    .append('\f')
                    .append(result.refused())
                    .append('\f')
                    .append(result.message())
                    .append('\n');
        }
        return told + Long.toHexString(live.fingerprint().high()) + ":"
                + Long.toHexString(live.fingerprint().low());
    }
}
