package org.allocman.script;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A command with all that it is told.
 *
 * @param line the line's number, from 1
 * @param result the name for what comes of it, or null
 * @param verb the command
 * @param operands what it is told
 */
public record Statement(int line, @Nullable String result, Verb verb, Map<Parameter, Operand> operands) {
    /**
     * Keeps a copy of what the command is told.
     *
     * @param line the line's number, from 1
     * @param result the name for what comes of it, or null
     * @param verb the command
     * @param operands what it is told
     */
    public Statement {
        Map<Parameter, Operand> copy = new EnumMap<>(Parameter.class);
        copy.putAll(operands);
        operands = Collections.unmodifiableMap(copy);
    }

    /**
     * The command in one fixed form.
     *
     * @return a line that reads as this again
     */
    public String text() {
        StringBuilder text = new StringBuilder(result == null ? "" : result + " =");
        append(text, verb.word());
        for (Parameter parameter : verb.parameters()) {
            Operand operand = operands.get(parameter);
            if (operand != null) {
                append(text, parameter.keyword());
                append(text, operand.text());
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String word) {
        if (!word.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ").append(word);
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
