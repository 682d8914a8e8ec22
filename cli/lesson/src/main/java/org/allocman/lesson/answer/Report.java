package org.allocman.lesson.answer;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a program's Java machine says of the run. Nothing of it is believed but that the run failed: whether the task is solved is
 * read from the memory that was left.
 *
 * @param end how the run ended
 * @param messages what happened on the way
 */
record Report(ProgramRun.Ran.End end, List<String> messages) {
    private static final int MOST_MESSAGES = 100;
    private static final int LONGEST = 2_000;
    private static final long MOST_BYTES = 1 << 20;

    void write(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeByte(end.ordinal());
            int count = Math.min(MOST_MESSAGES, messages.size());
            out.writeInt(count);
            for (String message : messages.subList(0, count)) {
                out.writeUTF(message.length() > LONGEST ? message.substring(0, LONGEST - 4) + " ..." : message);
            }
        }
    }

    /** Reads a report, which anybody may have written. */
    static Report read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("the report is too long");
        }
        ProgramRun.Ran.End[] ends = ProgramRun.Ran.End.values();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            int end = in.readUnsignedByte();
            int count = in.readInt();
            if (end >= ends.length || count < 0 || count > MOST_MESSAGES) {
                throw new IOException("the report is none");
            }
            List<String> messages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                messages.add(plain(in.readUTF(), LONGEST));
            }
            return new Report(ends[end], messages);
        }
    }

    /** A text that cannot move a terminal's cursor. */
    static String plain(String text, int most) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .limit(most)
                .map(point -> point == '\n' || point == '\t' || !Character.isISOControl(point) ? point : '?')
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
