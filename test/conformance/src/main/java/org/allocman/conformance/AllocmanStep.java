package org.allocman.conformance;

import org.allocman.conformance.kernel.Fields;
import org.allocman.sim.boot.RecordingException;
import org.allocman.vka.ObjectType;

/**
 * A step of a recording: {@code A step obj= type= size_bits= [at=] dev= => err= [cptr= paddr= [kpaddr=] captype=]} or
 * {@code F step obj= cptr= paddr=}.
 *
 * @param number the step's number
 * @param text the line
 * @param isFree whether it gives an object back
 * @param fields its fields
 */
record AllocmanStep(long number, String text, boolean isFree, Fields fields) {
    private static final int GREATEST_SIZE = 63;

    static AllocmanStep parse(String line, int number) throws RecordingException {
        String[] words = line.trim().split(" +", 3);
        boolean isFree = words[0].equals("F");
        if (!isFree && !words[0].equals("A") || words.length < 3) {
            throw new RecordingException(number, "not a step: " + Fields.abridged(line));
        }
        AllocmanStep step = new AllocmanStep(
                Fields.number(words[1], "the step's number", number), line.trim(), isFree, new Fields(line, number));
        step.object();
        if (isFree) {
            step.fields.number("cptr");
            step.fields.number("paddr");
        } else {
            step.size();
            step.type(number);
            step.fields.number("dev", 0, 1);
            if (step.error() == 0) {
                step.fields.number("cptr");
                step.fields.number("paddr");
                step.fields.number("captype");
            }
        }
        return step;
    }

    long object() throws RecordingException {
        return fields.number("obj");
    }

    ObjectType type(int line) throws RecordingException {
        ObjectType type = RecordedStart.ARCHITECTURE.type(fields.number("type"));
        if (type == null) {
            throw new RecordingException(line, "x86_64 has no object type " + fields.number("type"));
        }
        return type;
    }

    int size() throws RecordingException {
        return (int) fields.number("size_bits", 0, GREATEST_SIZE);
    }

    boolean isAtAddress() {
        return fields.text("at") != null;
    }

    boolean mayBeDevice() throws RecordingException {
        return fields.number("dev") == 1;
    }

    long error() throws RecordingException {
        return fields.number("err");
    }
}
