package org.allocman.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Pages of runs that are more, or less, than a boot: each has what there is to show. */
@ExtendWith(BrowserExtension.class)
class PanesTest {
    private static final int WIDTH_OF_PAGE = 8;
    private static final String RECORDINGS = "../conformance/src/test/resources/org/allocman/conformance/";
    private static final String UVISOR = "../core/src/test/resources/org/allocman/uvisor/";
    private static final int SAMPLE = 25;

    @TempDir
    private static Path folder;

    private final Browser browser;
    private final PageView view;

    PanesTest(Browser browser) {
        this.browser = browser;
        this.view = new PageView(browser);
    }

    @BeforeEach
    void letThereBeLight() {
        browser.emulate("screen", "light");
    }

    private String shown() {
        return String.join(
                " ",
                Stream.of("circle", "map", "owners", "slots", "tree", "pools")
                        .filter(part -> browser.at("#" + part + "Part").isDisplayed())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "xous --steps 60,circle map owners slots tree pools",
        "uvisor --steps 60,circle map owners slots tree pools",
        "replay allocman " + RECORDINGS + "allocman-1-900.txt.gz,map slots tree",
        "replay xous " + RECORDINGS + "xous-1-1000.txt.gz,owners",
        "replay uvisor " + UVISOR + "pages-1500.txt,owners"
    })
    void thereIsAPaneForEverythingAndTheWayBackIsTheSame(String command, String panes) throws Exception {
        browser.open(Pages.of(folder, command.split(" ")), "#40", 1600);
        assertEquals(panes, shown());
        List<String> forwards = view.picturesWhile("ArrowRight", SAMPLE);
        List<String> backwards = new ArrayList<>(view.picturesWhile("ArrowLeft", SAMPLE));
        Collections.reverse(backwards);
        assertEquals(forwards, backwards);
        browser.press(Keys.END);
        browser.press(Keys.HOME);
        assertEquals(List.of(), browser.errors());
        browser.open(browser.page(), "#50", 400);
        assertTrue(browser.number("return document.documentElement.scrollWidth") <= 400);
    }

    @Test
    void aPageOfAProcessIsAFrameInTheMapAndInTheTree() throws Exception {
        browser.open(Pages.of(folder, "xous", "--steps", "40"), "#400", 1600);
        browser.pointAt(browser.at("h1"));
        String before = view.pixels("slots");
        int width = ram().getSize().getWidth();
        int x = 2;
        browser.pointAt(ram(), x, 2);
        assertTrue(browser.text("hover").contains("PID 1, the kernel"), browser.text("hover"));
        assertTrue(browser.text("hover").startsWith("page of 4 KiB at 0x"), browser.text("hover"));
        // what the manager has for itself is the kernel's as well, and no frame of Xous'; its windows' frames come next
        while (before.equals(view.pixels("slots"))) {
            x += WIDTH_OF_PAGE;
            assertTrue(x < width, "in the first row no page is a frame at step " + view.step());
            browser.pointAt(ram(), x, 2);
        }
        assertTrue(browser.text("hover").contains("PID "), browser.text("hover"));
        assertNotEquals(before, view.pixels("slots"));
    }

    /** The map is drawn anew at times. */
    private WebElement ram() {
        return browser.all("#owners canvas").get(0);
    }

    @Test
    void whatWasDoneForARefusedInvocationIsTakenBackBeforeTheUsersEyes() throws Exception {
        // blocks have been cut for an object that then cannot be made of them
        browser.open(Pages.of(folder, "boot", "--board", "tiny", "--objects", "20", "-q", "--fail", "12"), "", 1600);
        assertTrue(browser.text("command").contains("--fail 12 "), browser.text("command"));
        while (!browser.text("answer").contains("NotEnoughMemory")) {
            assertTrue(view.step() < view.steps(), "nothing is refused");
            browser.press(Keys.ARROW_RIGHT);
        }
        assertTrue(browser.at("#steps .row.current").getDomAttribute("class").contains("bad"));
        String tree = browser.text("tree");
        browser.press(Keys.ARROW_RIGHT);
        assertTrue(browser.text("why").contains("This takes back what had been done for it"), browser.text("why"));
        assertNotEquals(tree, browser.text("tree"));
    }

    @Test
    void aChainTellsEachAction() throws Exception {
        Path chain = Files.writeString(
                folder.resolve("chain"), "system xous\nsize 3\nstep process 2 takes a page\nstep process 2 ends\n");
        browser.open(Pages.of(folder, "replay", "chain", chain.toString()), "#2", 1600);
        assertEquals("owners", shown());
        assertTrue(browser.text("what").startsWith("process 2 ends: "), browser.text("what"));
        assertTrue(browser.text("why").contains("1 page changed hands"), browser.text("why"));
        browser.press(Keys.ARROW_LEFT);
        assertTrue(browser.text("ownersLegend").contains("PID 2"), browser.text("ownersLegend"));
    }

    @Test
    void aScriptOpensAtItsFirstLine() throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "spawn\nspawn\n");
        browser.open(Pages.of(folder, "xous", "play", script.toString()), "", 1600);
        assertFalse(browser.text("position").startsWith("step 0 of "), browser.text("position"));
        assertTrue(browser.text("why").contains("spawn"), browser.text("why"));
        browser.press(Keys.ARROW_LEFT);
        assertFalse(browser.text("why").contains("spawn"), browser.text("why"));
    }
}
