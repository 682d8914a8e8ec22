package org.allocman.cli.frame;

/** A method of a class that the user brought returned null where null means nothing. */
public final class NullReturnedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Makes an exception.
     *
     * @param where the jar, as the user named it
     * @param type the class
     * @param method the method
     * @param what what it returns, for instance {@code null}
     */
    public NullReturnedException(String where, Class<?> type, String method, String what) {
        super(where + ": " + type.getName() + "." + method + " returns " + what + ", which it must not");
    }
}
