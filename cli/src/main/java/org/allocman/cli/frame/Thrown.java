package org.allocman.cli.frame;

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
        for (StackTraceElement frame : thrown.getStackTrace()) {
            String loader = frame.getClassLoaderName();
            if (loader != null && loader.startsWith(LOADER)) {
                return loader.substring(LOADER.length()) + ": " + frame.getClassName() + "." + frame.getMethodName()
                        + " in line " + frame.getLineNumber() + ": " + text(thrown);
            }
            // a library's frames lie above the one who called it wrongly; ours do not
            if (frame.getClassName().startsWith("org.allocman.")) {
                return null;
            }
        }
        return null;
    }
}
