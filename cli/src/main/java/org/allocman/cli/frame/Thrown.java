package org.allocman.cli.frame;

import org.allocman.vka.MemoryFault;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What the code of a user's jar threw, in words. */
public final class Thrown {
    /** How the names of class loaders for a user's jars begin; stack traces have them. */
    public static final String LOADER = "--with ";

    private Thrown() {}

    /**
     * What was thrown.
     *
     * @param thrown an exception or an error of a user's class
     * @return words to end a sentence with
     */
    public static String text(Throwable thrown) {
        if (thrown instanceof LinkageError && !(thrown instanceof ExceptionInInitializerError)) {
            return "a class or method that it needs is not there; it may have been compiled for another allocman";
        }
        String message = thrown.getMessage();
        return "it throws " + thrown.getClass().getSimpleName()
                + (message == null ? "" : ", " + message.lines().findFirst().orElse(""));
    }

    /**
     * Who threw, if it was code of a jar that the user named.
     *
     * @param thrown what ended a run
     * @return a sentence, or null if it was code of ours
     */
    public static @Nullable String byUser(Throwable thrown) {
        if (thrown instanceof NullReturnedException) {
            return thrown.getMessage();
        }
        // what a caller can bring about by a wrong argument is the caller's, whoever throws it
        boolean isCallers = thrown instanceof MemoryFault || thrown instanceof IllegalArgumentException;
        for (StackTraceElement frame : thrown.getStackTrace()) {
            String loader = frame.getClassLoaderName();
            if (loader != null && loader.startsWith(LOADER)) {
                return loader.substring(LOADER.length()) + ": " + frame.getClassName() + "." + frame.getMethodName()
                        + " in line " + frame.getLineNumber() + ": " + text(thrown);
            }
            // a library's frames lie above the one who called it wrongly; ours do not
            if (frame.getClassName().startsWith("org.allocman.") && !isCallers) {
                return null;
            }
        }
        return null;
    }
}
