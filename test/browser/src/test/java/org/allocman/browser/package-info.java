/** Tests of the pages that {@code --html} writes, in a real headless Chromium. */
package org.allocman.browser;
