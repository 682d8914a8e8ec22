package org.allocman.browser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with a new profile, for all tests of a JVM. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    // says that it knows no version of the developer tools' protocol as new as the browser's, and nothing here minds
    private static final Logger TOOLS = Logger.getLogger("org.openqa.selenium.devtools");

    private final Path profile;
    private final ChromeDriver driver;
    private Path current = Path.of("");

    private Browser(Path browser, Path chromedriver) {
        try {
            profile = Files.createTempDirectory("allocman-browser");
        } catch (IOException noRoom) {
            throw new IllegalStateException("the browser's profile cannot be made", noRoom);
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-device-scale-factor=1",
                "--user-data-dir=" + profile);
        TOOLS.setLevel(Level.SEVERE);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
    }

    /** Starts a browser, or says what is missing. */
    static Optional<Browser> start() {
        Optional<Path> chromedriver = onPath("chromedriver");
        return NAMES.stream()
                .flatMap(name -> onPath(name).stream())
                .findFirst()
                .flatMap(browser -> chromedriver.map(driver -> new Browser(browser, driver)));
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a page from disk in a window of a width, and waits until it is drawn. */
    void open(Path page, String hash, int width) throws InterruptedException {
        current = page;
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
        driver.get("about:blank");
        driver.get(page.toUri() + hash);
        for (int tries = 0; !isReady(); tries++) {
            if (tries > 600) {
                throw new IllegalStateException("the page does not get ready: " + errors());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Waits until a script returns true. */
    void waitUntil(String script) throws InterruptedException {
        for (int tries = 0; !Boolean.TRUE.equals(js(script)); tries++) {
            if (tries > 600) {
                throw new AssertionError("it never came about: " + script);
            }
            Thread.sleep(50);
        }
    }

    /** The page that was opened last. */
    Path page() {
        return current;
    }

    private boolean isReady() {
        return "yes".equals(js("return document.body.dataset.ready || ''"));
    }

    /** Runs a script in the page, and answers what it returns. */
    Object js(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    String text(String id) {
        return String.valueOf(js("return document.getElementById(arguments[0]).textContent", id));
    }

    long number(String script, Object... arguments) {
        return ((Number) js(script, arguments)).longValue();
    }

    WebElement at(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Presses keys, wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void pointAt(WebElement element) {
        new Actions(driver).moveToElement(element).perform();
    }

    /** Points at a place within an element, from its upper left corner. */
    void pointAt(WebElement element, int x, int y) {
        int width = element.getSize().getWidth();
        int height = element.getSize().getHeight();
        new Actions(driver)
                .moveToElement(element, x - width / 2, y - height / 2)
                .perform();
    }

    /** Has the page believe that the user prefers a theme, or that it is printed. */
    void emulate(String media, String theme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", media, "features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /** What the page complained about since this was asked last. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What was asked of a network since this was asked last: every request that is not for the page's own file. */
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                // the browser's own new tab asks for its own parts
                .filter(message -> message.contains("\"documentURL\":\"file:"))
                .filter(message -> !message.contains("\"url\":\"file:") && !message.contains("\"url\":\"data:"))
                .toList();
    }

    /** A picture of the whole page, as PNG. */
    byte[] picture() {
        Map<String, Object> answer = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        return Base64.getDecoder().decode(String.valueOf(answer.get("data")));
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> all = Files.walk(profile)) {
            all.sorted((one, other) -> other.compareTo(one))
                    .forEach(file -> file.toFile().delete());
        }
    }
}
