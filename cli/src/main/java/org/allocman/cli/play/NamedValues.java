package org.allocman.cli.play;

import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Set;
import java.math.BigInteger;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.ByteCount;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.TypeConversionException;

/** What names stand for. It never changes: a line that names something makes new names, so that a line can be undone. */
final class NamedValues {
    private final Map<String, Long> constants;
    private static final int BITS = 64;
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(BITS).subtract(BigInteger.ONE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

    private final Map<String, Long> own;
    private final Set<String> refused;

    private NamedValues(Map<String, Long> constants, Map<String, Long> own, Set<String> refused) {
        this.constants = constants;
        this.own = own;
        this.refused = refused;
    }

    /** NamedValues that are there from the start. */
    static NamedValues of(java.util.Map<String, Long> constants) {
        return new NamedValues(LinkedHashMap.ofAll(constants), LinkedHashMap.empty(), HashSet.empty());
    }

    /** With a name for a number. */
    NamedValues with(String name, long number) {
        return new NamedValues(constants, own.put(name, number), refused.remove(name));
    }

    /** With a name for what came of a call; it stands for nothing if that was refused, or answers no number. */
    NamedValues with(String name, Answer answer) {
        Long number = answer.number();
        return number != null
                ? with(name, number)
                : new NamedValues(
                        constants, own.remove(name), answer.isDone() ? refused.remove(name) : refused.add(name));
    }

    boolean isConstant(String name) {
        return constants.containsKey(name);
    }

    /** All that can be typed for a number. */
    java.util.List<String> words() {
        return constants.merge(own).keySet().filter(name -> !name.contains(" ")).toJavaList();
    }

    /** What a name stands for; null if there is no such name. */
    @Nullable
    Long find(String name) {
        return own.get(name).orElse(constants.get(name)).getOrNull();
    }

    /** Whether a text can be compared with a number: it is one, a name, or several with + between them. */
    boolean isNumber(String text) {
        try {
            number(text);
            return true;
        } catch (NoAnswerException refusedBefore) {
            return true;
        } catch (BadInputException none) {
            return false;
        }
    }

    /** A name, a number of bytes, or one plus another; 64 bits. */
    long number(String text) throws BadInputException {
        return exact(text).longValue();
    }

    /** The same as it is written, -2^63 to 2^64 - 1. */
    BigInteger exact(String text) throws BadInputException {
        BigInteger sum = BigInteger.ZERO;
        for (String part : text.split("\\+", -1)) {
            sum = sum.add(term(part));
        }
        if (sum.compareTo(MOST) > 0) {
            throw new BadInputException("'" + text + "' is more than 2^64 - 1, and a number has 64 bits");
        }
        if (sum.compareTo(LEAST) < 0) {
            throw new BadInputException("'" + text + "' is less than -2^63, and a number has 64 bits");
        }
        return sum;
    }

    private BigInteger term(String part) throws BadInputException {
        Long known = find(part);
        if (known != null) {
            return new BigInteger(Long.toUnsignedString(known));
        }
        if (refused.contains(part)) {
            throw new NoAnswerException(part);
        }
        try {
            boolean isNegative = part.startsWith("-");
            BigInteger bytes = ByteCount.exact(isNegative ? part.substring(1) : part);
            return isNegative ? bytes.negate() : bytes;
        } catch (TypeConversionException none) {
            throw new BadInputException("'" + part + "' is neither a number nor a name that a call before has given");
        }
    }
}
