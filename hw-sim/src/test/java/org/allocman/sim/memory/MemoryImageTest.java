package org.allocman.sim.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.allocman.vka.MemoryFault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryImageTest {
    private static final long TEBIBYTE = 1L << 40;
    private static final String HEADER = "board: tiny \u2713\n";
    private static final int FIRST_PAGE = 16 + HEADER.getBytes(StandardCharsets.UTF_8).length + Long.BYTES;

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private final PhysicalMemory memory = memory();

    private static PhysicalMemory memory() {
        return new PhysicalMemory(List.of(new PhysicalMemory.Extent(0x1000, TEBIBYTE - 1)));
    }

    @BeforeEach
    void saveSomething() throws IOException {
        file = folder.resolve("machine.image");
        memory.words().store64(0x1000, 0, 0x0123_4567_89ab_cdefL);
        memory.words().store64(0x5000, 4088, -1);
        memory.words().store64(0x7000, 0, 0);
        memory.words().store32(TEBIBYTE - 4, 0, 7);
        MemoryImage.save(file, HEADER, memory);
    }

    private String refusal() {
        PhysicalMemory other = memory();
        other.words().store64(0x2000, 0, 42);
        Fingerprint before = other.fingerprint();
        String problem = assertThrows(MemoryImageException.class, () -> MemoryImage.load(file, other))
                .getMessage();
        assertEquals(before, other.fingerprint());
        assertEquals(1, other.touchedPages());
        assertTrue(String.valueOf(problem).startsWith(file + ": "));
        return String.valueOf(problem).substring(file.toString().length() + 2);
    }

    /** Puts the right checksum under a forged content. */
    private void forge(byte[] content) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(content, content.length - 32));
        System.arraycopy(digest, 0, content, content.length - 32, 32);
        Files.write(file, content);
    }

    @Test
    void whatIsLoadedIsWhatWasSavedWhateverWasThereBefore() throws IOException {
        PhysicalMemory other = memory();
        other.words().store64(0x1000, 8, 3);
        other.words().store64(0x9000, 0, 3);
        assertEquals(HEADER, MemoryImage.readHeader(file));
        assertEquals(HEADER, MemoryImage.load(file, other));
        assertEquals(memory.fingerprint(), other.fingerprint());
        assertEquals(0x0123_4567_89ab_cdefL, other.words().load64(0x1000, 0));
        assertEquals(0, other.words().load64(0x9000, 0));
    }

    @Test
    void theFormatIsWhatItIsSaidToBe() throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
        assertEquals(FIRST_PAGE + 3 * ImageFormat.PAGE_RECORD_BYTES + 32, content.capacity());
        assertEquals(3, content.getLong(FIRST_PAGE - 8));
        assertEquals(0x1000, content.getLong(FIRST_PAGE));
        assertEquals((byte) 0xef, content.get(FIRST_PAGE + 8));
    }

    @Test
    void loadingCanBeUndoneWhileTheJournalIsOn() throws IOException {
        PhysicalMemory other = memory();
        other.words().store64(0x9000, 0, 3);
        int start = other.startJournal();
        Fingerprint before = other.fingerprint();
        MemoryImage.load(file, other);
        assertEquals(memory.fingerprint(), other.fingerprint());
        other.rewind(start);
        assertEquals(before, other.fingerprint());
    }

    @Test
    void windowsSeeWhatWasLoaded() throws IOException {
        PhysicalMemory other = memory();
        PagedMemory window = other.window(address -> 0x1000 | Walk.READABLE | Walk.WRITABLE);
        assertEquals(0, window.load64(0, 0));
        MemoryImage.load(file, other);
        assertEquals(0x0123_4567_89ab_cdefL, window.load64(0, 0));
    }

    @Test
    void aBitFlippedAnywhereIsNoticed() throws IOException {
        byte[] content = Files.readAllBytes(file);
        byte[] small = Arrays.copyOf(content, content.length);
        for (int at = 0; at < content.length; at += at < 80 || at > content.length - 40 ? 1 : 149) {
            small[at] ^= (byte) (1 << at % 8);
            Files.write(file, small);
            refusal();
            small[at] = content[at];
        }
    }

    @Test
    void aFileCutOffAnywhereIsNoticed() throws IOException {
        byte[] content = Files.readAllBytes(file);
        for (int length = 0; length < content.length; length += length < 80 ? 1 : 211) {
            Files.write(file, Arrays.copyOf(content, length));
            refusal();
        }
        Files.write(file, Arrays.copyOf(content, content.length + 1));
        assertEquals("it is cut off or damaged: its length does not fit its number of pages", refusal());
    }

    @Test
    void aFileOfAnotherKindOrVersionIsRefusedByName() throws Exception {
        byte[] content = Files.readAllBytes(file);
        content[11] = 2;
        forge(content);
        assertEquals("it has format version 2; known is 1", refusal());
        Files.writeString(file, "name: tiny\narchitecture: aarch64\n");
        assertEquals("it is no machine image", refusal());
        Files.delete(file);
        assertThrows(NoSuchFileException.class, () -> MemoryImage.readHeader(file));
    }

    @Test
    void forgedFilesWithAGoodChecksumAreRefused() throws Exception {
        byte[] content = Files.readAllBytes(file);
        for (long address : new long[] {0x1008, -0x1000, 0x5000, Long.MIN_VALUE, 0, TEBIBYTE}) {
            byte[] forged = content.clone();
            ByteBuffer.wrap(forged).putLong(FIRST_PAGE, address);
            forge(forged);
            assertTrue(refusal().startsWith("it has a page at 0x"));
        }
        byte[] forged = content.clone();
        forged[16] = (byte) 0xff;
        forge(forged);
        assertEquals("it is damaged: its header is not UTF-8", refusal());
        for (int length : new int[] {-1, Integer.MAX_VALUE, content.length}) {
            ByteBuffer.wrap(forged).putInt(12, length);
            forge(forged);
            assertEquals("it is cut off or damaged: no room for its header", refusal());
        }
    }

    @Test
    void aMemoryOfAnotherBoardIsNotTouched() {
        PhysicalMemory smaller = new PhysicalMemory(List.of(new PhysicalMemory.Extent(0x1000, 0x5fff)));
        MemoryImageException refused = assertThrows(MemoryImageException.class, () -> MemoryImage.load(file, smaller));
        assertTrue(String.valueOf(refused.getMessage())
                .endsWith("it has a page at 0xfffffff000, where this board has nothing"));
        assertEquals(0, smaller.touchedPages());
        assertThrows(MemoryFault.class, () -> smaller.words().load64(TEBIBYTE - 8, 0));
    }

    @Test
    void savingReplacesAtOnceAndLeavesNothingElse() throws IOException {
        memory.words().store64(0x1000, 0, 1);
        MemoryImage.save(file, "second", memory);
        assertEquals("second", MemoryImage.readHeader(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aSaveThatFailsLeavesWhatWasThere() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken"));
        Files.writeString(taken.resolve("inside"), "kept");
        assertThrows(IOException.class, () -> MemoryImage.save(taken, HEADER, memory));
        assertEquals("kept", Files.readString(taken.resolve("inside")));
        assertThrows(IOException.class, () -> MemoryImage.save(folder.resolve("no/such/folder"), HEADER, memory));
        assertThrows(IllegalArgumentException.class, () -> MemoryImage.save(file, "x".repeat((1 << 20) + 1), memory));
        assertEquals(HEADER, MemoryImage.readHeader(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertFalse(files.anyMatch(left -> left.toString().endsWith(".tmp")));
        }
    }

    @Test
    void anEmptyMemoryHasAnImageToo() throws IOException {
        MemoryImage.save(file, "", memory());
        assertEquals("", MemoryImage.load(file, memory));
        assertEquals(memory().fingerprint(), memory.fingerprint());
    }
}
