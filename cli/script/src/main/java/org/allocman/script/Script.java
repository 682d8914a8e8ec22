package org.allocman.script;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Commands, one a line.
 *
 * @param statements the commands, in order
 */
public record Script(List<Statement> statements) {
    private static final int LONGEST_LINE = 10_000;
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n]");

    /**
     * Keeps a copy of the list.
     *
     * @param statements the commands, in order
     */
    public Script {
        statements = List.copyOf(statements);
    }

    /**
     * Reads a script. Empty lines and what follows a {@code #} are passed over.
     *
     * @param text lines
     * @return the script
     * @throws ScriptException if a line is no command
     */
    public static Script parse(String text) throws ScriptException {
        return parse(text, Operand.Type.SEL4);
    }

    /**
     * Reads a script for a kernel, which may have object types of its own.
     *
     * @param text lines
     * @param architecture the kernel's
     * @return the script
     * @throws ScriptException if a line is no command
     */
    public static Script parse(String text, Architecture architecture) throws ScriptException {
        return parse(text, StatementParser.types(architecture));
    }

    /**
     * Every mistake of a script, where {@link #parse} throws the first one.
     *
     * @param text lines
     * @return what is wrong, in the order of the lines; empty if it can be read
     */
    public static List<ScriptException> mistakes(String text) {
        List<ScriptException> mistakes = new ArrayList<>();
        int number = 0;
        for (String line : LINE_END.split(text, -1)) {
            number++;
            try {
                statement(line, number, Operand.Type.SEL4);
            } catch (ScriptException mistake) {
                mistakes.add(mistake);
            }
        }
        return mistakes;
    }

    private static @Nullable Statement statement(String line, int number, List<ObjectType> types)
            throws ScriptException {
        if (line.length() > LONGEST_LINE) {
            throw new ScriptException(number, LONGEST_LINE, "the line is longer than " + LONGEST_LINE + " characters");
        }
        return StatementParser.parse(line, number, types);
    }

    private static Script parse(String text, List<ObjectType> types) throws ScriptException {
        List<Statement> statements = new ArrayList<>();
        int number = 0;
        for (String line : LINE_END.split(text, -1)) {
            number++;
            Statement statement = statement(line, number, types);
            if (statement != null) {
                statements.add(statement);
            }
        }
        return new Script(statements);
    }

    /**
     * The script in one fixed form, without remarks and empty lines.
     *
     * @return lines that read as this again
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        statements.forEach(statement -> text.append(statement.text()).append('\n'));
        return text.toString();
    }
}
