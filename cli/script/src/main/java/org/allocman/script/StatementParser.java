package org.allocman.script;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads a line. */
final class StatementParser {
    private static final String LET = "let";

    private final Tokens tokens;
    private final OperandParser operands;

    private StatementParser(Tokens tokens, List<ObjectType> types) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens, types);
    }

    /** The types that a kernel's scripts can name: seL4's, whether it has them or not, and its own. */
    static List<ObjectType> types(Architecture architecture) {
        List<ObjectType> types = new ArrayList<>(Operand.Type.SEL4);
        architecture.types().stream().filter(ObjectType::isOwn).forEach(types::add);
        return types;
    }

    /** The line's command; null if it is empty. */
    static @Nullable Statement parse(String line, int number, List<ObjectType> types) throws ScriptException {
        Tokens tokens = new Tokens(line, number);
        return tokens.atEnd() ? null : new StatementParser(tokens, types).statement();
    }

    private Statement statement() throws ScriptException {
        boolean let = tokens.peek().is(LET) && tokens.peekSecond().kind() == Token.Kind.WORD;
        if (let) {
            tokens.take();
        }
        String result = let || tokens.peekSecond().is("=") ? result() : null;
        Token first = tokens.peek();
        Verb verb = first.kind() == Token.Kind.WORD ? Verb.of(first.text()) : null;
        if (verb != null) {
            tokens.take();
        } else if (result != null && (first.kind() == Token.Kind.NUMBER || isValue(first))) {
            verb = Verb.NAME;
        } else {
            throw noCommand(first);
        }
        if (result != null && !verb.hasResult()) {
            throw tokens.wrong(first, "nothing comes of '" + verb.word() + "' that could have a name");
        }
        return new Statement(tokens.number(), result, verb, operands(verb));
    }

    /** A name alone, or with a number behind it; more would be a command that is misspelt. */
    private boolean isValue(Token first) {
        Token second = tokens.peekSecond();
        return first.kind() == Token.Kind.WORD && (second.kind() == Token.Kind.END || second.is("+"));
    }

    private String result() throws ScriptException {
        Token name = operands.name("a name for the result");
        if (!tokens.takeIf("=")) {
            throw tokens.wrong(
                    tokens.peek(),
                    "'=' is wanted behind the name, not " + tokens.peek().quoted());
        }
        return name.text();
    }

    private ScriptException noCommand(Token first) {
        String what = first.kind() == Token.Kind.END ? "a command is wanted" : "there is no command " + first.quoted();
        return tokens.wrong(first, what + Nearest.suggestion(first.text(), Verb.words()));
    }

    private Map<Parameter, Operand> operands(Verb verb) throws ScriptException {
        Map<Parameter, Operand> found = new EnumMap<>(Parameter.class);
        for (Parameter parameter : verb.required()) {
            if (parameter.keyword().isEmpty()) {
                found.put(parameter, operand(verb, parameter));
            }
        }
        while (!tokens.atEnd()) {
            Token word = tokens.peek();
            Parameter parameter = parameter(verb, word);
            if (parameter == null) {
                throw unexpected(verb, word, found);
            }
            if (found.containsKey(parameter)) {
                throw tokens.wrong(word, word.quoted() + " is given twice");
            }
            if (parameter == Parameter.BADGE && found.containsKey(Parameter.GUARD)
                    || parameter == Parameter.GUARD && found.containsKey(Parameter.BADGE)) {
                throw tokens.wrong(word, "badge and guard are the same word of the invocation; give one of them");
            }
            tokens.take();
            found.put(parameter, operand(verb, parameter));
        }
        for (Parameter parameter : verb.required()) {
            if (!found.containsKey(parameter)) {
                throw tokens.wrong(tokens.peek(), "'" + parameter.form() + "' is missing: " + verb.form());
            }
        }
        return found;
    }

    private Operand operand(Verb verb, Parameter parameter) throws ScriptException {
        if (tokens.atEnd() && parameter.kind() != Parameter.Kind.FLAG) {
            throw tokens.wrong(
                    tokens.peek(), "the line ends where " + wanted(parameter) + " is wanted: " + verb.form());
        }
        return switch (parameter.kind()) {
            case VALUE -> operands.value(wanted(parameter));
            case NAME -> new Operand.Value(operands.name(wanted(parameter)).text(), 0);
            case PLACE -> operands.place(false);
            case SLOTS -> operands.place(true);
            case TYPE -> operands.type();
            case RIGHTS -> operands.rights();
            case GUARD -> operands.guard();
            case FLAG -> new Operand.Flag();
        };
    }

    private static String wanted(Parameter parameter) {
        return switch (parameter) {
            case UNTYPED -> "an untyped";
            case CAPABILITY, TO, AWAY_FROM, CONTEXT, CONTROL, BUFFER_FRAME, IN_SLOT -> "a capability";
            case AUTHORITY -> "a thread";
            case OBJECT -> "the name of something allocated";
            case SLOT -> "the name of a slot";
            case OBJECT_TYPE -> "the word for a type";
            case OPERATION -> "'clean', 'invalidate', 'clean-invalidate' or 'unify'";
            case VALUE,
                    COUNT,
                    BADGE,
                    PIVOT_BADGE,
                    ATTRIBUTES,
                    INTERRUPT,
                    CORE,
                    PRIORITY,
                    MAX_PRIORITY,
                    BUDGET,
                    PERIOD,
                    EXTRA_REFILLS,
                    CSPACE_DATA,
                    VSPACE_DATA,
                    START,
                    END,
                    STORED,
                    BYTES,
                    SIZE,
                    HANDLE -> "a number";
            case AT, WHERE, BUFFER -> "an address";
            case TYPE -> "an object type";
            case RIGHTS -> "rights";
            case GUARD -> "a guard";
            default -> "a place";
        };
    }

    private static @Nullable Parameter parameter(Verb verb, Token word) {
        for (Parameter parameter : verb.parameters()) {
            if (!parameter.keyword().isEmpty() && word.is(parameter.keyword())) {
                return parameter;
            }
        }
        return null;
    }

    private ScriptException unexpected(Verb verb, Token word, Map<Parameter, Operand> found) {
        List<String> possible = new ArrayList<>();
        for (Parameter parameter : verb.parameters()) {
            if (!parameter.keyword().isEmpty() && !found.containsKey(parameter)) {
                possible.add(parameter.keyword());
            }
        }
        String suggestion = Nearest.suggestion(word.text(), possible);
        if (suggestion.isEmpty()) {
            suggestion = possible.isEmpty() ? "; the line should end here" : "; the form is: " + verb.form();
        }
        return tokens.wrong(word, word.quoted() + " has no place in '" + word(verb) + "'" + suggestion);
    }

    private static String word(Verb verb) {
        return verb == Verb.NAME ? verb.form() : verb.word();
    }
}
