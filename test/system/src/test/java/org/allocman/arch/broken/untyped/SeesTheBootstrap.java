package org.allocman.arch.broken.untyped;

import org.allocman.arch.broken.bootstrap.Bootstrap;

/** What is below knows nothing of what is above. */
public final class SeesTheBootstrap {
    void boot() {
        new Bootstrap().run();
    }
}
