package org.allocman.arch.broken.circle;

/** Uses a file that uses it, by a nested class. */
final class Left {
    static final int WIDTH = 1;

    Right.Part part() {
        return new Right.Part();
    }
}
