package org.allocman.script;

import java.util.List;
import java.util.Locale;
import org.allocman.sim.board.UnsignedText;
import org.allocman.vka.CapRights;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads what commands are told. */
final class OperandParser {
    private static final int HEX = 16;
    private static final int BINARY = 2;
    private static final int DECIMAL = 10;
    private static final int MOST_BITS = 64;

    private final Tokens tokens;
    private final List<ObjectType> types;

    OperandParser(Tokens tokens, List<ObjectType> types) {
        this.tokens = tokens;
        this.types = types;
    }

    /** A name; commands cannot be names. */
    Token name(String wanted) throws ScriptException {
        Token name = tokens.take();
        if (name.kind() != Token.Kind.WORD) {
            throw tokens.wrong(name, wanted + " is wanted, not " + name.quoted());
        }
        if (Verb.of(name.text()) != null) {
            throw tokens.wrong(name, name.quoted() + " is a command and cannot be a name");
        }
        return name;
    }

    Operand.Value value(String wanted) throws ScriptException {
        if (tokens.peek().kind() == Token.Kind.NUMBER) {
            return new Operand.Value(null, number(tokens.take()));
        }
        String name = name(wanted).text();
        return new Operand.Value(name, tokens.takeIf("+") ? numberOnly("what to add") : 0);
    }

    private long numberOnly(String wanted) throws ScriptException {
        if (tokens.peek().kind() != Token.Kind.NUMBER) {
            throw tokens.wrong(
                    tokens.peek(),
                    wanted + " has to be a number, not " + tokens.peek().quoted());
        }
        return number(tokens.take());
    }

    private long number(Token token) throws ScriptException {
        String text = token.text().replace("_", "").toLowerCase(Locale.ROOT);
        try {
            return text.startsWith("0x")
                    ? UnsignedText.parse(text.substring(2), HEX)
                    : text.startsWith("0b")
                            ? UnsignedText.parse(text.substring(2), BINARY)
                            : UnsignedText.parse(text, DECIMAL);
        } catch (NumberFormatException noNumber) {
            throw tokens.wrong(token, token.quoted() + " is no number of at most 64 bits (decimal, 0x.. or 0b..)");
        }
    }

    private int small(String wanted, int most) throws ScriptException {
        Token token = tokens.peek();
        long number = numberOnly(wanted);
        if (number < 0 || number > most) {
            throw tokens.wrong(token, wanted + " is from 0 to " + most + ", not " + token.text());
        }
        return (int) number;
    }

    Operand.Place place(boolean slotsOfNode) throws ScriptException {
        Operand.Value root = value("a place");
        if (!tokens.takeIf("/")) {
            return new Operand.Place(root, null, null, null);
        }
        Operand.Value index = value("an index in the CNode");
        Token behind = tokens.peek();
        Operand.Value depth = tokens.takeIf(":") ? value("a number of bits") : null;
        Token slash = tokens.peek();
        Operand.Value offset = tokens.takeIf("/") ? value("a slot of the CNode") : null;
        if (!slotsOfNode && offset != null) {
            throw tokens.wrong(slash, "a place is CPTR, CNODE/INDEX or CNODE/INDEX:DEPTH, with no second '/'");
        }
        if (slotsOfNode && depth != null && offset == null) {
            throw tokens.wrong(
                    behind,
                    "a retype fills slots of one CNode: CPTR, CNODE/SLOT or CNODE/INDEX:DEPTH/SLOT, where the index leads"
                            + " to the CNode");
        }
        return new Operand.Place(root, index, depth, offset);
    }

    Operand.Type type() throws ScriptException {
        Token word = tokens.peek();
        if (word.kind() == Token.Kind.NUMBER) {
            int number = small("the number of a type", Integer.MAX_VALUE);
            // a retype takes any number, and its kernel says what is wrong with it
            return new Operand.Type(null, number, optionalSize(Integer.MAX_VALUE));
        }
        tokens.take();
        String text = word.text().toLowerCase(Locale.ROOT);
        if (text.equals(Operand.Type.FRAME)) {
            return new Operand.Type(null, -1, optionalSize(MOST_BITS));
        }
        ObjectType type = typeNamed(text);
        if (type == null) {
            List<String> words = Operand.Type.words(types);
            String suggestion = Nearest.suggestion(text, words);
            throw tokens.wrong(
                    word,
                    word.quoted() + " is no object type"
                            + (suggestion.isEmpty() ? "; there are " + String.join(", ", words) : suggestion));
        }
        if (type.isSizedByCaller()) {
            return new Operand.Type(type, -1, small(sizeWanted(type), MOST_BITS));
        }
        if (tokens.peek().kind() == Token.Kind.NUMBER) {
            throw tokens.wrong(
                    tokens.peek(),
                    "a " + type.text() + " has one size only" + (type.isFrame() ? "; 'frame BITS' takes one" : ""));
        }
        return new Operand.Type(type, -1, -1);
    }

    private static String sizeWanted(ObjectType type) {
        return switch (type.kind()) {
            case CNODE -> "the radix of a CNode";
            case UNTYPED -> "an untyped's size in bits";
            default -> "the size in bits of type " + type.text();
        };
    }

    private int optionalSize(int most) throws ScriptException {
        return tokens.peek().kind() == Token.Kind.NUMBER ? small("a size in bits", most) : -1;
    }

    private @Nullable ObjectType typeNamed(String word) {
        for (ObjectType type : types) {
            if (Operand.Type.word(type).equals(word)) {
                return type;
            }
        }
        return null;
    }

    Operand.Rights rights() throws ScriptException {
        Token word = tokens.take();
        String text = word.text().toLowerCase(Locale.ROOT);
        if (text.equals("all")) {
            return new Operand.Rights(CapRights.ALL);
        }
        int bits = 0;
        for (int i = 0; i < text.length() && !text.equals("none"); i++) {
            int bit = Operand.Rights.LETTERS.indexOf(text.charAt(i));
            if (bit < 0) {
                throw tokens.wrong(
                        word,
                        "rights are 'all', 'none' or letters of 'rwgp' (read, write, grant, grant-reply), not "
                                + word.quoted());
            }
            bits |= 1 << bit;
        }
        return new Operand.Rights(new CapRights(bits));
    }

    Operand.Guard guard() throws ScriptException {
        long value = numberOnly("a guard");
        if (!tokens.takeIf(":")) {
            throw tokens.wrong(tokens.peek(), "a guard is VALUE:BITS, for instance 0:8");
        }
        return new Operand.Guard(value, small("the number of bits of a guard", MOST_BITS));
    }
}
