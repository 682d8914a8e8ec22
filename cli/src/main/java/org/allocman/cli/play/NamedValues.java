package org.allocman.cli.play;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.ByteCount;
import org.checkerframework.checker.nullness.qual.Nullable;
import picocli.CommandLine.TypeConversionException;

/** What names stand for. It never changes: a line that names something makes new names, so that a line can be undone. */
final class NamedValues {
    private final Map<String, Long> constants;
    private final Map<String, Long> own;

    private NamedValues(Map<String, Long> constants, Map<String, Long> own) {
        this.constants = constants;
        this.own = own;
    }

    /** Names that are there from the start. */
    static NamedValues of(java.util.Map<String, Long> constants) {
        return new NamedValues(LinkedHashMap.ofAll(constants), LinkedHashMap.empty());
    }

    /** With what a line named, or without that name if the call was refused. */
    NamedValues with(String name, @Nullable Long number) {
        return new NamedValues(constants, number == null ? own.remove(name) : own.put(name, number));
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

    /** Whether a text is a number, a name, or several with + between them. */
    boolean isNumber(String text) {
        try {
            number(text);
            return true;
        } catch (BadInputException none) {
            return false;
        }
    }

    /** A name, a number of bytes, or one plus another. */
    long number(String text) throws BadInputException {
        long sum = 0;
        for (String part : text.split("\\+", -1)) {
            sum += term(part);
        }
        return sum;
    }

    private long term(String part) throws BadInputException {
        Long known = find(part);
        if (known != null) {
            return known;
        }
        try {
            boolean isNegative = part.startsWith("-");
            long bytes = new ByteCount().convert(isNegative ? part.substring(1) : part);
            return isNegative ? -bytes : bytes;
        } catch (TypeConversionException none) {
            throw new BadInputException(
                    "'" + part
                            + "' is neither a number nor a name that a call before has given; a call that is refused gives none");
        }
    }
}
