package org.allocman.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of a boot, used as people use it. */
@ExtendWith(BrowserExtension.class)
class RunPageTest {
    private static final int WIDE = 1600;
    private static final int NARROW = 400;

    @TempDir
    private static Path folder;

    private static Path page;

    private final Browser browser;
    private final PageView view;

    RunPageTest(Browser browser) {
        this.browser = browser;
        this.view = new PageView(browser);
    }

    @BeforeAll
    static void writeThePage() {
        page = Pages.of(folder, "boot", "--board", "tiny", "--objects", "20", "-q");
    }

    @BeforeEach
    void open() throws InterruptedException {
        browser.emulate("screen", "light");
        browser.open(page, "", WIDE);
        browser.pointAt(browser.at("h1"));
    }

    @Test
    void itOpensFromDiskAsksNoNetworkAndComplainsOfNothing() {
        assertTrue(view.steps() > 50);
        browser.press(Keys.END);
        assertEquals(view.steps(), view.step());
        assertEquals(List.of(), browser.errors());
        assertEquals(List.of(), browser.requests());
    }

    @Test
    void forwardsAndBackwardsGiveTheSamePictures() {
        List<String> forwards = view.picturesWhile("ArrowRight", view.steps());
        assertEquals(view.steps(), view.step());
        List<String> backwards = new ArrayList<>(view.picturesWhile("ArrowLeft", view.steps()));
        Collections.reverse(backwards);
        assertEquals(forwards, backwards);
        assertEquals(forwards.size(), Set.copyOf(forwards).size(), "each step looks different");
    }

