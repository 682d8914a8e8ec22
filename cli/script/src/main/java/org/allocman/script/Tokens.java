package org.allocman.script;

import java.util.ArrayList;
import java.util.List;

/** A line in pieces: words, numbers and signs; what follows a {@code #} is a remark. */
final class Tokens {
    private static final String SIGNS = "=/:+";
    private static final String ARROW = "->";

    private final String line;
    private final int number;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    Tokens(String line, int number) throws ScriptException {
        this.line = line;
        this.number = number;
        split();
    }

    private void split() throws ScriptException {
        int at = 0;
        while (at < line.length() && line.charAt(at) != '#') {
            char c = line.charAt(at);
            int end = at + 1;
            if (Character.isWhitespace(c)) {
                at = end;
                continue;
            }
            if (isLetter(c)) {
                while (end < line.length() && isInWord(end)) {
                    end++;
                }
                add(Token.Kind.WORD, at, end);
            } else if (isDigit(c)) {
                while (end < line.length() && (isLetter(line.charAt(end)) || isDigit(line.charAt(end)))) {
                    end++;
                }
                add(Token.Kind.NUMBER, at, end);
            } else if (line.startsWith(ARROW, at)) {
                end = at + ARROW.length();
                add(Token.Kind.SIGN, at, end);
            } else if (SIGNS.indexOf(c) >= 0) {
                add(Token.Kind.SIGN, at, end);
            } else {
                throw new ScriptException(
                        number,
                        at + 1,
                        "'" + new String(Character.toChars(line.codePointAt(at))) + "' is in no command");
            }
            at = end;
        }
        tokens.add(
                new Token(Token.Kind.END, "", Math.min(at, line.stripTrailing().length()) + 1));
    }

    private void add(Token.Kind kind, int from, int to) {
        tokens.add(new Token(kind, line.substring(from, to), from + 1));
    }

    /** A hyphen is part of a word if the word goes on behind it. */
    private boolean isInWord(int at) {
        char c = line.charAt(at);
        boolean hyphen = c == '-' && at + 1 < line.length() && isLetterOrDigit(line.charAt(at + 1));
        return isLetterOrDigit(c) || c == '.' || hyphen;
    }

    private static boolean isLetterOrDigit(char c) {
        return isLetter(c) || isDigit(c);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The next token, without taking it. */
    Token peek() {
        return tokens.get(next);
    }

    /** The token behind the next one. */
    Token peekSecond() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    /** Takes the next token; the end can be taken again and again. */
    Token take() {
        Token token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    /** Takes the next token if it is this. */
    boolean takeIf(String what) {
        if (!peek().is(what)) {
            return false;
        }
        take();
        return true;
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    int number() {
        return number;
    }

    ScriptException wrong(Token where, String what) {
        return new ScriptException(number, where.column(), what);
    }
}
