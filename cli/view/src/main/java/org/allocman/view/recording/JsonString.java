package org.allocman.view.recording;

/** Text as a string of JSON, which may stand in a script of a page. */
public final class JsonString {
    private static final String HEX = "0123456789abcdef";

    private JsonString() {}

    /**
     * Text as JSON.
     *
     * @param text any text
     * @return a string with its quotes; nothing in it ends an HTML script
     */
    public static String of(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2);
        append(json, text);
        return json.toString();
    }

    static void append(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '<') {
                json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        json.append('"');
    }
}