    @Test
    void sliderAndKeysMove() {
        long last = view.steps();
        browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT);
        assertEquals(1, view.step());
        browser.press(Keys.END);
        assertEquals(last, view.step());
        browser.press(Keys.HOME);
        assertEquals(0, view.step());
        browser.press(Keys.PAGE_DOWN);
        assertEquals(Math.min(100, last), view.step());
        browser.press(Keys.PAGE_UP);
        assertEquals(0, view.step());
        browser.press(Keys.ARROW_DOWN);
        long operation = view.step();
        assertTrue(operation > 0);
        browser.press(Keys.ARROW_UP);
        assertTrue(view.step() < operation);
        browser.js("const s = document.getElementById('slider'); s.value = 7; s.dispatchEvent(new Event('input'))");
        assertEquals("step 7 of " + last, browser.text("position"));
        browser.at("#forward").click();
        browser.at("#back").click();
        browser.at("#back").click();
        assertEquals(6, view.step());
        browser.at("#last").click();
        browser.at("#first").click();
        assertEquals(0, view.step());
    }

    @Test
    void anAddressWithAStepOpensThere() throws InterruptedException {
        browser.open(page, "#12", WIDE);
        assertEquals(12, view.step());
    }

    @Test
    void itZoomsFromAllAddressesToAnEndpointOf16Bytes() {
        view.goTo("Retype: an endpoint of 16 B");
        browser.at("[data-zoom=all]").click();
        String all = view.range();
        assertTrue(all.startsWith("0x0 to "), all);
        browser.press("+");
        assertNotEquals(all, view.range());
        browser.press("-");
        browser.at("[data-zoom=step]").click();
        assertTrue(view.range().endsWith(", 16 B"), view.range());
        assertTrue(browser.text("map").contains("endpoint 16 B"), browser.text("map"));
        browser.press("f");
        assertNotEquals(all, view.range());
    }

    @Test
    void whoZoomsIsNotLedAwayUntilTheyWantToFollow() {
        browser.at("[data-zoom=all]").click();
        String all = view.range();
        browser.press(Keys.END);
        assertEquals(all, view.range());
        browser.at("#follow").click();
        assertNotEquals(all, view.range());
    }

    @Test
    void whatIsPointedAtIsLitEverywhere() {
        view.goTo("Retype: a small page of 4 KiB");
        String slots = view.pixels("slots");
        String pools = view.pixels("pools");
        String map = browser.text("map") + browser.js("return document.getElementById('map').innerHTML.length");
        browser.pointAt(browser.at("#tree .row.changed + .row.changed"));
        assertTrue(view.lit("tree") >= 1);
        assertTrue(view.lit("steps") >= 1, "the step that made it");
        assertNotEquals(slots, view.pixels("slots"));
        assertNotEquals(pools, view.pixels("pools"));
        assertNotEquals(
                map, browser.text("map") + browser.js("return document.getElementById('map').innerHTML.length"));
        assertTrue(browser.text("hover").contains("capability in slot"), browser.text("hover"));
        browser.pointAt(browser.at("h1"));
        assertEquals(slots, view.pixels("slots"));
        assertEquals(0, view.lit("tree"));
    }

    @Test
    void aBlockOfTheMapAndAStepLightTheSame() {
        view.goTo("Retype: a small page of 4 KiB");
        browser.pointAt(browser.at("#steps .row.current"));
        long fromSteps = view.lit("tree");
        assertTrue(fromSteps >= 1);
        browser.pointAt(browser.at("h1"));
        List<WebElement> blocks = browser.all("#map rect[fill='#009e73']");
        browser.pointAt(blocks.get(blocks.size() - 1));
        assertTrue(view.lit("tree") >= 1);
        assertTrue(browser.text("hover").startsWith("frame of 4 KiB"), browser.text("hover"));
    }

    @Test
    void keysWalkThroughCapabilitiesAndZoomToThem() {
        browser.press("n", "n", "n");
        assertTrue(view.lit("tree") >= 1);
        String third = browser.text("hover");
        browser.press("p");
        assertNotEquals(third, browser.text("hover"));
        browser.press("n");
        assertEquals(third, browser.text("hover"));
        String before = view.range();
        browser.press("z");
        assertNotEquals(before, view.range());
    }

    @Test
    void aWrongAnswerAndARightOneAreCounted() {
        browser.press("a");
        while (browser.at("#question").getText().isEmpty()) {
            assertTrue(view.step() < view.steps(), "no step asks");
            browser.press(Keys.ARROW_RIGHT);
        }
        long before = view.step();
        List<String> choices = browser.all("#question button").stream()
                .map(button -> button.getText().substring("1. ".length()))
                .toList();
        assertTrue(choices.size() >= 2, choices.toString());
        browser.press("1");
        assertEquals(before + 1, view.step());
        String said = browser.text("question");
        int right = choices.indexOf(said.replaceAll("^Right: |^.*, it is |\\.$", ""));
        assertTrue(right >= 0, said + choices);
        browser.press(Keys.ARROW_LEFT);
        int wrong = right == 0 ? 1 : 0;
        browser.press(Keys.ARROW_RIGHT, "" + (wrong + 1));
        assertTrue(
                browser.text("question").startsWith("Not so: you said " + choices.get(wrong)),
                browser.text("question"));
        browser.press(Keys.ARROW_LEFT, Keys.ARROW_RIGHT);
        browser.all("#question button").get(right).click();
        assertEquals("Right: " + choices.get(right) + ".", browser.text("question"));
        assertEquals((right == 0 ? 2 : 1) + " of 3 right", browser.text("score"));
    }

    @ParameterizedTest
    @CsvSource({
        "Retype: an endpoint,is named by; lies in",
        "× untyped of,needs a; pieces need",
        "Map the frame,is a; lives in"
    })
    void theNeedThatAStepServesIsLitInTheCircle(String step, String needs) {
        view.goTo(step);
        Set<String> lit = new TreeSet<>();
        browser.all("#circle .label.lit").forEach(label -> lit.add(label.getText()));
        assertEquals(needs, String.join("; ", lit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void wordsCanBeReadInBothThemes(String theme) throws InterruptedException {
        browser.emulate("screen", theme);
        browser.open(page, "#30", WIDE);
        assertEquals(List.of(), unreadable());
        String background = background();
        browser.at("#theme").click();
        assertNotEquals(background, background(), "the button switches");
        assertEquals(List.of(), unreadable());
    }

    private String background() {
        return String.valueOf(browser.js("return getComputedStyle(document.body).backgroundColor"));
    }

    /** Elements with words whose colour is too like what is behind them: a ratio below 4.5, as WCAG computes it. */
    private Object unreadable() {
        return browser.js("""
                const rgb = text => text.match(/[\\d.]+/g).map(Number);
                const part = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
                const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
                const behind = element => {
                    for (let e = element; e; e = e.parentElement) {
                        const colour = rgb(getComputedStyle(e).backgroundColor);
                        if (colour.length < 4 || colour[3] > 0) return colour;
                    }
                    return [255, 255, 255];
                };
                const bad = [];
                for (const e of document.querySelectorAll("h1,h2,h3,p,code,button,label,output,.row,.row .soft,#legend span")) {
                    if (!e.textContent.trim() || !e.offsetParent) continue;
                    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))];
                    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                    if (ratio < 4.5) bad.push(e.textContent.slice(0, 40) + " " + ratio.toFixed(2));
                }
                return bad;
                """);
    }

    @Test
    void onPaperThereAreNoButtons() {
        browser.press(Keys.ARROW_RIGHT);
        browser.emulate("print", "light");
        assertFalse(browser.at("#forward").isDisplayed());
        assertFalse(browser.at("#slider").isDisplayed());
        assertTrue(browser.at("#map").isDisplayed());
        assertTrue(browser.at("#what").isDisplayed());
        assertTrue(browser.at("#command").isDisplayed());
    }

    @ParameterizedTest
    @ValueSource(ints = {NARROW, WIDE})
    void nothingIsWiderThanTheWindow(int width) throws InterruptedException {
        for (String hash : new String[] {"", "#40", "#9999"}) {
            browser.open(page, hash, width);
            assertTrue(browser.number("return document.documentElement.scrollWidth") <= width, hash);
        }
    }

    @Test
    void theTabKeyReachesEverythingInOrder() {
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            browser.press(Keys.TAB);
            String where = String.valueOf(
                    browser.js("const e = document.activeElement; return e.id || e.dataset.zoom || e.tagName"));
            if (where.equals("BODY")) {
                break;
            }
            reached.add(where);
        }
        List<String> expected = List.of(
                "copy", "theme", "first", "back", "slider", "forward", "last", "ask", "steps", "all", "ram", "step",
                "in", "out", "left", "right", "follow", "map", "tree");
        reached.retainAll(expected);
        assertEquals(expected, reached);
    }
}
