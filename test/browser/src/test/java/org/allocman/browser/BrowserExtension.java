package org.allocman.browser;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the JVM's one browser to tests. Where there is none they are skipped, or fail if it is required. */
final class BrowserExtension implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace ROOM = ExtensionContext.Namespace.create(BrowserExtension.class);
    private static final String REQUIRED = "ALLOCMAN_REQUIRE_BROWSER";
    private static final String MISSING = "no chromium or no chromedriver is on the path; apt-get install chromium"
            + " chromium-driver makes these tests run";

    /** A browser, if there is one. */
    private record Found(Optional<Browser> browser) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (browser.isPresent()) {
                browser.get().close();
            }
        }
    }

    private static Optional<Browser> browser(ExtensionContext context) {
        return context.getRoot()
                .getStore(ROOM)
                .getOrComputeIfAbsent(Found.class, any -> new Found(Browser.start()), Found.class)
                .browser();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (browser(context).isEmpty()) {
            if (System.getenv(REQUIRED) != null) {
                Assertions.fail(REQUIRED + " is set, but " + MISSING);
            }
            Assumptions.abort("skipped: " + MISSING);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return browser(context).orElseThrow();
    }
}
