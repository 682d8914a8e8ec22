package org.allocman.sim.memory;

import static org.allocman.vka.PageSize.PAGE;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;

/**
 * A memory in a file: save a machine, load it another day, go on. A text goes with it that says what machine it is.
 */
public final class MemoryImage {
    /*
     * The file, numbers big-endian, words of memory little-endian as the machine has them:
     *
     *   bytes     what
     *   8         "ALLOCMEM"
     *   4         format version, 1
     *   4         h, length of the header
     *   h         the header, UTF-8
     *   8         n, number of pages
     *   n * 4104  pages in address order, none of them all zero: address, 4096 bytes
     *   32        SHA-256 of all the bytes before
     */
    private static final int MAX_HEADER_BYTES = 1 << 20;
    private static final int BUFFER_BYTES = 1 << 16;

    private MemoryImage() {}

    /**
     * Writes a memory to a file. What was at the file's place is replaced at once, when all is written; if writing fails,
     * it stays as it was.
     *
     * @param file where to
     * @param header any text that says what machine it is, at most 1 MiB in UTF-8
     * @param memory the memory; it is only read
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if the header is too long
     */
    public static void save(Path file, String header, PhysicalMemory memory) throws IOException {
        byte[] headerBytes = header.getBytes(StandardCharsets.UTF_8);
        if (headerBytes.length > MAX_HEADER_BYTES) {
            throw new IllegalArgumentException("the header has " + headerBytes.length + " bytes, more than 1 MiB");
        }
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                write(Channels.newOutputStream(channel), headerBytes, memory.pages());
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Reads the text that goes with an image. The whole file is checked first.
     *
     * @param file the image
     * @return the text that it was saved with
     * @throws MemoryImageException if it is no image, of another version, cut off or damaged
     * @throws IOException if the file cannot be read
     */
    public static String readHeader(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemoryImageReader reader = new MemoryImageReader(file, channel);
            reader.verify(address -> true);
            return reader.header();
        }
    }

    /**
     * Makes a memory equal to the one that was saved; a page that the image does not have becomes zero. Nothing changes
     * before the whole file has been checked. While the memory's journal is on, loading can be undone by a rewind.
     *
     * @param file the image
     * @param into the memory; the board that it belongs to must have something at each page of the image
     * @return the text that it was saved with
     * @throws MemoryImageException if it is no image, of another version, cut off or damaged, or if it has a page where
     *     the memory has nothing
     * @throws IOException if the file cannot be read
     */
    public static String load(Path file, PhysicalMemory into) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemoryImageReader reader = new MemoryImageReader(file, channel);
            reader.verify(into::answers);
            into.clearAll();
            reader.forEachPage((address, words) -> {
                long[] page = into.pages().page(address, true, "load");
                for (int i = 0; i < PagedMemory.WORDS; i++) {
                    into.pages().put(page, i, words[i]);
                }
            });
            into.forgetTranslations();
            return reader.header();
        }
    }

    /** Leaves the stream open: the file must be forced to the disk before it is closed. */
    private static void write(OutputStream file, byte[] header, PagedMemory pages) throws IOException {
        MessageDigest digest = ImageFormat.sha256();
        OutputStream buffered = new BufferedOutputStream(file, BUFFER_BYTES);
        DataOutputStream out = new DataOutputStream(new DigestOutputStream(buffered, digest));
        out.write(ImageFormat.MAGIC);
        out.writeInt(ImageFormat.VERSION);
        out.writeInt(header.length);
        out.write(header);
        long[] addresses = nonZeroPages(pages);
        out.writeLong(addresses.length);
        ByteBuffer words = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
        for (long address : addresses) {
            out.writeLong(address);
            words.asLongBuffer().put(pages.page(address, false, "save"), 0, PagedMemory.WORDS);
            out.write(words.array());
        }
        out.flush();
        buffered.write(digest.digest());
        buffered.flush();
    }

    private static long[] nonZeroPages(PagedMemory pages) {
        long[][] found = {new long[16]};
        int[] count = {0};
        pages.forEachPage((address, page) -> {
            if (!isZero(page)) {
                if (count[0] == found[0].length) {
                    found[0] = Arrays.copyOf(found[0], 2 * found[0].length);
                }
                found[0][count[0]++] = address;
            }
        });
        return Arrays.copyOf(found[0], count[0]);
    }

    private static boolean isZero(long[] page) {
        for (int i = 0; i < PagedMemory.WORDS; i++) {
            if (page[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
