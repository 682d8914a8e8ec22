package org.allocman.arch.broken.bootstrap;

/** Is seen from below. */
public final class Bootstrap {
    public void run() {}
}
