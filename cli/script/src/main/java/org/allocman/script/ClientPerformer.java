package org.allocman.script;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/** Carries out the calls of an allocator's client that keeps handles itself: nothing gets a name, and handles are numbers. */
final class ClientPerformer {
    private final Operands operands;
    private final List<ObjectType> types;

    ClientPerformer(Operands operands, List<ObjectType> types) {
        this.operands = operands;
        this.types = types;
    }

    LineOutcome perform(Statement statement, Vka vka) throws Mistake {
        return switch (statement.verb()) {
            case VKA_ALLOC -> allocate(statement, vka);
            case VKA_FREE -> done(statement, vka.free(object(statement)));
            case VKA_ADDRESS -> address(statement, vka.physicalAddress(object(statement)));
            case VKA_SLOT -> slot(statement, vka.allocateSlot());
            case VKA_PATH -> slot(statement, Either.right(vka.path(operands.number(statement, Parameter.CAPABILITY))));
            default -> done(statement, vka.freeSlot(operands.path(statement, Parameter.SOURCE)));
        };
    }

    private LineOutcome allocate(Statement statement, Vka vka) throws Mistake {
        ObjectType type = type(statement);
        int size = size(statement);
        boolean at = operands.has(statement, Parameter.AT);
        boolean into = operands.has(statement, Parameter.TARGET);
        if (operands.has(statement, Parameter.MAYBE_DEVICE) && (at || into)) {
            throw new Mistake("'maybe-device' goes with neither 'at' nor '->'");
        }
        long paddr = operands.numberOr(statement, Parameter.AT, 0);
        Either<VkaError, VkaObject> answer;
        if (into) {
            CapPath slot = operands.path(statement, Parameter.TARGET);
            answer = at ? vka.allocateIntoAt(slot, type, size, paddr) : vka.allocateInto(slot, type, size);
        } else if (at) {
            answer = vka.allocateAt(type, size, paddr);
        } else {
            answer = operands.has(statement, Parameter.MAYBE_DEVICE)
                    ? vka.allocateMaybeDevice(type, size)
                    : vka.allocate(type, size);
        }
        return answer.fold(
                error -> LineOutcome.refused(statement, error),
                object -> LineOutcome.done(statement, object.toString(), new Binding.Allocated(object)));
    }

    private static LineOutcome address(Statement statement, Either<VkaError, @PhysAddr Long> answer) {
        return answer.fold(
                error -> LineOutcome.refused(statement, error),
                address -> LineOutcome.done(statement, CapabilityText.hex(address), new Binding.Number(address)));
    }

    private static LineOutcome slot(Statement statement, Either<VkaError, CapPath> answer) {
        return answer.fold(
                error -> LineOutcome.refused(statement, error),
                path -> LineOutcome.done(statement, "slot " + path, new Binding.Taken(path)));
    }

    private static LineOutcome done(Statement statement, Option<VkaError> refusal) {
        return refusal.isDefined()
                ? LineOutcome.refused(statement, refusal.get())
                : LineOutcome.done(statement, "given back");
    }

    private VkaObject object(Statement statement) throws Mistake {
        return new VkaObject(
                type(statement),
                size(statement),
                operands.number(statement, Parameter.IN_SLOT),
                operands.number(statement, Parameter.HANDLE));
    }

    /** A size may be negative: the allocator says what is wrong with it. */
    private int size(Statement statement) throws Mistake {
        long size = operands.number(statement, Parameter.SIZE);
        if (size < Integer.MIN_VALUE || size > Integer.MAX_VALUE) {
            throw new Mistake("'size' is out of all range");
        }
        return (int) size;
    }

    private ObjectType type(Statement statement) throws Mistake {
        String word = operands.nameOf(statement, Parameter.OBJECT_TYPE);
        for (ObjectType type : types) {
            if (Operand.Type.word(type).equals(word)) {
                return type;
            }
        }
        String suggestion = Nearest.suggestion(word, Operand.Type.words(types));
        throw new Mistake("'" + word + "' is no object type" + suggestion);
    }
}
