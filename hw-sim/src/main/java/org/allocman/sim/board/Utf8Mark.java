package org.allocman.sim.board;

import java.util.Arrays;

/** The byte order mark that editors on Windows put in front of a text in UTF-8; it is no part of the text. */
public final class Utf8Mark {
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final String CHARACTER = "\ufeff";

    /** The same where a text is read with a character for each byte. */
    private static final String CHARACTERS = "\u00ef\u00bb\u00bf";

    private Utf8Mark() {}

    /**
     * A file's content without the mark.
     *
     * @param content of a text, or of a format that never begins so
     * @return the same array if there is no mark
     */
    public static byte[] without(byte[] content) {
        boolean isThere = content.length >= MARK.length && Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length);
        return isThere ? Arrays.copyOfRange(content, MARK.length, content.length) : content;
    }

    /**
     * A text, or its first line, without the mark.
     *
     * @param text what was read, as UTF-8 or with a character for each byte
     * @return the same text if there is no mark
     */
    public static String without(String text) {
        if (text.startsWith(CHARACTER)) {
            return text.substring(CHARACTER.length());
        }
        return text.startsWith(CHARACTERS) ? text.substring(CHARACTERS.length()) : text;
    }
}
