package org.allocman.sim.board;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;

/** What readers of YAML and XML say, in our words; theirs name classes and tokens, which a user does not have. */
final class ReaderWords {
    private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']{1,60})[\"']");
    private static final int MOST_OF_TEXT = 40;

    /** What a reader's own sentence has in it, and what we say. */
    private record Words(String theirs, String ours) {}

    private static final Words[] YAML = {
        new Words("document start", "there is something behind its end"),
        new Words("flow sequence", "a list in [ ] is not closed, or a comma is missing in it"),
        new Words("flow mapping", "keys and values in { } are not closed, or a comma or colon is missing in them"),
        new Words("quoted scalar", "a quote is not closed, or what is in quotes cannot stand there"),
        new Words("mapping values", "there are two colons in a line, or the line is set in too far"),
        new Words("next token", "a line begins with a tab or with a sign that YAML keeps for itself"),
        new Words("block mapping", "a line is not set in as the others of its kind, or is no key and value"),
        new Words("block collection", "a line is not set in as the others of its list, or has no dash"),
        new Words("simple key", "a colon is missing behind a key"),
        new Words("directive", "a line begins with %"),
        new Words("alias", "aliases are not followed"),
        new Words("anchor", "aliases are not followed"),
        new Words("tag", "there is a tag that begins with !"),
    };

    private static final Words[] XML = {
        new Words("must be terminated by the matching end-tag", "an element is not closed: "),
        new Words("within the same entity", "it ends before its first element does"),
        new Words("open quote", "the value of an attribute has no quotes: "),
        new Words("was referenced, but not declared", "only the five entities of XML itself are known, not "),
        new Words("already specified for element", "an attribute is there twice: "),
        new Words("#attributenotunique", "an attribute is there twice"),
        new Words("content is not allowed in prolog", "there is something before the first element"),
        new Words("in the element content", "a < does not begin an element"),
        new Words("well-formed character data or markup", "a < does not begin an element"),
    };

    private ReaderWords() {}

    /** What is wrong with the form of a file. */
    static String ofYaml(JacksonException problem) {
        if (problem instanceof StreamConstraintsException) {
            return "it is too deep, a text in it is too long, or it has too many values";
        }
        String message = String.valueOf(problem.getOriginalMessage());
        if (message.startsWith("Duplicate")) {
            Matcher key = QUOTED.matcher(message);
            return "the key " + (key.find() ? RegionNames.quoted(String.valueOf(key.group(1))) + " " : "")
                    + "is there twice";
        }
        for (Words words : YAML) {
            if (message.contains(words.theirs)) {
                return words.ours;
            }
        }
        return "it ends too early, or a line cannot be read";
    }

    /** What is wrong with the form of a file; what is named in quotes is named. */
    static String ofXml(String message) {
        for (Words words : XML) {
            if (message.toLowerCase(Locale.ROOT).contains(words.theirs)) {
                Matcher name = QUOTED.matcher(message);
                boolean names = words.ours.endsWith(" ");
                return names && name.find()
                        ? words.ours + RegionNames.quoted(String.valueOf(name.group(1)))
                        : words.ours.strip();
            }
        }
        return "it cannot be read";
    }

    /** What belongs where something else is; nothing if that is not known. */
    static String ofShape(JacksonException problem, JsonParser parser) {
        if (!(problem instanceof MismatchedInputException mismatch) || mismatch.getTargetType() == null) {
            return "";
        }
        String found = found(parser);
        return found.isEmpty() ? "" : ": " + wanted(mismatch.getTargetType()) + " belongs here, not " + found;
    }

    private static String wanted(Class<?> type) {
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type == String.class) {
            return "a word or a number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        return Map.class.isAssignableFrom(type) || type.isRecord() ? "a group of keys and values" : "something else";
    }

    private static String found(JsonParser parser) {
        @Nullable JsonToken token = parser.currentToken();
        if (token == null) {
            return "";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "a group of keys and values";
            case START_ARRAY, END_ARRAY -> "a list";
            case VALUE_NULL -> "nothing";
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> text(parser);
            default -> "";
        };
    }

    private static String text(JsonParser parser) {
        String text = String.valueOf(parser.getString());
        return RegionNames.quoted(text.length() > MOST_OF_TEXT ? text.substring(0, MOST_OF_TEXT) + "..." : text);
    }
}
