package org.allocman.arch.broken.circle;

/** The other half of a circle. */
final class Right {
    static final class Part {
        Left left() {
            return new Left();
        }
    }
}
