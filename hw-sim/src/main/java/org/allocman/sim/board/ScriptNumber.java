package org.allocman.sim.board;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Numbers and sums as linker scripts have them: {@code 0x20000000 + 16K}, {@code ORIGIN(RAM) + LENGTH(RAM)}. */
final class ScriptNumber {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(0[xX][0-9a-fA-F]{1,15}|[0-9]{1,18})([KkMm]?)(?![\\w.])|(<<|>>|[-+*/&|()])|"
                    + "((?:ORIGIN|LENGTH|org|len|o|l)\\s*\\(\\s*[\\w.$-]+\\s*\\))|([A-Za-z_.$][\\w.$]*))\\s*");

    private final Map<String, Long> symbols;
    private final Deque<Long> values = new ArrayDeque<>();
    private final Deque<String> operators = new ArrayDeque<>();

    private ScriptNumber(Map<String, Long> symbols) {
        this.symbols = symbols;
    }

    /** What an expression comes to; null if it is none, or has something that is not known. */
    static @Nullable Long valueOf(String expression, Map<String, Long> symbols) {
        return new ScriptNumber(symbols).evaluate(expression);
    }

    private @Nullable Long evaluate(String expression) {
        Matcher token = TOKEN.matcher(expression);
        boolean wantsValue = true;
        int at = 0;
        while (at < expression.length()) {
            token.region(at, expression.length());
            if (!token.lookingAt()) {
                return null;
            }
            at = token.end();
            String operator = token.group(3);
            if (operator == null) {
                Long value = value(token);
                if (!wantsValue || value == null) {
                    return null;
                }
                values.push(value);
                wantsValue = false;
            } else if (operator.equals("(")) {
                if (!wantsValue) {
                    return null;
                }
                operators.push(operator);
            } else if (wantsValue) {
                return null;
            } else if (operator.equals(")")) {
                if (!reduce(0) || operators.isEmpty()) {
                    return null;
                }
                operators.pop();
            } else {
                if (!reduce(strength(operator))) {
                    return null;
                }
                operators.push(operator);
                wantsValue = true;
            }
        }
        if (wantsValue || !reduce(0) || !operators.isEmpty()) {
            return null;
        }
        Long result = values.peek();
        return result == null || result < 0 ? null : result;
    }

    private @Nullable Long value(Matcher token) {
        String number = token.group(1);
        if (number == null) {
            String function = token.group(4);
            String name = function == null ? token.group(5) : canonical(function);
            return name == null ? null : symbols.get(name);
        }
        long plain = number.length() > 1 && (number.charAt(1) == 'x' || number.charAt(1) == 'X')
                ? Long.parseLong(number.substring(2), 16)
                : number.length() > 1
                                && number.startsWith("0")
                                && number.chars().allMatch(c -> c < '8')
                        ? Long.parseLong(number, 8)
                        : Long.parseLong(number);
        String unit = String.valueOf(token.group(2));
        int shift = unit.isEmpty() ? 0 : unit.equalsIgnoreCase("k") ? 10 : 20;
        return plain > Long.MAX_VALUE >>> shift ? null : plain << shift;
    }

    private static String canonical(String function) {
        String name = function.replaceAll("\\s", "");
        boolean isOrigin = name.startsWith("O") || name.startsWith("o");
        return (isOrigin ? "ORIGIN" : "LENGTH") + name.substring(name.indexOf('('));
    }

    /** Does what is waiting and binds at least as strongly; false if it cannot be done. */
    private boolean reduce(int strength) {
        String operator = operators.peek();
        while (operator != null && !operator.equals("(") && strength(operator) >= strength) {
            operators.pop();
            Long right = values.poll();
            Long left = values.poll();
            Long result = right == null || left == null ? null : apply(operator, left, right);
            if (result == null) {
                return false;
            }
            values.push(result);
            operator = operators.peek();
        }
        return true;
    }

    private static int strength(String operator) {
        return switch (operator) {
            case "*", "/" -> 5;
            case "+", "-" -> 4;
            case "<<", ">>" -> 3;
            case "&" -> 2;
            default -> 1;
        };
    }

    private static @Nullable Long apply(String operator, long left, long right) {
        return switch (operator) {
            case "*" -> left * right;
            case "/" -> right == 0 ? null : (Long) (left / right);
            case "+" -> left + right;
            case "-" -> left - right;
            case "<<" -> right < 0 || right > 52 ? null : (Long) (left << right);
            case ">>" -> right < 0 || right > 52 ? null : (Long) (left >>> right);
            case "&" -> left & right;
            default -> left | right;
        };
    }
}
