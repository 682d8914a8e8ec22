package org.allocman.script;

import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;

/** What the operands of a statement stand for on a machine. */
final class Operands {
    private static final int WIDE_GUARD_SHIFT = 6;
    private static final int NARROW_GUARD_SHIFT = 8;

    private final PathResolver paths;

    Operands(PathResolver paths) {
        this.paths = paths;
    }

    CapRights rights(Statement statement, CapRights usual) {
        return statement.operands().get(Parameter.RIGHTS) instanceof Operand.Rights given ? given.rights() : usual;
    }

    Operand.Type type(Statement statement) throws Mistake {
        if (statement.operands().get(Parameter.TYPE) instanceof Operand.Type type) {
            return type;
        }
        throw missing(statement, Parameter.TYPE);
    }

    Operand.Place place(Statement statement, Parameter parameter) throws Mistake {
        if (statement.operands().get(parameter) instanceof Operand.Place place) {
            return place;
        }
        throw missing(statement, parameter);
    }

    CapPath path(Statement statement, Parameter parameter) throws Mistake {
        return paths.path(place(statement, parameter));
    }

    Operand.Value value(Statement statement, Parameter parameter) throws Mistake {
        if (statement.operands().get(parameter) instanceof Operand.Value value) {
            return value;
        }
        throw missing(statement, parameter);
    }

    long number(Statement statement, Parameter parameter) throws Mistake {
        return paths.cptr(value(statement, parameter));
    }

    long numberOr(Statement statement, Parameter parameter, long usual) throws Mistake {
        return statement.operands().containsKey(parameter) ? number(statement, parameter) : usual;
    }

    int intOf(Statement statement, Parameter parameter, int usual) throws Mistake {
        long number = numberOr(statement, parameter, usual);
        // what has 32 bits is the kernel's to judge
        if (number >>> Integer.SIZE != 0) {
            String what = parameter.keyword().isEmpty() ? "the number" : "'" + parameter.keyword() + "'";
            throw new Mistake(what + " is out of all range");
        }
        return (int) number;
    }

    /** A number that must be there. */
    int intOf(Statement statement, Parameter parameter) throws Mistake {
        value(statement, parameter);
        return intOf(statement, parameter, 0);
    }

    boolean has(Statement statement, Parameter parameter) {
        return statement.operands().containsKey(parameter);
    }

    String nameOf(Statement statement, Parameter parameter) throws Mistake {
        String name = value(statement, parameter).name();
        if (name == null) {
            throw missing(statement, parameter);
        }
        return name;
    }

    /** A guard or a badge as the kernel takes them; 0 if neither is given. */
    long data(Statement statement, Architecture architecture) throws Mistake {
        if (statement.operands().get(Parameter.GUARD) instanceof Operand.Guard guard) {
            return architecture.wordBits() == Long.SIZE
                    ? guard.value() << WIDE_GUARD_SHIFT | guard.bits()
                    : guard.value() << NARROW_GUARD_SHIFT | architecture.guardOfZeros(guard.bits());
        }
        return numberOr(statement, Parameter.BADGE, 0);
    }

    /** A statement that was put together by hand and is not whole. */
    private static Mistake missing(Statement statement, Parameter parameter) {
        return new Mistake(
                "'" + parameter.form() + "' is missing: " + statement.verb().form());
    }
}
