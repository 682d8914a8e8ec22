package org.allocman.docs;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Javadoc in a source file says. */
record SourceText(String text) {
    private static final Pattern LINE_START = Pattern.compile("\\s*\\n\\s*\\* ?");

    static SourceText of(String module, Class<?> type) throws IOException {
        Class<?> top = type;
        while (top.getEnclosingClass() != null) {
            top = top.getEnclosingClass();
        }
        return new SourceText(
                Checkout.text(module + "/src/main/java/" + top.getName().replace('.', '/') + ".java"));
    }

    /** The comment right before a constant, as one line. */
    String of(String constant) {
        Pattern comment = Pattern.compile(
                "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:public static final long )?" + constant + "\\b", Pattern.DOTALL);
        Matcher found = comment.matcher(text);
        if (!found.find()) {
            throw new AssertionError("nothing is said of " + constant);
        }
        return plain(found.group(1));
    }

    /** A comment in Markdown, as one line that goes into a table. */
    static String plain(String comment) {
        return LINE_START
                .matcher(comment)
                .replaceAll(" ")
                .replaceAll("\\{@code ([^}]*)\\}", "`$1`")
                .replaceAll("\\{@link (?:[\\w.]*#)?([^} ]*)(?: ([^}]*))?\\}", "`$1`")
                .replace("|", "\\|")
                .replaceAll("</?p>|</?[a-z]+>", "")
                .strip();
    }
}
