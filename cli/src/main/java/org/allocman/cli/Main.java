package org.allocman.cli;

/** x. */
public final class Main {
    private Main() {}

    /**
     * x.
     *
     * @param args arguments
     */
    public static void main(String[] args) {
        System.out.println("hello");
    }
}
