package org.allocman.vka.args;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Arguments as words of 32 bits, little-endian. */
final class Words {
    private final ByteBuffer buffer;

    private Words(ByteBuffer buffer) {
        this.buffer = buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    static Words of(byte[] content) {
        return new Words(ByteBuffer.wrap(content));
    }

    static Words ofSize(int words) {
        return new Words(ByteBuffer.allocate(words * Integer.BYTES));
    }

    int bytes() {
        return buffer.capacity();
    }

    byte[] content() {
        return buffer.array();
    }

    int word(int offset) {
        return buffer.getInt(offset);
    }

    long unsigned(int offset) {
        return Integer.toUnsignedLong(word(offset));
    }

    Words put(int word) {
        buffer.putInt(word);
        return this;
    }

    void putShorts(int offset, int low, int high) {
        buffer.putShort(offset, (short) low).putShort(offset + Short.BYTES, (short) high);
    }

    int position() {
        return buffer.position();
    }

    /** A name at an offset. */
    String name(int offset) throws ArgumentsException {
        String name = NamedRange.text(word(offset));
        if (!NamedRange.isName(name)) {
            throw wrong(offset, "a name is expected here, and 0x" + Integer.toHexString(word(offset)) + " is none");
        }
        return name;
    }

    /** A range of so many words at an offset: start, length, name, and whatever is behind them. */
    List<NamedRange> ranges(int offset, int count, int wordsEach) throws ArgumentsException {
        List<NamedRange> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = offset + i * wordsEach * Integer.BYTES;
            ranges.add(new NamedRange(name(at + 2 * Integer.BYTES), unsigned(at), unsigned(at + Integer.BYTES)));
        }
        return ranges;
    }

    /** Refuses anything but zeros from an offset on; arguments may be padded to a page. */
    void refuseTail(int offset) throws ArgumentsException {
        int at = tail(offset);
        if (at < bytes()) {
            throw wrong(at, "there is something behind the end of the arguments");
        }
    }

    /** Whether there is anything but zeros from an offset on. */
    boolean hasTail(int offset) {
        return tail(offset) < bytes();
    }

    private int tail(int offset) {
        int at = offset;
        while (at < bytes() && content()[at] == 0) {
            at++;
        }
        return at;
    }

    static ArgumentsException wrong(int offset, String problem) {
        return new ArgumentsException("byte 0x" + Integer.toHexString(offset), problem);
    }
}
