package org.allocman.sim.memory;

import static org.allocman.vka.PageSize.PAGE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.LongPredicate;
import org.checkerframework.checker.mustcall.qual.NotOwning;

/** An image file while it is read: first checked to its last byte, then taken page by page. */
final class MemoryImageReader {
    private static final int FIXED_BYTES = ImageFormat.MAGIC.length + 2 * Integer.BYTES;
    private static final int DIGEST_BYTES = 32;
    private static final int PAGES_AT_ONCE = 64;

    private final Path file;
    private final @NotOwning FileChannel channel;
    private String header = "";
    private long firstPage;
    private long pages;

    /** What is done with each page of the image. */
    interface PageVisitor {
        void visit(long address, long[] words) throws IOException;
    }

    MemoryImageReader(Path file, @NotOwning FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** The header, after {@link #verify}. */
    String header() {
        return header;
    }

    /** Checks everything; {@code answers} says whether there is memory at the address of a page. */
    void verify(LongPredicate answers) throws IOException {
        readFrame();
        verifyChecksum();
        long[] before = {-1};
        forEachPage((address, words) -> {
            if (address <= before[0] || (address & PAGE - 1) != 0) {
                throw fail("it has a page at 0x" + Long.toHexString(address) + ", which is misplaced");
            }
            if (!answers.test(address)) {
                throw fail("it has a page at 0x" + Long.toHexString(address) + ", where this board has nothing");
            }
            before[0] = address;
        });
    }

    /** Visits the pages in the order of the file; only after {@link #verify}. */
    void forEachPage(PageVisitor visitor) throws IOException {
        ByteBuffer records = ByteBuffer.allocate(PAGES_AT_ONCE * ImageFormat.PAGE_RECORD_BYTES);
        long[] words = new long[PagedMemory.WORDS];
        for (long done = 0; done < pages; ) {
            int count = (int) Math.min(PAGES_AT_ONCE, pages - done);
            read(
                    records.clear().limit(count * ImageFormat.PAGE_RECORD_BYTES),
                    firstPage + done * ImageFormat.PAGE_RECORD_BYTES);
            for (int i = 0; i < count; i++) {
                int at = i * ImageFormat.PAGE_RECORD_BYTES;
                records.slice(at + Long.BYTES, PAGE)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asLongBuffer()
                        .get(words);
                visitor.visit(records.getLong(at), words);
            }
            done += count;
        }
    }

    /** What can be said without reading it all: is it an image, of our version, of the length that it says? */
    private void readFrame() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(FIXED_BYTES);
        if (channel.size() < FIXED_BYTES) {
            throw fail("it is no machine image, or one cut off");
        }
        read(start, 0);
        if (!Arrays.equals(
                start.array(), 0, ImageFormat.MAGIC.length, ImageFormat.MAGIC, 0, ImageFormat.MAGIC.length)) {
            throw fail("it is no machine image");
        }
        int version = start.getInt(ImageFormat.MAGIC.length);
        if (version != ImageFormat.VERSION) {
            throw fail(
                    "it has format version " + Integer.toUnsignedString(version) + "; known is " + ImageFormat.VERSION);
        }
        int headerBytes = start.getInt(ImageFormat.MAGIC.length + Integer.BYTES);
        long room = channel.size() - FIXED_BYTES - Long.BYTES - DIGEST_BYTES;
        if (headerBytes < 0 || headerBytes > room) {
            throw fail("it is cut off or damaged: no room for its header");
        }
        ByteBuffer rest = ByteBuffer.allocate(headerBytes + Long.BYTES);
        read(rest, FIXED_BYTES);
        pages = rest.getLong(headerBytes);
        firstPage = FIXED_BYTES + (long) headerBytes + Long.BYTES;
        long pageBytes = room - headerBytes;
        if (pageBytes % ImageFormat.PAGE_RECORD_BYTES != 0 || pages != pageBytes / ImageFormat.PAGE_RECORD_BYTES) {
            throw fail("it is cut off or damaged: its length does not fit its number of pages");
        }
        try {
            header = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(rest.slice(0, headerBytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw fail("it is damaged: its header is not UTF-8");
        }
    }

    private void verifyChecksum() throws IOException {
        MessageDigest digest = ImageFormat.sha256();
        ByteBuffer buffer = ByteBuffer.allocate(PAGES_AT_ONCE * ImageFormat.PAGE_RECORD_BYTES);
        long end = channel.size() - DIGEST_BYTES;
        for (long at = 0; at < end; at += buffer.limit()) {
            read(buffer.clear().limit((int) Math.min(buffer.capacity(), end - at)), at);
            digest.update(buffer.array(), 0, buffer.limit());
        }
        ByteBuffer expected = ByteBuffer.allocate(DIGEST_BYTES);
        read(expected, end);
        if (!Arrays.equals(digest.digest(), expected.array())) {
            throw fail("it is damaged: its checksum does not fit");
        }
    }

    private void read(ByteBuffer into, long from) throws IOException {
        long at = from;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw fail("it is cut off");
            }
            at += count;
        }
    }

    private MemoryImageException fail(String problem) {
        return new MemoryImageException(file, problem);
    }
}
