package org.allocman.sim.board;

import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.checkerframework.checker.nullness.qual.Nullable;

/** XML as the descriptions of CMSIS are written in: no entities but the five of XML itself, no document types. */
final class XmlText {
    private static final int MAX_BLANK = 1024;
    private static final int MAX_PROLOG = 1 << 16;
    /** White space, the zero bytes of UTF-16, and the byte order marks of UTF-8 and UTF-16. */
    private static final String IGNORED_AT_START = " \t\r\n\0\u00ef\u00bb\u00bf\u00fe\u00ff";

    private static final Pattern DECLARATION = Pattern.compile("\\s*<\\?xml\\s[^>]{0,200}\\?>");
    private static final Pattern ENCODING =
            Pattern.compile("\\s*<\\?xml\\s[^>]{0,200}?encoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]{0,40})[\"']");
    private static final Pattern ROOT = Pattern.compile("<([A-Za-z_][A-Za-z0-9_.:-]{0,60})");

    private XmlText() {}

    /** Whether a file looks like XML, in UTF-8 or UTF-16. */
    static boolean isOne(byte[] content) {
        int at = 0;
        while (at < Math.min(content.length, MAX_BLANK) && IGNORED_AT_START.indexOf(content[at] & 0xff) >= 0) {
            at++;
        }
        return at < content.length && content[at] == '<';
    }

    /** The name of the first element, as far as can be seen without reading the file; empty if none is in sight. */
    static String root(byte[] content) {
        String text = new String(content, 0, Math.min(content.length, MAX_PROLOG), StandardCharsets.ISO_8859_1)
                .replace("\0", "");
        Matcher matcher = ROOT.matcher(withoutComments(text));
        return matcher.find() ? String.valueOf(matcher.group(1)) : "";
    }

    private static String withoutComments(String text) {
        StringBuilder left = new StringBuilder();
        int from = 0;
        int start = text.indexOf("<!--");
        while (start >= 0) {
            int end = text.indexOf("-->", start + 4);
            left.append(text, from, start);
            from = end < 0 ? text.length() : end + 3;
            start = text.indexOf("<!--", from);
        }
        return left.append(text, from, text.length()).toString();
    }

    /** A reader that reports what is wrong to nobody but its caller. */
    static XMLStreamReader reader(byte[] content) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setXMLReporter((message, type, information, location) -> {});
        return factory.createXMLStreamReader(new StringReader(decode(content)));
    }

    /**
     * The text of a file, without its declaration. The library would print its own message of every byte that its encoding
     * does not have; vendors' files have such bytes in descriptions, where nobody needs them.
     */
    private static String decode(byte[] content) {
        int skipped = 0;
        Charset charset = StandardCharsets.UTF_8;
        if (begins(content, 0xef, 0xbb, 0xbf)) {
            skipped = 3;
        } else if (begins(content, 0xfe, 0xff) || begins(content, 0xff, 0xfe)) {
            charset = content[0] == (byte) 0xfe ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
            skipped = 2;
        } else if (begins(content, 0, '<') || begins(content, '<', 0)) {
            charset = content[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        } else {
            charset =
                    declared(new String(content, 0, Math.min(content.length, MAX_BLANK), StandardCharsets.ISO_8859_1));
        }
        String text = new String(content, skipped, content.length - skipped, charset);
        Matcher declaration = DECLARATION.matcher(text);
        return declaration.lookingAt() ? blank(declaration.group()) + text.substring(declaration.end()) : text;
    }

    /** As many lines and columns of nothing, so that places in the text stay what they are. */
    private static String blank(String text) {
        return text.replaceAll("[^\n\r]", " ");
    }

    private static Charset declared(String start) {
        Matcher matcher = ENCODING.matcher(start);
        try {
            return matcher.lookingAt() ? Charset.forName(String.valueOf(matcher.group(1))) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    private static boolean begins(byte[] content, int... bytes) {
        if (content.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (content[i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }

    // The JDK reads a document type to its end before it tells of it, so what is in sight is refused beforehand.
    static void refuseDocumentType(String source, byte[] content, String root) throws BoardFormatException {
        String text = new String(content, 0, Math.min(content.length, MAX_PROLOG), StandardCharsets.ISO_8859_1);
        int at = text.indexOf("<!DOCTYPE");
        int element = text.indexOf(root);
        if (at >= 0 && (element < 0 || at < element)) {
            throw new BoardFormatException(
                    source, "byte 0x" + Integer.toHexString(at), "a document type is not allowed");
        }
    }

    static String position(@Nullable Location location) {
        return location == null || location.getLineNumber() < 1
                ? "line 1"
                : "line " + location.getLineNumber() + ", column " + location.getColumnNumber();
    }

    static BoardFormatException invalid(String source, XMLStreamException e) {
        return new BoardFormatException(source, position(e.getLocation()), "no valid XML: " + sentence(e));
    }

    // The JDK's messages have a first line with the position, then "Message: " and the sentence.
    private static String sentence(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int marker = message.indexOf("Message: ");
        String sentence = marker < 0 ? message : message.substring(marker + "Message: ".length());
        return ReaderWords.ofXml(sentence.lines().findFirst().orElse(""));
    }
}
