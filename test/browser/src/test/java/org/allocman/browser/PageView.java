package org.allocman.browser;

import java.util.List;

/** The page as the tests see it: what is drawn, by the names that are in it. */
record PageView(Browser browser) {
    /** Everything that is drawn, as one text: the scrolled lists from their beginning, canvases by their pixels. */
    private static final String PICTURE = """
            const parts = ["what", "why", "answer", "break", "position", "circle", "map", "range"]
                .map(id => document.getElementById(id).innerHTML);
            for (const id of ["steps", "tree"]) {
                const list = document.getElementById(id);
                list.scrollTop = 0;
                list.dispatchEvent(new Event("scroll"));
                parts.push(list.innerText);
            }
            for (const canvas of document.querySelectorAll("canvas")) parts.push(canvas.toDataURL());
            for (const title of document.querySelectorAll("h3, #pools p")) parts.push(title.textContent);
            return parts.join("\\u0000");
            """;

    /** Presses a key in the page so many times and takes a picture before each, all as hashes. */
    @SuppressWarnings("unchecked")
    List<String> picturesWhile(String key, long times) {
        return (List<String>) browser.js("const picture = () => {" + PICTURE + """
                };
                const hash = text => {
                    let h = 0;
                    for (let i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
                    return h + "/" + text.length;
                };
                const all = [];
                for (let i = 0; i <= arguments[1]; i++) {
                    all.push(hash(picture()));
                    if (i < arguments[1]) document.dispatchEvent(new KeyboardEvent("keydown", {key: arguments[0]}));
                }
                return all;
                """, key, times);
    }

    long step() {
        return browser.number("return +document.getElementById('slider').value");
    }

    long steps() {
        return browser.number("return +document.getElementById('slider').max");
    }

    /** The address range that the map shows, in words. */
    String range() {
        return browser.text("range");
    }

    /** Goes to the first step whose line has some words. */
    void goTo(String words) {
        long found = browser.number("""
                const slider = document.getElementById("slider");
                for (let i = 0; i <= +slider.max; i++) {
                    slider.value = i;
                    slider.dispatchEvent(new Event("input"));
                    if (document.getElementById("what").textContent.includes(arguments[0])) return i;
                }
                return -1;
                """, words);
        if (found < 0) {
            throw new AssertionError("no step says '" + words + "'");
        }
    }

    /** How many things in a part of the page are lit because they are pointed at. */
    long lit(String part) {
        return browser.number("return document.querySelectorAll('#' + arguments[0] + ' .hot').length", part);
    }

    /** The pixels of a part's canvases, as text. */
    String pixels(String part) {
        return String.valueOf(browser.js(
                "return [...document.querySelectorAll('#' + arguments[0] + ' canvas')].map(c => c.toDataURL()).join()",
                part));
    }
}
